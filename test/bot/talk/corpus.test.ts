import { describe, expect, test } from 'vitest';
import corpus from './corpus.tsv?raw';
import fresh from './fresh.tsv?raw';
import given from './given.tsv?raw';
import held from './held.tsv?raw';
import { judge, TODAY } from './judge.ts';
import { ANSWERS, readRows } from './rows.ts';

/** Share of a table that is understood, and in words how it is by intent. */
function play(table: string): { readonly share: number; readonly report: string } {
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
  return {
    share: right / rows.length,
    report: [`${right} of ${rows.length}: ${lines.join(', ')}`, ...wrong].join('\n'),
  };
}

describe('of the utterances in a table nearly all are understood', () => {
  const tables = [
    ['given.tsv', given, 0.97],
    ['corpus.tsv', corpus, 0.97],
    ['fresh.tsv', fresh, 0.95],
    ['held.tsv', held, 0.97],
  ] as const;
  for (const [name, table, least] of tables) {
    test(name, async ({ annotate }) => {
      const { share, report } = play(table);
      // The figures by intent are a result of their own.
      await annotate(report);
      expect(share, report).toBeGreaterThanOrEqual(least);
    });
  }
});
