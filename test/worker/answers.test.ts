import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import fresh from '../bot/talk/fresh.tsv?raw';
import given from '../bot/talk/given.tsv?raw';
import held from '../bot/talk/held.tsv?raw';
import { TODAY } from '../bot/talk/judge.ts';
import { ANSWERS, type Row, readRows } from '../bot/talk/rows.ts';
import type { Harness } from './harness.ts';
import { createChat, say } from './skillSteps.ts';

const REPOSITORIES: Readonly<Record<string, readonly string[]>> = {
  'hana/hello': ['main'],
  'hana/lab': ['main'],
  'hana/multi': ['main', 'dev', 'feat/login'],
  'hana/my-app': ['main', 'develop'],
};
/** What is said to come into a context: to the question that the row answers. */
const CONTEXTS: Readonly<Record<string, readonly string[]>> = {
  'q-repo': ['구독'],
  'q-branch': ['구독', 'hana/multi'],
  'q-nick': ['구독', 'hana/hello'],
  'q-unwatch': ['hana/hello', 'hana/lab', '구독 취소'],
  'q-forget': ['hana/hello', '탈퇴'],
};

/** What is wrong with the end of a row's conversation; blank when it is right. */
async function play(harness: Harness, row: Row): Promise<string> {
  for (const text of CONTEXTS[row.context] ?? []) await say(harness, text);
  const answer = await say(harness, row.utterance);
  switch (row.intent) {
    case 'yes':
      return /모두 지웠|All deleted/.test(answer) ? '' : answer;
    case 'no':
    case 'cancel':
      return /그만둘게요|never mind/.test(answer) ? '' : answer;
    case 'answer':
      return watched(harness, row, answer);
    default:
      return unwatched(harness, row, answer);
  }
}

async function watched(harness: Harness, row: Row, answer: string): Promise<string> {
  const { repo = '', branch = '', nick } = row.arguments;
  let last = answer;
  if (/어느 브랜치|Which branch/.test(last)) last = await say(harness, 'main');
  if (/뭐라고|What shall we call/.test(last)) last = await say(harness, '건너뛰기');
  const list = await say(harness, '목록');
  const line = `1. ${nick ?? repo.split('/')[1]} (${repo} · ${branch}`;
  return list.includes(line) ? '' : `${last} / ${list}`;
}

async function unwatched(harness: Harness, row: Row, answer: string): Promise<string> {
  const isAll = row.arguments['which'] === 'all';
  if (isAll && /모두 해제할까요|watching all/.test(answer)) await say(harness, '네');
  const list = await say(harness, '목록');
  const isRight = ['hello', 'lab'].every((name) => {
    const isGone = isAll || name === row.arguments['which'];
    return list.includes(`hana/${name} `) !== isGone;
  });
  return isRight ? '' : `${answer} / ${list}`;
}

test('of the answers in the tables nearly all are taken for what they mean', async ({
  annotate,
}) => {
  const harness = await createChat();
  const rows = [given, held, fresh]
    .flatMap((table) => readRows(table, TODAY))
    .filter(({ intent }) => ANSWERS.includes(intent));
  const wanted = rows.flatMap(({ arguments: { repo } }) => (repo === undefined ? [] : [repo]));
  for (const fullName of new Set([...Object.keys(REPOSITORIES), ...wanted])) {
    const [owner = '', name = ''] = fullName.split('/');
    const branches = REPOSITORIES[fullName] ?? ['main'];
    harness.world.github.addRepository({ owner, name, branches });
  }
  const wrong: string[] = [];
  for (const row of rows) {
    const problem = await play(harness, row);
    if (problem !== '') wrong.push(`${row.id} [${row.context}] “${row.utterance}” ${problem}`);
    // The next one is new again.
    await say(harness, '취소');
    await say(harness, '탈퇴');
    await say(harness, '네');
    // Nobody has so much looked up in an hour.
    harness.world.clock.advance(10 * MINUTE_MS);
  }
  const report = [`${rows.length - wrong.length} of ${rows.length}`, ...wrong].join('\n');
  await annotate(report);
  expect(1 - wrong.length / rows.length, report).toBeGreaterThanOrEqual(0.97);
}, 180_000);
