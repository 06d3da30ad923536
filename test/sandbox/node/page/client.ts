import { element } from './dom.ts';
import { scrollToEnd, show, showTexts } from './screen.ts';
import type { SandboxState } from './state.ts';
import { type Language, say, type TextKey } from './texts.ts';
import { day } from './times.ts';

const POLL_MS = 700;
/** While a person looks at the typing dots. */
const EAGER_POLL_MS = 150;
const PATIENCE_MS = 10_000;
/** A Saturday without a post for so long has nothing new. */
const QUIET_MS = 3_000;

let language: Language = localStorage.getItem('language') === 'en' ? 'en' : 'ko';
let state: SandboxState | null = null;
let personId = '';
/** A person waits for the bot: how many answers there were, and until when to wait. */
let waiting: { personId: string; answers: number; until: number } | null = null;
/** A Saturday was asked for, and its outcome is being told: how many posts there were, and when. */
let watched: { posts: number; since: number } | null = null;

const words = element('words', HTMLInputElement);
const outcome = element('outcome', HTMLParagraphElement);
const saturday = element('saturday', HTMLButtonElement);
const menu = element('page-menu', HTMLDetailsElement);

function tell(
  key: TextKey | null,
  tone: 'plain' | 'good' | 'bad' = 'plain',
  values: Readonly<Record<string, string | number>> = {},
) {
  const text = key === null ? '' : say(key, language, values);
  // A screen reader repeats a status that is set again.
  if (outcome.textContent !== text) outcome.textContent = text;
  outcome.dataset['tone'] = tone;
}

function answersTo(id: string): number {
  const person = state?.people.find((candidate) => candidate.id === id);
  return person?.messages.filter(({ fromBot }) => fromBot).length ?? 0;
}

function render() {
  if (!state) return;
  personId ||= state.people[0]?.id ?? '';
  if (waiting && answersTo(waiting.personId) > waiting.answers) waiting = null;
  if (waiting && Date.now() > waiting.until) {
    waiting = null;
    tell('chatNoAnswer', 'bad');
  }
  show(state, { language, personId, isWaiting: waiting?.personId === personId });
  tellSaturday(state);
}

/** Says what became of the Saturday that was asked for: posts may take a few seconds. */
function tellSaturday({ timeline, worker, saturday: slot }: SandboxState) {
  if (!watched) return;
  const count = timeline.length - watched.posts;
  const run = worker?.runs.find((candidate) => candidate.slot === slot);
  if (count > 0) tell('posted', 'good', { count });
  else if (run?.state === 'failed') tell('runBroken', 'bad');
  else if (Date.now() - watched.since > QUIET_MS) tell('postedNone');
}

let isAway = false;

async function refresh(): Promise<void> {
  try {
    const response = await fetch('/sandbox/state', { cache: 'no-store' });
    if (!response.ok) throw new Error(`The state is not to be had: ${response.status}`);
    state = await response.json();
    if (isAway) tell(null);
    isAway = false;
  } catch {
    isAway = true;
    tell('serverAway', 'bad');
    return;
  }
  render();
}

/** Pulls a lever; true when it moved. */
async function order(path: string, body: object = {}): Promise<boolean> {
  watched = null;
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  await refresh();
  if (!response?.ok) tell('failed', 'bad');
  return response?.ok ?? false;
}

async function speak(text: string): Promise<void> {
  if (text.trim() === '' || personId === '') return;
  tell(null);
  waiting = { personId, answers: answersTo(personId), until: Date.now() + PATIENCE_MS };
  render();
  if (!(await order('/sandbox/say', { from: personId, text }))) waiting = null;
}

async function letSaturdayCome(): Promise<void> {
  if (saturday.ariaDisabled === 'true') return;
  saturday.ariaDisabled = 'true';
  const posts = state?.timeline.length ?? 0;
  tell('saturdayWorking');
  if (await order('/sandbox/saturday')) watched = { posts, since: Date.now() };
  saturday.ariaDisabled = 'false';
}

async function letWeekPass(): Promise<void> {
  if ((await order('/sandbox/week')) && state) {
    tell('weekPassed', 'plain', { day: day(state.now, language) });
  }
}

async function changePage(change: string): Promise<void> {
  closeMenu();
  if (await order('/sandbox/page', { change })) tell('pageChanged');
}

function closeMenu() {
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

async function keepRefreshing(): Promise<void> {
  if (document.visibilityState === 'visible') await refresh();
  setTimeout(() => void keepRefreshing(), waiting ? EAGER_POLL_MS : POLL_MS);
}

element('language', HTMLButtonElement).addEventListener('click', () => {
  language = language === 'ko' ? 'en' : 'ko';
  localStorage.setItem('language', language);
  tell(null);
  showTexts(language);
  render();
});
element('composer', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const text = words.value;
  words.value = '';
  void speak(text);
});
element('people', HTMLDivElement).addEventListener('change', (event) => {
  if (!(event.target instanceof HTMLInputElement)) return;
  personId = event.target.value;
  render();
  scrollToEnd();
});
saturday.addEventListener('click', () => void letSaturdayCome());
element('week', HTMLButtonElement).addEventListener('click', () => void letWeekPass());
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const said = target.closest('[data-say]')?.getAttribute('data-say');
  if (said) void speak(said);
  const change = target.closest('[data-change]')?.getAttribute('data-change');
  if (change) void changePage(change);
  if (!menu.contains(target)) menu.open = false;
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && menu.open) closeMenu();
});

showTexts(language);
void keepRefreshing();
