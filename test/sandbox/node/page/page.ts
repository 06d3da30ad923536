import { html, raw } from 'hono/html';
import { pageChanges } from './state.ts';
import { say, type TextKey } from './texts.ts';

/** A text that the script swaps when the reader changes the language; Korean first. */
const text = (key: TextKey) => raw(`<span data-text="${key}">${say(key, 'ko')}</span>`);

const suggestions = ['고양이', 'cat 3', '넷플릭스', '도움말', 'send me cat facts'];

const mark = html`<img class="mark" src="/sandbox/page/icon.svg" alt="" width="52" height="52">`;

const avatar = html`<span class="avatar bot" aria-hidden="true">소</span>`;

const statusBar = html`<div class="status-bar" aria-hidden="true">
  <time data-clock="short"></time><span class="island"></span><span class="battery"></span>
</div>`;

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
  <link rel="stylesheet" href="/sandbox/page/base.css">
  <link rel="stylesheet" href="/sandbox/page/phone.css">
  <link rel="stylesheet" href="/sandbox/page/chat.css">
  <link rel="stylesheet" href="/sandbox/page/behind.css">
  <link rel="stylesheet" href="/sandbox/page/layout.css">
  <script type="module" src="/sandbox/page/client.ts"></script>
</head>
<body>
  <header class="masthead">
    <img src="/sandbox/page/icon.svg" alt="" width="44" height="44">
    <h1>${text('title')}</h1>
    <p>${text('tagline')}</p>
    <button type="button" id="language" class="quiet">${text('switchLanguage')}</button>
  </header>

  <main>
    <section class="levers" aria-labelledby="levers-title">
      <h2 id="levers-title" class="hidden">${text('levers')}</h2>
      <div class="clock"><span>${text('clock')}</span><time data-clock="long"></time></div>
      <button type="button" id="saturday" class="primary">
        ${text('saturday')}<small data-saturday></small>
      </button>
      <details class="menu" id="page-menu">
        <summary>${text('page')}</summary>
        <ul>
          ${pageChanges.map(
            (change) => html`<li>
            <button type="button" class="choice" data-change="${change}">${text(`page.${change}`)}</button>
          </li>`,
          )}
        </ul>
      </details>
      <button type="button" id="week">${text('week')}</button>
      <p class="outcome" id="outcome" role="status"></p>
    </section>

    <section class="phone" aria-labelledby="timeline-title">
      ${statusBar}
      <header>${avatar}
        <div class="phone-names"><h2 class="phone-title" id="timeline-title">${text('timeline')}</h2><p class="phone-handle">@<span data-bot></span></p></div>
      </header>
      <div class="screen" tabindex="0" role="region" aria-labelledby="timeline-title">
        <p class="empty" id="timeline-empty">${mark}${text('timelineEmpty')}</p>
        <ol id="timeline" aria-live="polite"></ol>
      </div>
    </section>

    <section class="phone" aria-labelledby="chat-title">
      ${statusBar}
      <header>${avatar}
        <div class="phone-names"><h2 class="phone-title" id="chat-title">${text('chat')}</h2><p class="phone-handle">@<span data-bot></span></p></div>
        <fieldset><legend class="hidden">${text('chatWho')}</legend><div id="people"></div></fieldset>
      </header>
      <div class="screen chat" id="conversation" tabindex="0" role="region" aria-labelledby="chat-title">
        <p class="empty" id="chat-empty">${mark}${text('chatEmpty')}</p>
        <ol id="messages" role="log" aria-live="polite" aria-labelledby="chat-title"></ol>
        <p class="typing" id="typing" hidden><i></i><i></i><i></i><span class="hidden">${text('chatTyping')}</span></p>
      </div>
      <ul class="suggestions" aria-label="${say('suggestions', 'ko')}" data-label="suggestions">
        ${suggestions.map((words) => html`<li><button type="button" class="suggestion" data-say="${words}">${words}</button></li>`)}
      </ul>
      <form id="composer" autocomplete="off">
        <input id="words" name="words" maxlength="1000" enterkeyhint="send"
          placeholder="${say('chatPlaceholder', 'ko')}" data-placeholder="chatPlaceholder"
          aria-label="${say('chatPlaceholder', 'ko')}" data-label="chatPlaceholder">
        <button type="submit" aria-label="${say('chatSend', 'ko')}" data-label="chatSend">
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M3 20.5 21.5 12 3 3.5v6.6l11 1.9-11 1.9z" fill="currentColor"/></svg>
        </button>
      </form>
    </section>

    <div class="side">
      <section class="card" aria-labelledby="netflix-title">
        <h2 class="card-title" id="netflix-title">${text('netflix')}<span class="badge" id="layout"></span></h2>
        <ol class="titles" id="titles" tabindex="0" aria-labelledby="netflix-title"></ol>
      </section>
      <section class="card" aria-labelledby="log-title">
        <h2 class="card-title" id="log-title">${text('log')}</h2>
        <ul class="runs" id="runs" aria-label="${say('runs', 'ko')}" data-label="runs"></ul>
        <ul class="runs" id="failing"></ul>
        <p class="empty" id="worker-away" hidden>${text('workerAway')}</p>
        <p class="empty" id="log-empty">${text('logEmpty')}</p>
        <ol class="log" id="log" tabindex="0" aria-labelledby="log-title"></ol>
      </section>
    </div>
  </main>
</body>
</html>`;
}
