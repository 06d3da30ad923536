import { type Amounts, dayOf } from './day.ts';
import { HOBBY } from './hobby.ts';
import { number, table } from './rows.ts';

const SIZES = [150, 300, 600, 1200];
const ASKED = [300, 1000, 10_000, 100_000, 1_000_000];
const DAYS = 30;

type Measure = keyof Amounts;

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
    days.push({ branches, amounts: (await dayOf(branches)).amounts });
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
    `The bundle beside the sandbox for a third of a day (16 slots, one meal), times three, on Telegram: for ${HOBBY.branches} branches ${HOBBY.people} people with the menu, ${HOBBY.watches} watches, ${HOBBY.pushes} pushes and ${HOBBY.chats} questions a day; all grow in step. A call to a platform takes 50 ms. What a day leaves stored counts as written once more, as it is deleted some day. CPU is all that the runtime's process took, its stand-ins of D1 and KV included, so more than Cloudflare would bill. Prices as of October 2026 (Workers, D1, KV and Queues pricing).`,
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
