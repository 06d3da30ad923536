import type { Room } from './chat-state.ts';
import { element } from './dom.ts';
import { forgetOutcome, pull, tellOutcome } from './levers.ts';
import { isChatPhone, model, phones } from './model.ts';
import { refreshBy, tell } from './orders.ts';
import { scrollToEnd, show, showTexts } from './screen.ts';
import { lookForAnswer, press, speak } from './talk.ts';

const POLL_MS = 700;
/** While a person looks at the typing dots. */
const EAGER_POLL_MS = 150;
/** While time passes the bot has enough to do. */
const LAZY_POLL_MS = 1500;

const menu = element('page-menu', HTMLDetailsElement);

function render() {
  if (!model.state) return;
  model.personId ||= model.state.people[0]?.id ?? '';
  lookForAnswer();
  show(model.state);
  tellOutcome(model.state);
}

let isAway = false;

async function refresh(): Promise<void> {
  try {
    const response = await fetch('/sandbox/state', { cache: 'no-store' });
    if (!response.ok) throw new Error(`The state is not to be had: ${response.status}`);
    model.state = await response.json();
    if (isAway) tell(null);
    isAway = false;
  } catch {
    isAway = true;
    tell('serverAway', 'bad');
    return;
  }
  render();
}

async function keepRefreshing(): Promise<void> {
  if (document.visibilityState === 'visible') await refresh();
  const pause = model.waiting ? EAGER_POLL_MS : model.state?.passing ? LAZY_POLL_MS : POLL_MS;
  setTimeout(() => void keepRefreshing(), pause);
}

function closeMenu() {
  menu.open = false;
  menu.querySelector('summary')?.focus();
}

function isRoom(name: string): name is Room {
  return ['bot', 'self', 'group'].includes(name);
}

/** What a press on the page means. */
function act(target: Element): void {
  const phone = target.closest<HTMLElement>('[data-phone]')?.dataset['phone'];
  if (isChatPhone(phone)) {
    const said = target.closest<HTMLElement>('[data-say]')?.dataset['say'];
    const pressed = target.closest<HTMLElement>('[data-press]')?.dataset;
    const work = said
      ? speak(phone, said)
      : pressed && press(phone, pressed['entry'] ?? '', pressed['press'] ?? '');
    if (work) {
      forgetOutcome();
      render();
      void work;
    }
  }
  const tab = target.closest<HTMLElement>('[data-tab]')?.dataset['tab'];
  const chosen = phones.find((one) => one === tab);
  if (chosen) {
    model.phone = chosen;
    render();
    scrollToEnd();
  }
  const lever = target.closest<HTMLElement>('[data-lever]')?.dataset;
  if (lever) {
    if (menu.open) closeMenu();
    void pull(lever['lever'] ?? '', lever['value'] ?? '');
  }
}

element('language', HTMLButtonElement).addEventListener('click', () => {
  model.language = model.language === 'ko' ? 'en' : 'ko';
  localStorage.setItem('language', model.language);
  tell(null);
  showTexts(model.language);
  render();
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const { phone } = event.target.dataset;
  const input = event.target.elements.namedItem('words');
  if (!isChatPhone(phone) || !(input instanceof HTMLInputElement)) return;
  const text = input.value;
  input.value = '';
  forgetOutcome();
  const work = speak(phone, text);
  render();
  void work;
});
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  if (target.name === 'person') model.personId = target.value;
  const { phone } = target.dataset;
  if (isChatPhone(phone) && isRoom(target.value)) model.rooms[phone] = target.value;
  render();
  scrollToEnd();
});
document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  act(target);
  if (!menu.contains(target)) menu.open = false;
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && menu.open) closeMenu();
});

refreshBy(refresh);
showTexts(model.language);
void keepRefreshing();
