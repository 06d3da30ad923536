import { html, raw } from 'hono/html';
import { say, type TextKey } from './texts.ts';

/** A text that the script swaps when the reader changes the language; Korean first. */
export const text = (key: TextKey) => raw(`<span data-text="${key}">${say(key, 'ko')}</span>`);

/** A name for screen readers, swapped in the same way. */
export const label = (key: TextKey) => raw(`aria-label="${say(key, 'ko')}" data-label="${key}"`);

export const statusBar = html`<div class="status-bar" aria-hidden="true">
  <time data-clock="short"></time><span class="island"></span><span class="battery"></span>
</div>`;

export const avatar = html`<span class="avatar bot" aria-hidden="true">소</span>`;

export const mark = html`<img class="mark" src="/sandbox/page/icon.svg" alt="" width="52" height="52">`;
