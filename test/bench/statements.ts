import { dayOf } from './day.ts';
import { HOBBY } from './hobby.ts';
import { number, table } from './rows.ts';

/** Less is shown as the sum of all others. */
const LEAST_SHARE = 0.01;

/** What each statement reads and writes in a hobby owner's day. */
export async function measureStatements(): Promise<string> {
  const { amounts, invocations, grown } = await dayOf(HOBBY.branches);
  const statements = new Map<string, { times: number; read: number; written: number }>();
  for (const [sql, times, read, written] of invocations.flatMap((one) => one.statements)) {
    const all = statements.get(sql) ?? { times: 0, read: 0, written: 0 };
    statements.set(sql, {
      times: all.times + 3 * times,
      read: all.read + 3 * read,
      written: all.written + 3 * written,
    });
  }
  const kept = [...grown].map(
    ([name, rows]) =>
      [`deleting what was kept in ${name}`, { times: 0, read: 0, written: 3 * rows }] as const,
  );
  const shown = (of: 'read' | 'written', total: number) => {
    const sorted = [...statements, ...(of === 'written' ? kept : [])].toSorted(
      ([, one], [, other]) => other[of] - one[of],
    );
    const large = sorted.filter(([, one]) => one[of] >= total * LEAST_SHARE);
    return table(
      [`rows ${of}`, 'share', 'times', 'statement'],
      large.map(([sql, one]) => [
        number(one[of]),
        `${number((one[of] / total) * 100)} %`,
        number(one.times),
        sql.replaceAll('|', '\\|'),
      ]),
    );
  };
  return [
    `What ${HOBBY.branches} branches and what goes with them take in a day: ${number(amounts.rowsWritten)} rows written, ${number(amounts.rowsRead)} read, ${number(amounts.queueOperations)} operations of the queues. Statements that take less than a hundredth are left out.`,
    shown('written', amounts.rowsWritten),
    shown('read', amounts.rowsRead),
  ].join('\n\n');
}
