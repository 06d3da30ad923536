import { readdirSync, readFileSync } from 'node:fs';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { createChance } from '../soak/chance.ts';
import { type Machine, startMachine } from '../soak/machine.ts';
import { HOBBY, populate } from './hobby.ts';
import { number, table } from './rows.ts';

const SIZES = [150, 300, 600, 1200];
const ASKED = [300, 1000, 10_000, 100_000, 1_000_000];
/** Monday 09:00 in Seoul: a third of a day with one of its three meals. */
const START = Date.UTC(2026, 10, 23);
const SLOTS = 16;
const SLOT_MS = 30 * MINUTE_MS;
const DAYS = 30;

type Amounts = Readonly<Record<Measure, number>>;
type Measure = keyof typeof measures;

/** What is counted in a day, what the free plan gives, what 5 dollars a month give, and what more costs. */
const measures = {
  invocations: { free: 100_000, included: 10e6, perMillion: 0.3 },
  cpuMs: { free: Infinity, included: 30e6, perMillion: 0.02 },
  queueOperations: { free: 10_000, included: 1e6, perMillion: 0.4 },
  rowsRead: { free: 5e6, included: 25e9, perMillion: 0.001 },
  rowsWritten: { free: 100_000, included: 50e6, perMillion: 1 },
  kvReads: { free: 100_000, included: 10e6, perMillion: 0.5 },
  kvWrites: { free: 1000, included: 1e6, perMillion: 5 },
  calls: { free: Infinity, included: Infinity, perMillion: 0 },
} as const;
const names = [
  'invocations',
  'cpuMs',
  'queueOperations',
  'rowsRead',
  'rowsWritten',
  'kvReads',
  'kvWrites',
  'calls',
] as const satisfies readonly Measure[];

const labels: Readonly<Record<Measure, string>> = {
  invocations: 'invocations',
  cpuMs: 'CPU, ms',
  queueOperations: 'queue operations',
  rowsRead: 'D1 rows read',
  rowsWritten: 'D1 rows written',
  kvReads: 'KV reads',
  kvWrites: 'KV writes',
  calls: 'calls to platforms',
};

/** A day at several sizes, how each amount grows, and what that costs a month. */
export async function measureScale(): Promise<string> {
  const days: { readonly branches: number; readonly amounts: Amounts }[] = [];
  for (const branches of SIZES) {
    console.log(`A day of ${branches} branches…`);
    days.push({ branches, amounts: await dayOf(branches) });
  }
  const lines = new Map(
    names.map((name) => [
      name,
      leastSquares(days.map(({ branches, amounts }) => [branches, amounts[name]])),
    ]),
  );
  const at = (branches: number): Amounts => {
    const amount = (name: Measure) => {
      const { start, slope } = lines.get(name) ?? { start: 0, slope: 0 };
      return Math.max(0, start + slope * branches);
    };
    return {
      invocations: amount('invocations'),
      cpuMs: amount('cpuMs'),
      queueOperations: amount('queueOperations'),
      rowsRead: amount('rowsRead'),
      rowsWritten: amount('rowsWritten'),
      kvReads: amount('kvReads'),
      kvWrites: amount('kvWrites'),
      calls: amount('calls'),
    };
  };
  return [
    `The bundle beside the sandbox for a third of a day (16 slots, one meal), times three, on Telegram: for ${HOBBY.branches} branches ${HOBBY.people} people with the menu, ${HOBBY.watches} watches, ${HOBBY.pushes} pushes and ${HOBBY.chats} questions a day; all grow in step. What a day leaves stored counts as written once more, as it is deleted some day. CPU is all that the runtime's process took, its stand-ins of D1 and KV included, so more than Cloudflare would bill. Prices as of October 2026 (Workers, D1, KV and Queues pricing).`,
    '### A day, measured',
    table(
      ['branches', ...names.map((name) => labels[name])],
      days.map(({ branches, amounts }) => [
        number(branches),
        ...names.map((name) => number(amounts[name])),
      ]),
    ),
    '### How it grows',
    'A straight line through the four sizes (least squares). 1.00 means that it lies on them.',
    table(
      ['a day', 'at rest', 'for each branch', 'fit (R²)', 'free plan carries, branches'],
      names.map((name) => {
        const { start, slope, fit } = lines.get(name) ?? { start: 0, slope: 0, fit: 0 };
        const carries = (measures[name].free - start) / slope;
        return [
          labels[name],
          number(Math.max(0, start)),
          number(slope, 2),
          number(fit, 2),
          Number.isFinite(carries) ? number(Math.max(0, Math.floor(carries))) : 'no limit a day',
        ];
      }),
    ),
    '### What it costs',
    'By calculation from the lines above; 1,000,000 branches need more than one GitHub token and several databases, which the price does not know.',
    table(
      ['branches', ...names.map((name) => labels[name]), 'dollars a month', 'over the free plan'],
      ASKED.map((branches) => {
        const amounts = at(branches);
        const over = names.filter((name) => amounts[name] > measures[name].free);
        return [
          number(branches),
          ...names.map((name) => number(amounts[name])),
          over.length === 0 ? '0' : number(costOf(amounts), 2),
          over.map((name) => labels[name]).join(', '),
        ];
      }),
    ),
    advice(lines),
  ].join('\n\n');
}

