import { parseArgs } from 'node:util';
import { createReport, machine } from '../bench/report.ts';
import { number, table } from '../bench/rows.ts';
import { keepStorageInMemory } from '../sandbox/node/memory.ts';
import { INTRO } from './intro.ts';
import { HEADS, judge, type Outcome } from './outcome.ts';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    days: { type: 'string', default: '3' },
    people: { type: 'string', default: '200' },
    repositories: { type: 'string', default: '300' },
    write: { type: 'boolean', default: false },
  },
});
const [seed, seeds, days, people, repositories] = [
  values.seed,
  values.seeds,
  values.days,
  values.people,
  values.repositories,
].map(Number);

keepStorageInMemory();
const outcomes: Outcome[] = [];
for (let one = seed ?? 1; one < (seed ?? 1) + (seeds ?? 1); one++) {
  const run = await soak({
    seed: one,
    days: days ?? 3,
    crowd: crowdOf(people ?? 200, repositories ?? 300),
    onDay: (line) => console.log(`seed ${one}, ${line}`),
  });
  const outcome = await judge(run);
  await run.machine.stop();
  console.log(outcome.text);
  outcomes.push(outcome);
}
if (values.write) write();
if (!outcomes.every(({ isGood }) => isGood)) process.exitCode = 1;

/** Most are on Telegram; KakaoTalk's stand-in has fourteen people. */
function crowdOf(all: number, watched: number) {
  const kakao = Math.min(14, Math.round(all / 10));
  const twitter = Math.round(all / 10);
  return { telegram: all - kakao - twitter, twitter, kakao, repositories: watched };
}

function write(): void {
  const sum = (of: (outcome: Outcome) => number) =>
    number(outcomes.reduce((all, one) => all + of(one), 0));
  const report = createReport('docs/reliability.md', INTRO);
  report.write(
    'What came of it',
    [
      `${values.people} people, ${values.repositories} repositories; ${sum(({ invocations }) => invocations)} invocations, of which ${sum(({ died }) => died)} died; ${sum(({ outages }) => outages)} outages, ${sum(({ struck }) => struck)} calls that went wrong.`,
      table(
        HEADS,
        outcomes.map(({ row }) => row),
      ),
      machine(),
    ].join('\n\n'),
  );
}
