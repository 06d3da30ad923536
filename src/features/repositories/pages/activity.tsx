import { dayForPeople, type Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { Card, count } from '../../../ui/parts.tsx';
import type { ActiveDay } from '../polling/history.ts';
import { texts } from './texts.ts';

const HEIGHT = 40;
/** Of a day's place, how much is bar. */
const BAR = 0.7;

/** How much happened day by day, as bars and in words. */
export function Activity({
  days,
  language,
}: {
  /** Oldest first. */
  days: readonly ActiveDay[];
  language: Language;
}) {
  const numbers = days.map(({ commits, releases }) => commits + releases);
  const most = Math.max(1, ...numbers);
  return (
    <Card title={say(texts.activity, language)}>
      <svg
        class="chart"
        viewBox={`0 0 ${days.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {numbers.map((number, index) => {
          const height = Math.max(0.5, (number / most) * HEIGHT);
          return (
            <rect
              class={number === 0 ? 'idle' : undefined}
              x={index + (1 - BAR) / 2}
              y={HEIGHT - height}
              width={BAR}
              height={height}
            />
          );
        })}
      </svg>
      <p class="soft">{inWords(days, numbers, language)}</p>
    </Card>
  );
}

function inWords(
  days: readonly ActiveDay[],
  numbers: readonly number[],
  language: Language,
): string {
  const sum = (of: (day: ActiveDay) => number) =>
    count(days.reduce((all, day) => all + of(day), 0));
  const said = say(texts.summary, language, {
    commits: sum(({ commits }) => commits),
    releases: sum(({ releases }) => releases),
  });
  const number = Math.max(...numbers);
  const busiest = days[numbers.indexOf(number)];
  const today = days.at(-1);
  if (!busiest || !today || number === 0) return said;
  const day = dayForPeople(busiest.day, today.day, language);
  return `${said} ${say(texts.busiest, language, { day, number: count(number) })}`;
}
