import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { hostsOf, type Listener } from './people.ts';
import type { Weather } from './weather.ts';

/** What somebody has to hear, by the world's own truth. */
interface Debt {
  readonly listener: Listener;
  /** Words that only this piece of news has. */
  readonly words: string;
  readonly what: 'commit' | 'release' | 'menu';
  readonly dueAt: number;
  /** After this nobody wants it any more; absent: it is always worth telling. */
  readonly until?: number;
}

/** A message that reached its platform, of which the Worker may know nothing. */
interface Unsure {
  readonly text: string;
  readonly at: number;
}

/** The longest way of news in good weather: a slot, a retry or two, and an hour's rest of a channel. */
const GRACE_MS = 100 * MINUTE_MS;

export interface Balance {
  readonly owed: number;
  readonly once: number;
  readonly lost: readonly string[];
  /** Heard again where the answer to the first had been lost: nobody could know. */
  readonly repeated: number;
  readonly repeatedTooOften: readonly string[];
  /** Not heard, and over before the platform came back. */
  readonly overtaken: number;
  readonly late: readonly string[];
  readonly medianMinutes: number;
  readonly worstHours: number;
}

/** Who is to be told what, and whether they were. */
export function createLedger() {
  const debts: Debt[] = [];
  const unsure: Unsure[] = [];

  function mayRepeat({ listener, words }: Debt): number {
    return unsure.filter(
      ({ text }) =>
        text.includes(words) && (listener.channel === 'kakao' || text.includes(listener.id)),
    ).length;
  }

  return {
    owe: (debt: Debt) => void debts.push(debt),
    /** A message of which the Worker may not know that it arrived. */
    note: (text: string, at: number) => void unsure.push({ text, at }),
    balance(weather: Weather): Balance {
      const lost: string[] = [];
      const late: string[] = [];
      const repeatedTooOften: string[] = [];
      const waits: number[] = [];
      let [once, repeated, overtaken] = [0, 0, 0];
      const heardBy = new Map(
        [...new Set(debts.map(({ listener }) => listener))].map((one) => [one, one.heard()]),
      );
      for (const debt of debts) {
        const { listener, words, dueAt, until, what } = debt;
        const name = `${what} "${words}" to ${listener.channel} ${listener.id}, due ${time(dueAt)}`;
        const times = (heardBy.get(listener) ?? []).filter(({ text }) => text.includes(words));
        const [first] = times;
        const hosts = [...hostsOf[listener.channel], ...sourceOf[what]];
        if (!first) {
          const isExcused = until !== undefined && weather.outageMs(hosts, dueAt, until) > 0;
          if (isExcused) overtaken += 1;
          else lost.push(name);
          continue;
        }
        waits.push(first.at - dueAt);
        if (times.length === 1) once += 1;
        else if (times.length - 1 <= mayRepeat(debt)) repeated += 1;
        else repeatedTooOften.push(`${name}, ${times.length} times`);
        const outage = weather.outageMs(hosts, dueAt, first.at);
        const patience = GRACE_MS * (1 + weather.outageCount(hosts, dueAt, first.at)) + outage;
        if (first.at - dueAt > patience) late.push(`${name}, heard ${time(first.at)}`);
      }
      const sorted = waits.toSorted((one, other) => one - other);
      return {
        owed: debts.length,
        once,
        lost,
        repeated,
        repeatedTooOften,
        overtaken,
        late,
        medianMinutes: (sorted[Math.floor(sorted.length / 2)] ?? 0) / MINUTE_MS,
        worstHours: (sorted.at(-1) ?? 0) / HOUR_MS,
      };
    },
  };
}

export type Ledger = ReturnType<typeof createLedger>;

const sourceOf: Readonly<Record<Debt['what'], readonly string[]>> = {
  commit: ['api.github.com'],
  release: ['api.github.com'],
  menu: ['open.neis.go.kr'],
};

export function time(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
