import { element, keyed, make } from './dom.ts';
import type { Person, SandboxState } from './state.ts';
import { isTextKey, type Language, say } from './texts.ts';
import { clockTime, moment, weekday } from './times.ts';
import { featureView, logView, messageView, postView, runView, titleView } from './views.ts';

/** What the reader has chosen to see. */
export interface Choice {
  readonly language: Language;
  readonly personId: string;
  /** The person's message has no answer yet. */
  readonly isWaiting: boolean;
}

const readableLayouts = ['data', 'results', 'moved'];

/** Puts the page's fixed texts in a language. */
export function showTexts(language: Language): void {
  document.documentElement.lang = language;
  document.title = say('title', language);
  const swap = (attribute: string, apply: (target: Element, words: string) => void) => {
    for (const target of document.querySelectorAll(`[data-${attribute}]`)) {
      const key = target.getAttribute(`data-${attribute}`) ?? '';
      if (isTextKey(key)) apply(target, say(key, language));
    }
  };
  swap('text', (target, words) => {
    target.textContent = words;
  });
  swap('label', (target, words) => target.setAttribute('aria-label', words));
  swap('placeholder', (target, words) => target.setAttribute('placeholder', words));
}

/** Shows a state; what has not changed is left alone. */
export function show(state: SandboxState, choice: Choice): void {
  const { language, personId } = choice;
  showTimes(state, language);
  setTexts('[data-bot]', state.bot.username);
  keyed(
    element('timeline', HTMLOListElement),
    state.timeline,
    ({ id }) => id,
    () => language,
    (post) => postView(post, state.bot, state.now, language),
  );
  element('timeline-empty', HTMLParagraphElement).hidden = state.timeline.length > 0;
  showPeople(state.people, personId);
  showConversation(
    state.people.find(({ id }) => id === personId),
    choice,
  );
  showNetflix(state, language);
  showWork(state, language);
}

/** The newest message is at the end of the conversation. */
export function scrollToEnd(): void {
  const screen = element('conversation', HTMLDivElement);
  screen.scrollTop = screen.scrollHeight;
}

function setTexts(selector: string, words: string) {
  for (const target of document.querySelectorAll(selector)) target.textContent = words;
}

function showTimes({ now, saturday }: SandboxState, language: Language) {
  setTexts('[data-clock="short"]', clockTime(now, language));
  setTexts('[data-clock="long"]', moment(now, language));
  setTexts('[data-saturday]', weekday(saturday, language));
}

function showPeople(people: readonly Person[], personId: string) {
  keyed(
    element('people', HTMLDivElement),
    people,
    ({ id }) => id,
    ({ name }) => name,
    ({ id, name }) => {
      const input = make('input', { type: 'radio', name: 'person', value: id });
      input.checked = id === personId;
      return make('label', {}, input, name);
    },
  );
}

function showConversation(person: Person | undefined, { language, isWaiting }: Choice) {
  const messages = person?.messages ?? [];
  const fresh = keyed(
    element('messages', HTMLOListElement),
    messages,
    ({ id }) => id,
    () => language,
    (message) => messageView(message, language),
  );
  const typing = element('typing', HTMLParagraphElement);
  const isNews = fresh.length > 0 || typing.hidden === isWaiting;
  typing.hidden = !isWaiting;
  element('chat-empty', HTMLParagraphElement).hidden = messages.length > 0;
  if (isNews) scrollToEnd();
}

function showNetflix({ netflix: { layout, rows } }: SandboxState, language: Language) {
  const isReadable = readableLayouts.includes(layout);
  const badge = element('layout', HTMLSpanElement);
  const key = `layout.${layout}`;
  badge.textContent = isTextKey(key) ? say(key, language) : layout;
  badge.dataset['tone'] = isReadable ? 'good' : 'bad';
  const titles = element('titles', HTMLOListElement);
  titles.classList.toggle('unreadable', !isReadable);
  keyed(
    titles,
    rows,
    ({ id }) => String(id),
    ({ title, startsAt }) => language + title + startsAt,
    (row) => titleView(row, language),
  );
}

function showWork({ worker, log }: SandboxState, language: Language) {
  keyed(
    element('runs', HTMLUListElement),
    worker?.runs ?? [],
    ({ slot }) => String(slot),
    ({ state, reason }) => language + state + reason,
    (run) => runView(run, language),
  );
  keyed(
    element('failing', HTMLUListElement),
    worker?.features.filter(({ state }) => state === 'failing') ?? [],
    ({ name }) => name,
    () => language,
    (feature) => featureView(feature, language),
  );
  keyed(
    element('log', HTMLOListElement),
    log,
    ({ id }) => id,
    ({ status }) => language + status,
    (line) => logView(line, language),
  );
  element('log-empty', HTMLParagraphElement).hidden = log.length > 0;
  element('worker-away', HTMLParagraphElement).hidden = worker !== null;
}
