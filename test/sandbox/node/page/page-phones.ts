import { html } from 'hono/html';
import { type ChatPhone, chatPhones, type Room, rooms } from './chat-state.ts';
import { avatar, label, mark, statusBar, text } from './page-text.ts';
import { say, type TextKey } from './texts.ts';

const tabTexts = ['timeline', ...chatPhones] as const;

/** Which phone a narrow screen shows. */
export const phoneTabs = html`<nav class="tabs" ${label('phones')}>
  ${tabTexts.map(
    (phone) =>
      html`<button type="button" data-tab="${phone}">${text(phone)}<span class="unread" id="${phone}-tab-unread" hidden></span></button>`,
  )}
</nav>`;

export const timelinePhone = html`<section class="place" data-place="timeline" aria-labelledby="timeline-title">
  <h2 class="caption" id="timeline-title">${text('timeline')}</h2>
  <div class="phone">
    ${statusBar}
    <div class="head">${avatar}
      <div class="phone-names"><p class="phone-title" data-bot-name></p><p class="phone-handle">@<span data-bot></span></p></div>
    </div>
    <div class="screen" tabindex="0" role="group" aria-labelledby="timeline-title">
      <p class="empty" id="timeline-empty">${mark}${text('timelineEmpty')}</p>
      <ol id="timeline" aria-live="polite"></ol>
    </div>
  </div>
</section>`;

const roomNames: Readonly<Record<Room, unknown>> = {
  bot: html`<span data-bot-name></span>`,
  self: text('room.self'),
  group: html`<span data-group-name></span>`,
};

const heads: Readonly<Record<ChatPhone, unknown>> = {
  dm: html`${avatar}<div class="phone-names"><p class="phone-title" data-bot-name></p><p class="phone-handle">@<span data-bot></span></p></div>`,
  kakao: roomChoice('kakao'),
  telegram: html`${avatar}${roomChoice('telegram')}`,
};

const emptyRooms: Readonly<Record<ChatPhone, readonly (readonly [Room, TextKey])[]>> = {
  dm: [['bot', 'dmEmpty']],
  kakao: [
    ['bot', 'kakaoEmpty'],
    ['self', 'selfEmpty'],
  ],
  telegram: [
    ['bot', 'telegramEmpty'],
    ['group', 'groupEmpty'],
  ],
};

function roomChoice(phone: ChatPhone) {
  return html`<fieldset class="rooms choices"><legend class="hidden">${text('rooms')}</legend>${rooms[
    phone
  ].map(
    (room, index) =>
      html`<label><input type="radio" name="room-${phone}" value="${room}" data-phone="${phone}"${index === 0 ? ' checked' : ''}>${roomNames[room]}<span class="unread" id="${phone}-${room}-unread" hidden></span></label>`,
  )}</fieldset>`;
}

/** A phone with a chat app: its rooms, what is said in the open one, and a line to type. */
export function chatPhone(phone: ChatPhone) {
  const title = `${phone}-title`;
  return html`<section class="place" data-place="${phone}" data-phone="${phone}" aria-labelledby="${title}">
  <h2 class="caption" id="${title}">${text(phone)}</h2>
  <div class="phone app-${phone}">
    ${statusBar}
    <div class="head">${heads[phone]}</div>
    <div class="screen chat" id="${phone}-screen" tabindex="0" role="log" aria-live="polite" aria-labelledby="${title}">
      ${emptyRooms[phone].map(([room, key]) => emptyRoom(phone, room, key))}
      <ol class="messages" id="${phone}-messages"></ol>
      ${phone === 'kakao' ? html`<ul class="replies" id="kakao-replies" ${label('replies')}></ul>` : ''}
      <p class="typing" id="${phone}-typing" hidden><i></i><i></i><i></i><span class="hidden">${text('chatTyping')}</span></p>
    </div>
    <ul class="suggestions" id="${phone}-suggestions" ${label('suggestions')}></ul>
    <form class="composer" id="${phone}-composer" data-phone="${phone}" autocomplete="off">
      <input id="${phone}-words" name="words" maxlength="1000" enterkeyhint="send"
        placeholder="${say('chatPlaceholder', 'ko')}" data-placeholder="chatPlaceholder" ${label(`${phone}.write`)}>
      <button type="submit" ${label('chatSend')}>
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M3 20.5 21.5 12 3 3.5v6.6l11 1.9-11 1.9z" fill="currentColor"/></svg>
      </button>
    </form>
  </div>
</section>`;
}

function emptyRoom(phone: ChatPhone, room: Room, key: TextKey) {
  const login = html`<a class="go" href="/login/kakao" target="_blank" rel="noopener">${text('selfLogin')}</a>`;
  return html`<p class="empty" data-empty="${phone}/${room}"${room === 'bot' ? '' : ' hidden'}>${mark}${text(key)}${room === 'self' ? login : ''}</p>`;
}
