import { expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import table from '../bot/talk/instead.tsv?raw';
import type { Harness } from './harness.ts';
import { createChat, say } from './skillSteps.ts';

/** What is in the list before, what is said first, and what is in the list in the end. */
const KINDS: Readonly<Record<string, { readonly first: string; readonly left: string }>> = {
  other: { first: '해제 1', left: 'hana/hello' },
  swap: { first: '목록', left: 'hana/lab vuejs/core' },
};

/** What is wrong with the end of a conversation; blank when it is right. */
async function play(harness: Harness, kind: string, utterance: string): Promise<string> {
  const { first = '', left = '' } = KINDS[kind] ?? {};
  for (const said of ['hana/hello', 'hana/lab', first]) await say(harness, said);
  const answer = await say(harness, utterance);
  const list = await say(harness, '목록');
  const watched = [...list.matchAll(/\((\S+) · /g)].map(([, name = '']) => name);
  const isRight = watched.toSorted((one, other) => one.localeCompare(other)).join(' ') === left;
  return isRight ? '' : `${answer} / ${watched.join(' ')}`;
}

test('what is to be instead of something is, in all ways of the table', async ({ annotate }) => {
  const harness = await createChat();
  for (const fullName of ['hana/hello', 'hana/lab', 'vuejs/core']) {
    const [owner = '', name = ''] = fullName.split('/');
    harness.world.github.addRepository({ owner, name });
  }
  const rows = table.split('\n').slice(1).filter(Boolean);
  const wrong: string[] = [];
  for (const row of rows) {
    const [id = '', utterance = '', kind = ''] = row.split('\t');
    const problem = await play(harness, kind, utterance);
    if (problem !== '') wrong.push(`${id} “${utterance}” ${problem}`);
    for (const said of ['취소', '탈퇴', '네']) await say(harness, said);
    harness.world.clock.advance(10 * MINUTE_MS);
  }
  const report = [`${rows.length - wrong.length} of ${rows.length}`, ...wrong].join('\n');
  await annotate(report);
  expect(wrong, report).toEqual([]);
}, 120_000);
