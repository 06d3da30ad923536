import { describe, expect, test } from 'vitest';
import corpus from './corpus.tsv?raw';
import fresh from './fresh.tsv?raw';
import given from './given.tsv?raw';
import held from './held.tsv?raw';
import { judge, TODAY } from './judge.ts';
import { ANSWERS, readRows } from './rows.ts';

/** What of a table is not understood, and in words how it is by intent. */
function play(table: string): { readonly wrong: readonly string[]; readonly report: string } {
  const rows = readRows(table, TODAY).filter(({ intent }) => !ANSWERS.includes(intent));
  const judged = rows.map((row) => ({ row, problem: judge(row) }));
  const right = judged.filter(({ problem }) => problem === '').length;
  const lines = [...Map.groupBy(judged, ({ row }) => row.intent)].map(([intent, all]) => {
    const good = all.filter(({ problem }) => problem === '').length;
    return `${intent} ${good}/${all.length}`;
  });
  const wrong = judged
    .filter(({ problem }) => problem !== '')
    .map(({ row, problem }) => `${row.id} “${row.utterance}” ${problem}`);
  return { wrong, report: `${right} of ${rows.length}: ${lines.join(', ')}` };
}

describe('of the utterances in a table every one is understood', () => {
  const tables = [
    ['given.tsv', given],
    ['corpus.tsv', corpus],
    ['fresh.tsv', fresh],
    ['held.tsv', held],
  ] as const;
  for (const [name, table] of tables) {
    test(name, async ({ annotate }) => {
      const { wrong, report } = play(table);
      // The figures by intent are a result of their own.
      await annotate(report);
      expect(wrong, report).toEqual([]);
    });
  }
});
