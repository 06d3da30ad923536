import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { createBrowser, logInAsOwner } from '../sandbox/node/browser.ts';
import { createChance } from './chance.ts';
import { createLedger, type Ledger, time } from './ledger.ts';
import { createLife, type Question, type Title } from './life.ts';
import { type Invocation, type Machine, ORIGIN, startMachine } from './machine.ts';
import { type Crowd, gather, type Listener } from './people.ts';
import { NO_MISHAPS } from './queues.ts';
import { createWeather, type Fate, type Weather } from './weather.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly days: number;
  readonly crowd?: Crowd;
  readonly onLog?: (line: string) => void;
  readonly onDay?: (line: string) => void;
}

/** What a run leaves behind, to be judged. */
export interface Run {
  readonly seed: number;
  readonly days: number;
  readonly endedAt: number;
  readonly machine: Machine;
  readonly weather: Weather;
  readonly ledger: Ledger;
  readonly listeners: readonly Listener[];
  readonly titles: readonly Title[];
  readonly asked: readonly Question[];
  readonly died: number;
  readonly calls: number;
  readonly struck: number;
  readonly invocations: number;
  readonly perDay: readonly Day[];
  readonly owner: readonly string[];
}

/** How much a day took, and what was stored at its end. */
export interface Day {
  readonly rowsReadBySlot: number;
  readonly queries: number;
  readonly stored: number;
}

const START = Date.UTC(2026, 10, 22, 3);
const SLOT_MS = 30 * MINUTE_MS;
/** Good weather at the end, in which everything that waits has to arrive. */
const CALM_DAYS = 2;
const CROWD = { telegram: 166, twitter: 20, kakao: 14, repositories: 300 };
const MISHAPS = { lost: 0.01, doubled: 0.02 };
/** How often a call in good weather goes wrong, and an isolate dies. */
const GUSTS = 0.02;
const DEATHS = 0.04;
const CHANNEL_HOSTS = new Set(['api.telegram.org', 'api.x.com', 'kapi.kakao.com']);

/**
 * Lets days pass: people on all channels, platforms that fail, isolates that die, crons that come
 * twice, late or never, messages that get lost. Everything follows from the seed.
 */
export async function soak(options: SoakOptions): Promise<Run> {
  const { seed, days, crowd = CROWD, onDay = () => {} } = options;
  const chance = createChance(seed);
  const startAt = START + DAY_MS;
  const endAt = startAt + days * DAY_MS;
  const weather = createWeather(createChance(seed + 1), { startAt, endAt, gusts: GUSTS });
  const ledger = createLedger();
  const isStormy = (at: number) => at >= startAt && at < endAt;
  /** What the invocation under way has had carried out: known to nobody if it dies. */
  let sent: string[] = [];
  const counts = { died: 0, calls: 0, struck: 0, invocations: 0 };

  const machine = await startMachine({
    startAt: START,
    chance,
    mishaps: (at) => (isStormy(at) ? MISHAPS : NO_MISHAPS),
    vars: { MENU_SCHOOL: 'B10:7010113', TWITTER_MONTHLY_BUDGET: '0' },
    crash: () =>
      isStormy(machine.world.clock.now()) && chance.happens(DEATHS)
        ? { at: chance.whole(1, 25), when: chance.pick(['before', 'after']) }
        : undefined,
    ...(options.onLog && { onLog: options.onLog }),
    onInvocation: ({ isDead }) => {
      counts.invocations += 1;
      if (isDead) {
        counts.died += 1;
        for (const text of sent) ledger.note(text, machine.world.clock.now());
      }
      sent = [];
    },
    async outside(request, world) {
      const { host } = new URL(request.url);
      const now = world.clock.now();
      const fate = weather.fate(host, now);
      counts.calls += 1;
      if (fate) counts.struck += 1;
      const text = CHANNEL_HOSTS.has(host) ? await readable(request.clone()) : '';
      world.requests.length = 0;
      if (fate?.kind === 'answer') return answerOf(fate);
      if (fate?.kind === 'reset' || fate?.kind === 'hang') return noAnswer(fate.kind);
      const answer = await world.fetch(request);
      if (!fate) {
        if (answer.ok && text !== '') sent.push(text);
        return answer;
      }
      if (answer.ok) ledger.note(text, now);
      return fate.kind === 'half'
        ? halfOf(answer)
        : noAnswer(fate.kind === 'late' ? 'hang' : 'reset');
    },
  });
  const { world } = machine;
  const listeners = await gather(machine, crowd);
  const owner = await claim(machine);
  const life = createLife(machine, listeners, ledger, chance);
  const perDay: Day[] = [];

  const first = Math.ceil(world.clock.now() / SLOT_MS) * SLOT_MS;
  machine.invocations.length = 0;
  for (let slot = first; slot < endAt + CALM_DAYS * DAY_MS; slot += SLOT_MS) {
    const isCalm = !isStormy(slot);
    if (slot < startAt + days * DAY_MS) await life.halfHour();
    if (isCalm || !chance.happens(0.02)) {
      const lateMs = isCalm || !chance.happens(0.03) ? 0 : chance.whole(1, 25) * MINUTE_MS;
      await machine.settle(slot + lateMs);
      await machine.cron(slot);
      if (!isCalm && chance.happens(0.03)) await machine.cron(slot);
    }
    await machine.settle(slot + SLOT_MS - MINUTE_MS);
    await world.telegram.deliver();
    if ((slot - first + SLOT_MS) % DAY_MS === 0) {
      perDay.push(await measure(machine));
      onDay(told(perDay.length, machine, perDay.at(-1)));
      machine.invocations.length = 0;
    }
  }
  return {
    seed,
    days,
    endedAt: world.clock.now(),
    machine,
    weather,
    ledger,
    listeners,
    titles: life.titles,
    asked: life.asked,
    ...counts,
    perDay,
    owner: owner(),
  };
}

