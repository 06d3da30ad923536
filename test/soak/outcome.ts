import { DAY_MS, HOUR_MS } from '../../src/lib/time.ts';
import { table } from '../bench/rows.ts';
import { time } from './ledger.ts';
import { hostsOf } from './people.ts';
import type { Run } from './soak.ts';

export interface Outcome {
  readonly isGood: boolean;
  /** One line of the table of all runs. */
  readonly row: readonly string[];
  /** Everything, for who looks for a cause. */
  readonly text: string;
  readonly invocations: number;
  readonly died: number;
  readonly struck: number;
  readonly outages: number;
}

export const HEADS = [
  'seed',
  'days',
  'owed',
  'told once',
  'lost',
  'repeated, as nobody could know',
  'repeated else',
  'over before told',
  'late',
  'median, minutes',
  'worst, hours',
  'titles posted',
  'lost or twice',
  'questions',
  'unanswered',
  'incidents, open',
  'rows read a slot, first day',
  'last day',
  'rows stored',
] as const;

/** Judges a run. */
export async function judge(run: Run): Promise<Outcome> {
  const { machine, weather, ledger, listeners, titles, asked, perDay } = run;
  const balance = ledger.balance(weather);
  const posts = machine.world.x.timeline().filter(({ deleted }) => !deleted);
  const posted = titles.map((one) => ({
    ...one,
    times: posts.filter(({ text }) => text.includes(one.title)).length,
  }));
  const wrongTitles = posted.filter(
    ({ times, ...title }) => times > 1 || (times === 0 && hadItsSaturday(title, run)),
  );
  const unanswered = listeners.flatMap((listener) => {
    const questions = asked.filter((one) => one.listener === listener).map(({ at }) => at);
    const answers = listener.answers().filter(({ at }) => at >= (questions[0] ?? Infinity));
    return questions
      .filter((at) => !isAnswered(at, answers, hostsOf[listener.channel], weather))
      .map((at) => `${listener.channel} ${listener.id} asked ${time(at)}`);
  });
  const incidents = await machine.query(
    `SELECT key, opened_at, closed_at FROM incidents ORDER BY opened_at`,
  );
  const open = incidents.filter((one) => one['closed_at'] === null);
  const ends = await machine.query(
    `SELECT channel, state, note, count(*) AS n FROM deliveries WHERE state <> 'sent' GROUP BY 1, 2, 3`,
  );
  const row = [
    run.seed,
    run.days,
    balance.owed,
    balance.once,
    balance.lost.length,
    balance.repeated,
    balance.repeatedTooOften.length,
    balance.overtaken,
    balance.late.length,
    Math.round(balance.medianMinutes),
    balance.worstHours.toFixed(1),
    posted.filter(({ times }) => times > 0).length,
    wrongTitles.length,
    asked.length,
    unanswered.length,
    `${incidents.length}, ${open.length}`,
    Math.round(perDay[0]?.rowsReadBySlot ?? 0),
    Math.round(perDay.at(-1)?.rowsReadBySlot ?? 0),
    perDay.at(-1)?.stored ?? 0,
  ].map(String);
  const text = [
    table(HEADS, [row]),
    `${run.invocations} invocations, ${run.died} died; ${run.calls} calls, ${run.struck} struck; queues ${JSON.stringify(machine.queues.counts)}`,
    ...section('outages', weather.told()),
    ...section('lost', balance.lost),
    ...section('repeated', balance.repeatedTooOften),
    ...section('late', balance.late),
    ...section('unanswered', unanswered),
    ...section(
      'titles',
      wrongTitles.map(
        ({ title, times, addedAt, startsAt }) =>
          `${title}: ${times} times, known ${time(addedAt)}, starts ${time(startsAt)}`,
      ),
    ),
    ...section(
      'incidents still open',
      open.map((one) => JSON.stringify(one)),
    ),
    ...section(
      'not sent',
      ends.map((one) => JSON.stringify(one)),
    ),
  ].join('\n');
  return {
    row,
    text,
    invocations: run.invocations,
    died: run.died,
    struck: run.struck,
    outages: weather.outages.length,
    isGood:
      balance.lost.length +
        balance.repeatedTooOften.length +
        wrongTitles.length +
        unanswered.length +
        open.length ===
      0,
  };
}

/** Questions in whose next two hours nothing at all was said. */
/** Whether an answer came within two hours, or two after each outage that was on its way. */
function isAnswered(
  askedAt: number,
  answers: readonly { readonly at: number }[],
  hosts: readonly string[],
  weather: Run['weather'],
): boolean {
  const first = answers.find(({ at }) => at >= askedAt);
  if (!first) return false;
  const outages = weather.outageCount(hosts, askedAt, first.at);
  const patience = 2 * HOUR_MS * (1 + outages) + weather.outageMs(hosts, askedAt, first.at);
  return first.at - askedAt < patience;
}

/**
 * Whether a Saturday came at which a title was known, and in the two weeks before its start, and the
 * page that tells of it could be read.
 */
function hadItsSaturday(
  { addedAt, startsAt }: { readonly addedAt: number; readonly startsAt: number },
  { endedAt, weather }: Run,
): boolean {
  // 1970-01-03 was a Saturday.
  const saturday =
    Math.ceil((addedAt + DAY_MS - 2 * DAY_MS) / (7 * DAY_MS)) * 7 * DAY_MS + 2 * DAY_MS;
  const saturdays = [saturday, saturday + 7 * DAY_MS];
  return saturdays.some(
    (at) =>
      at + DAY_MS < endedAt &&
      startsAt > at + DAY_MS &&
      startsAt < at + 13 * DAY_MS &&
      weather.outageCount([PAGE], Math.max(addedAt, at - 2 * DAY_MS), at + DAY_MS) === 0,
  );
}

const PAGE = 'about.netflix.com';
const SHOWN = 40;

function section(name: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`  and ${lines.length - SHOWN} more`] : [];
  return [`${name}:`, ...lines.slice(0, SHOWN).map((line) => `  ${line}`), ...more];
}
