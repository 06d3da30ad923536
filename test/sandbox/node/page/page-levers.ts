import { html } from 'hono/html';
import { text } from './page-text.ts';
import { hookApps, meals, pageChanges, platforms, repositoryChanges, spans } from './state.ts';
import type { TextKey } from './texts.ts';

function lever(kind: string, value: string, key: TextKey, when = '') {
  const date = when === '' ? '' : html`<small data-when="${when}"></small>`;
  return html`<button type="button" id="${kind}${value === '' ? '' : `-${value}`}" data-lever="${kind}" data-value="${value}">${text(key)}${date}</button>
`;
}

/** The world's levers in three groups, and what came of the last one. */
export const levers = html`<section class="levers" id="levers" aria-labelledby="levers-title">
  <h2 id="levers-title" class="hidden">${text('levers')}</h2>
  <div class="now">
    <p class="clock"><span>${text('clock')}</span><time data-clock="long"></time></p>
    <p class="outcome" id="outcome" role="status"></p>
    <progress id="progress" hidden aria-labelledby="outcome"></progress>
  </div>
  <div class="group for-time" role="group" aria-labelledby="group-time">
    <h3 id="group-time">${text('group.time')}</h3>
    ${lever('saturday', '', 'saturday', 'saturday')}
    ${lever('wednesday', '', 'wednesday', 'wednesday')}
    ${meals.map((meal) => lever('meal', meal, `meal.${meal}`, meal))}
    ${spans.map((span) => lever('pass', span, `pass.${span}`))}
  </div>
  <div class="group for-repository" role="group" aria-labelledby="group-repository">
    <h3 id="group-repository">${text('group.repository')} <code data-repository></code></h3>
    ${repositoryChanges.map((change) => lever('repository', change, `repository.${change}`))}
  </div>
  <div class="group for-trouble" role="group" aria-labelledby="group-trouble">
    <h3 id="group-trouble">${text('group.trouble')}</h3>
    ${platforms.map((platform) => lever('fail', platform, `fail.${platform}`))}
    <details class="menu" id="page-menu">
      <summary>${text('page')}</summary>
      <ul>
        ${pageChanges.map(
          (change) => html`<li>
          <button type="button" class="choice" data-lever="page" data-value="${change}">${text(`page.${change}`)}</button>
        </li>`,
        )}
      </ul>
    </details>
    ${hookApps.map((app) => lever('hook', app, `hook.${app}`))}
    ${lever('feed', '', 'feed')}
    ${lever('canteen', '', 'canteen')}
    <a id="canteen-link" href="/sandbox" target="_blank" rel="noopener">${text('canteenShow')}</a>
  </div>
</section>`;