function advice(lines: ReadonlyMap<Measure, Line>): string {
  const [first] = names
    .map((name) => {
      const { start, slope } = lines.get(name) ?? { start: 0, slope: 0 };
      return { name, carries: (measures[name].free - start) / slope };
    })
    .toSorted((one, other) => one.carries - other.carries);
  const { name = 'invocations', carries = 0 } = first ?? {};
  const times = carries / HOBBY.branches;
  const target =
    times >= 50
      ? 'The target of 50 is reached.'
      : `**The target of 50 is missed by ${number((1 - times / 50) * 100)} %.**`;
  return `The free plan carries ${number(times, 1)} times the hobby owner; the first limit is that of ${labels[name]}. ${target} Then the owner chooses the paid plan (5 dollars a month), on which nothing has to be changed. At rest the queues take ${number(lines.get('queueOperations')?.start ?? 0)} operations a day (target: 200).`;
}

function costOf(amounts: Amounts): number {
  return names.reduce((sum, name) => {
    const { included, perMillion } = measures[name];
    return sum + (Math.max(0, amounts[name] * DAYS - included) / 1e6) * perMillion;
  }, 5);
}

interface Line {
  readonly start: number;
  readonly slope: number;
  readonly fit: number;
}

const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length;

function leastSquares(points: readonly (readonly [number, number])[]): Line {
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const sum = (of: (at: number, value: number) => number) =>
    points.reduce((all, [at, value]) => all + of(at, value), 0);
  const slope = sum((at, value) => (at - x) * (value - y)) / sum((at) => (at - x) ** 2);
  const start = y - slope * x;
  const total = sum((_, value) => (value - y) ** 2);
  const missed = sum((at, value) => (value - start - slope * at) ** 2);
  return { start, slope, fit: total === 0 ? 1 : 1 - missed / total };
}

async function dayOf(branches: number): Promise<Amounts> {
  const share = branches / HOBBY.branches;
  const chance = createChance(branches);
  const machine = await startMachine({
    startAt: START - HOUR_MS,
    chance,
    vars: { MENU_SCHOOL: 'B10:7010113' },
  });
  try {
    const chats = await populate(machine, branches, Math.round(HOBBY.people * share));
    const { world, invocations, queues } = machine;
    // The first slots do what is done once.
    for (const at of [START - SLOT_MS, START]) {
      await machine.cron(at);
      await machine.settle(at + SLOT_MS - MINUTE_MS);
    }
    invocations.length = 0;
    Object.assign(queues.counts, { sent: 0, delivered: 0 });
    const cpuBefore = cpuMsOfRuntime();
    const storedBefore = await rowsStored(machine);
    const thirds = SLOTS * 3;
    for (let slot = 1; slot <= SLOTS; slot++) {
      const at = START + slot * SLOT_MS;
      const due = (perDay: number) =>
        Math.floor((perDay * share * slot) / thirds) -
        Math.floor((perDay * share * (slot - 1)) / thirds);
      for (let count = due(HOBBY.pushes); count > 0; count--) {
        const name = `fleet/r${String(chance.whole(1, branches)).padStart(4, '0')}`;
        world.github.push(name, 'main', [{ message: `Change at ${at}, ${count}.` }]);
      }
      for (let count = due(HOBBY.chats); count > 0; count--) {
        await world.telegram.say(chats[chance.whole(0, chats.length - 1)] ?? 0, '고양이');
      }
      await machine.cron(at);
      await machine.settle(at + SLOT_MS - MINUTE_MS);
      world.requests.length = 0;
    }
    const left = (await rowsStored(machine)) - storedBefore;
    const sum = (of: (one: (typeof invocations)[number]) => number) =>
      3 * invocations.reduce((all, one) => all + of(one), 0);
    return {
      invocations: sum(() => 1),
      cpuMs: 3 * (cpuMsOfRuntime() - cpuBefore),
      // Each message is written, read and deleted.
      queueOperations: 3 * (2 * queues.counts.sent + queues.counts.delivered),
      rowsRead: sum(({ rowsRead }) => rowsRead),
      rowsWritten: sum(({ rowsWritten }) => rowsWritten) + 3 * left,
      kvReads: sum(({ kvReads }) => kvReads),
      kvWrites: sum(({ kvWrites }) => kvWrites),
      calls: sum(({ calls }) => calls),
    };
  } finally {
    await machine.stop();
  }
}

/** How many rows the database holds. */
async function rowsStored({ query }: Machine): Promise<number> {
  const tables = await query(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT GLOB '_*' AND name NOT GLOB 'sqlite_*'`,
  );
  const counts = tables.map(({ name }) => `(SELECT count(*) FROM "${String(name)}")`);
  const [row] = await query(`SELECT ${counts.join(' + ')} AS stored`);
  return Number(row?.['stored']);
}

/** Milliseconds of CPU that the runtimes this process started have taken. */
function cpuMsOfRuntime(): number {
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' '),
  );
  const runtimes = children.filter(
    (pid) => pid !== '' && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd',
  );
  return runtimes
    .flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`))
    .reduce(
      (sum, task) => sum + Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
      0,
    );
}
