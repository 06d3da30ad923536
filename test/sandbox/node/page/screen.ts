import { showChats } from './chat-screen.ts';
import { element, keyed, make } from './dom.ts';
import { featureView, isShownJob, logView, runView } from './log-views.ts';
import { model } from './model.ts';
import { placeKey, placeView } from './place-views.ts';
import type { Person, SandboxState } from './state.ts';
import { isTextKey, type Language, say } from './texts.ts';
import { clockTime, moment, shortWeekday, weekday } from './times.ts';
import { postView, titleView } from './views.ts';

export { scrollToEnd } from './chat-screen.ts';

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
export function show(state: SandboxState): void {
  const { language } = model;
  document.body.dataset['open'] = model.phone;
  showTimes(state, language);
  setTexts('[data-bot]', state.bot.username);
  setTexts('[data-bot-name]', state.bot.name);
  setTexts('[data-repository]', state.repository);
  element('canteen-link', HTMLAnchorElement).href = state.canteen.url;
  keyed(
    element('timeline', HTMLOListElement),
    state.timeline,
    ({ id }) => id,
    () => language,
    (post) => postView(post, state.bot, state.now, language),
  );
  element('timeline-empty', HTMLParagraphElement).hidden = state.timeline.length > 0;
  showPeople(state.people);
  showChats(state);
  showNetflix(state, language);
  keyed(
    element('places', HTMLOListElement),
    state.places,
    ({ id }) => id,
    (place) => placeKey(place, language),
    (place) => placeView(place, language),
  );
  showWork(state, language);
}

function setTexts(selector: string, words: string) {
  for (const target of document.querySelectorAll(selector)) {
    if (target.textContent !== words) target.textContent = words;
  }
}

function showTimes({ now, saturday, wednesday, meals, passing }: SandboxState, language: Language) {
  setTexts('[data-clock="short"]', clockTime(now, language));
  setTexts('[data-clock="long"]', moment(now, language));
  setTexts('[data-when="saturday"]', weekday(saturday, language));
  setTexts('[data-when="wednesday"]', weekday(wednesday, language));
  for (const [meal, at] of Object.entries(meals)) {
    setTexts(`[data-when="${meal}"]`, shortWeekday(at, language));
  }
  const progress = element('progress', HTMLProgressElement);
  progress.hidden = passing === null;
  progress.max = passing?.total ?? 1;
  progress.value = passing?.done ?? 0;
  for (const lever of document.querySelectorAll('[data-lever]')) {
    lever.ariaDisabled = passing ? 'true' : 'false';
  }
}

function showPeople(people: readonly Person[]) {
  keyed(
    element('people', HTMLDivElement),
    people,
    ({ id }) => id,
    ({ name }) => name,
    ({ id, name }) => {
      const input = make('input', { type: 'radio', name: 'person', value: id });
      input.checked = id === model.personId;
      return make('label', {}, input, name);
    },
  );
}

function showNetflix({ netflix: { layout, rows } }: SandboxState, language: Language) {
  const isReadable = readableLayouts.includes(layout);
  const shown = element('layout', HTMLSpanElement);
  const key = `layout.${layout}`;
  shown.textContent = isTextKey(key) ? say(key, language) : layout;
  shown.dataset['tone'] = isReadable ? 'good' : 'bad';
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
    (worker?.runs ?? []).filter(isShownJob),
    ({ job }) => job,
    ({ slot, state, reason }) => `${language} ${slot} ${state} ${reason}`,
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
  const waiting = worker?.waiting ?? 0;
  const toDo = element('waiting', HTMLSpanElement);
  toDo.hidden = waiting === 0;
  toDo.textContent = say('waiting', language, { count: waiting });
  element('log-empty', HTMLParagraphElement).hidden = log.length > 0;
  element('worker-away', HTMLParagraphElement).hidden = worker !== null;
}