/** The first person of the sandbox's Telegram is the owner; gives what they are told. */
async function claim(machine: Machine): Promise<() => readonly string[]> {
  const { telegram, clock } = machine.world;
  const id = telegram.people[0]?.id ?? 0;
  const browse = createBrowser(machine.fetch, ORIGIN);
  const csrf = await logInAsOwner(browse, 'soak-password');
  const answer = await (await browse('/admin/owner', {}, { csrf })).text();
  const code = /주인 ([A-Z0-9]{8})/.exec(answer)?.[1];
  if (code === undefined) throw new Error('the owner has no code');
  await telegram.say(id, `주인 ${code}`);
  await machine.settle(clock.now() + HOUR_MS);
  return () =>
    telegram
      .messages(id)
      .filter(({ from }) => from === 'bot')
      .map(({ text, at }) => `${time(at)} ${text}`);
}

async function measure({ query, invocations }: Machine): Promise<Day> {
  const tables = await query(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'`,
  );
  let stored = 0;
  for (const { name } of tables) {
    const [row] = await query(`SELECT count(*) AS n FROM ${String(name)}`);
    stored += Number(row?.['n']);
  }
  const sum = (of: (one: Invocation) => number) =>
    invocations.reduce((all, one) => all + of(one), 0);
  return {
    rowsReadBySlot: sum(({ rowsRead }) => rowsRead) / 48,
    queries: sum(({ queries }) => queries),
    stored,
  };
}

function told(day: number, { invocations, queues, world }: Machine, state?: Day): string {
  const { rowsReadBySlot = 0, stored = 0 } = state ?? {};
  return `day ${day} (${time(world.clock.now())}): ${invocations.length} invocations, ${Math.round(rowsReadBySlot)} rows read a slot, ${stored} rows stored, ${queues.size()} messages wait`;
}

/** A call's address and body as somebody can search them. */
async function readable(request: Request): Promise<string> {
  const type = request.headers.get('content-type') ?? '';
  if (request.method === 'GET' || !/json|urlencoded/.test(type)) return '';
  const body = (await request.text()).replaceAll('+', ' ');
  const isForm = type.includes('urlencoded');
  return `${request.url} ${isForm ? decodeURIComponent(body) : body}`;
}

function answerOf({ status, body, headers = {} }: Extract<Fate, { kind: 'answer' }>): Response {
  return new Response(body, { status, headers });
}

function noAnswer(kind: 'reset' | 'hang'): Response {
  return new Response(null, { headers: { 'x-soak-fate': kind } });
}

async function halfOf(answer: Response): Promise<Response> {
  const bytes = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  return new Response(bytes.slice(0, bytes.byteLength / 2), { status: answer.status, headers });
}
