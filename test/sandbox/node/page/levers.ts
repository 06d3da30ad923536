import { chatPhones, rooms } from './chat-state.ts';
import { element } from './dom.ts';
import { model, newestAnswer } from './model.ts';
import { order, tell } from './orders.ts';
import type { SandboxState } from './state.ts';
import { isTextKey, say } from './texts.ts';
import { moment, weekday } from './times.ts';

/** News that does not come for so long does not come at all. */
const QUIET_MS = 3000;

/** What is being told, until something else is done. */
type Watch = (state: SandboxState) => void;
let watch: Watch | null = null;

/** Says how it stands with the lever that was pulled last. */
export function tellOutcome(state: SandboxState): void {
  watch?.(state);
}

/** Nothing is being told any more. */
export function forgetOutcome(): void {
  watch = null;
}

/** Changes with whatever is said to anybody. */
function newestNews({ people }: SandboxState): string {
  return people
    .flatMap((person) =>
      chatPhones.flatMap((phone) => rooms[phone].map((room) => newestAnswer(person, phone, room))),
    )
    .join();
}

/** Pulls a lever: `kind` is its route, `value` what it is asked for. */
export async function pull(kind: string, value: string): Promise<void> {
  const { state } = model;
  if (!state || state.passing) return;
  watch = null;
  const levers: Readonly<Record<string, () => Promise<void>>> = {
    saturday: () => letSaturdayCome(state),
    wednesday: () => letWednesdayCome(state),
    feed: () => publishArticle(),
    hook: () => changeHook(value),
    meal: () => letMealCome(state, value),
    pass: () => letTimePass(value),
    repository: () => changeRepository(value),
    fail: () => letFail(value),
    page: async () => {
      if (await order('/sandbox/levers/page', { change: value })) tell('pageChanged');
    },
    canteen: async () => {
      if (await order('/sandbox/levers/canteen')) tell('canteenChanged');
    },
  };
  await levers[kind]?.();
}

async function letSaturdayCome(before: SandboxState): Promise<void> {
  const posts = before.timeline.length;
  const slot = before.saturday;
  tell('saturdayWorking');
  if (!(await busy(() => order('/sandbox/levers/saturday')))) return;
  const since = Date.now();
  watch = ({ timeline, worker }) => {
    const count = timeline.length - posts;
    const run = worker?.runs.find((one) => one.job === 'netflix-weekly' && one.slot === slot);
    if (count > 0) tell('posted', 'good', { count });
    else if (run?.state === 'failed') tell('runBroken', 'bad');
    else if (Date.now() - since > QUIET_MS) tell('postedNone');
  };
}

async function letWednesdayCome(before: SandboxState): Promise<void> {
  const posts = before.timeline.length;
  const slot = before.wednesday;
  tell('wednesdayWorking');
  if (!(await busy(() => order('/sandbox/levers/wednesday')))) return;
  const since = Date.now();
  watch = ({ timeline, worker }) => {
    const count = timeline.length - posts;
    const run = worker?.runs.find((one) => one.job === 'stage' && one.slot === slot);
    if (count > 0) tell('posted', 'good', { count });
    else if (run?.state === 'failed') tell('runBroken', 'bad');
    else if (Date.now() - since > QUIET_MS) tell('stageNone');
  };
}

async function publishArticle(): Promise<void> {
  const answer = await order('/sandbox/levers/feed');
  const title = textIn(answer, 'title');
  if (answer) tell('feedPublished', 'good', { title, url: model.state?.feed ?? '' });
}

async function changeHook(app: string): Promise<void> {
  const answer = await order('/sandbox/levers/hook', { app });
  if (!answer) return;
  const [platform, state] = [`platform.${app}`, `place.${textIn(answer, 'state')}`];
  if (!isTextKey(platform) || !isTextKey(state)) return;
  const { language } = model;
  tell('hookChanged', 'plain', { platform: say(platform, language), state: say(state, language) });
}

function textIn(answer: unknown, name: string): string {
  const found = Object.entries(answer ?? {}).find(([key]) => key === name);
  return String(found?.[1] ?? '');
}

async function letMealCome(before: SandboxState, meal: string): Promise<void> {
  const news = newestNews(before);
  tell('mealWorking');
  if (!(await busy(() => order('/sandbox/levers/meal', { meal })))) return;
  const since = Date.now();
  watch = (state) => {
    const values = { moment: moment(state.now, model.language) };
    if (newestNews(state) !== news) tell('mealTold', 'good', values);
    else if (Date.now() - since > QUIET_MS) tell('mealNone', 'plain', values);
  };
}

async function letTimePass(span: string): Promise<void> {
  if (!(await order('/sandbox/levers/pass', { span }))) return;
  watch = (state) => {
    if (state.passing) {
      tell('passing', 'plain', { day: weekday(state.now, model.language) });
      return;
    }
    tell('passed', 'good', { moment: moment(state.now, model.language) });
    watch = null;
  };
}

async function changeRepository(change: string): Promise<void> {
  if (!(await order('/sandbox/levers/repository', { change }))) return;
  const repository = model.state?.repository ?? '';
  const key = change === 'rename' ? 'repositoryRenamed' : 'repositoryDone';
  tell(key, 'good', { repository });
}

async function letFail(platform: string): Promise<void> {
  if (!(await order('/sandbox/levers/fail', { platform }))) return;
  const key = `platform.${platform}`;
  const name = isTextKey(key) ? say(key, model.language) : platform;
  tell('failing', 'plain', { platform: name });
}

/** While the levers rest. */
async function busy<Value>(work: () => Promise<Value>): Promise<Value> {
  const levers = element('levers', HTMLElement);
  levers.ariaBusy = 'true';
  try {
    return await work();
  } finally {
    levers.ariaBusy = 'false';
  }
}
