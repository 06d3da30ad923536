import { html } from 'hono/html';
import { levers } from './page-levers.ts';
import { chatPhone, phoneTabs, timelinePhone } from './page-phones.ts';
import { label, text } from './page-text.ts';
import { say } from './texts.ts';

const styles = [
  'base',
  'levers',
  'phone',
  'chat',
  'kakao',
  'talk',
  'telegram',
  'behind',
  'places',
  'layout',
];

/** The sandbox's one page. All data comes from the script; nothing of it is inline. */
export function sandboxPage() {
  return html`<!doctype html>
<html lang="ko">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${say('title', 'ko')}</title>
  <link rel="icon" href="/sandbox/page/icon.svg">
  ${styles.map(
    (name) => html`<link rel="stylesheet" href="/sandbox/page/${name}.css">
  `,
  )}<script type="module" src="/sandbox/page/client.ts"></script>
</head>
<body data-open="kakao">
  <header class="masthead">
    <img src="/sandbox/page/icon.svg" alt="" width="44" height="44">
    <h1>${text('title')}</h1>
    <p>${text('tagline')}</p>
    <fieldset class="who"><legend>${text('who')}</legend><div class="choices" id="people"></div></fieldset>
    <button type="button" id="language" class="quiet">${text('switchLanguage')}</button>
  </header>

  <main>
    ${levers}
    ${phoneTabs}
    <div class="phones">
      ${timelinePhone}
      ${chatPhone('dm')}
      ${chatPhone('kakao')}
      ${chatPhone('telegram')}
    </div>
    <div class="side">
      <section class="card" aria-labelledby="log-title">
        <h2 class="card-title" id="log-title">${text('log')}<span class="badge" id="waiting" hidden></span></h2>
        <ul class="runs" id="runs" ${label('runs')}></ul>
        <ul class="runs" id="failing"></ul>
        <p class="empty" id="worker-away" hidden>${text('workerAway')}</p>
        <p class="empty" id="log-empty">${text('logEmpty')}</p>
        <ol class="log" id="log" tabindex="0" aria-labelledby="log-title"></ol>
      </section>
      <section class="card" aria-labelledby="netflix-title">
        <h2 class="card-title" id="netflix-title">${text('netflix')}<span class="badge" id="layout"></span></h2>
        <ol class="titles" id="titles" tabindex="0" aria-labelledby="netflix-title"></ol>
      </section>
      <section class="card" aria-labelledby="places-title">
        <h2 class="card-title" id="places-title">${text('places')}</h2>
        <p class="hint">${text('placesHint')}</p>
        <ol class="place-rooms" id="places" tabindex="0" aria-labelledby="places-title"></ol>
      </section>
    </div>
  </main>
</body>
</html>`;
}
