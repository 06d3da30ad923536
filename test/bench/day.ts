import { readdirSync, readFileSync } from 'node:fs';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { createChance } from '../soak/chance.ts';
import { type Invocation, type Machine, startMachine } from '../soak/machine.ts';
import { HOBBY, populate } from './hobby.ts';

/** Monday 09:00 in Seoul: a third of a day with one of its three meals. */
const START = Date.UTC(2026, 10, 23);
const SLOTS = 16;
const SLOT_MS = 30 * MINUTE_MS;
/** Without it all messages of a meal would go out in one instant, which no platform takes. */
const CALL_MS = 50;

/** What a day takes. */
export interface Amounts {
  readonly invocations: number;
  readonly cpuMs: number;
  readonly queueOperations: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly kvReads: number;
  readonly kvWrites: number;
  readonly calls: number;
}

/** A day, and every invocation of the third of it that was measured. */
export interface Day {
  readonly amounts: Amounts;
  readonly invocations: readonly Invocation[];
  /** By how many rows each table has grown in that third. */
  readonly grown: ReadonlyMap<string, number>;
}

/** A third of a day at so many branches, beside what goes with them; its amounts are those of a whole one. */
export async function dayOf(branches: number): Promise<Day> {
  const share = branches / HOBBY.branches;
  const chance = createChance(branches);
  const machine = await startMachine({
    startAt: START - HOUR_MS,
    chance,
    callMs: CALL_MS,
    vars: { MENU_SCHOOL: 'B10:7010113' },
  });
  try {
    const chats = await populate(machine, branches, Math.round(HOBBY.people * share));
    const { world, invocations, queues } = machine;
    // The first slots do what is done once.
    for (const at of [START - SLOT_MS, START]) {
      await machine.cron(at);
      await machine.settle(at + SLOT_MS - MINUTE_MS);
    }
    invocations.length = 0;
    Object.assign(queues.counts, { sent: 0, delivered: 0 });
    const cpuBefore = cpuMsOfRuntime();
    const storedBefore = await rowsStored(machine);
    const thirds = SLOTS * 3;
    for (let slot = 1; slot <= SLOTS; slot++) {
      const at = START + slot * SLOT_MS;
      const due = (perDay: number) =>
        Math.floor((perDay * share * slot) / thirds) -
        Math.floor((perDay * share * (slot - 1)) / thirds);
      for (let count = due(HOBBY.pushes); count > 0; count--) {
        const name = `fleet/r${String(chance.whole(1, branches)).padStart(4, '0')}`;
        world.github.push(name, 'main', [{ message: `Change at ${at}, ${count}.` }]);
      }
      for (let count = due(HOBBY.chats); count > 0; count--) {
        await world.telegram.say(chats[chance.whole(0, chats.length - 1)] ?? 0, '고양이');
      }
      await machine.cron(at);
      await machine.settle(at + SLOT_MS - MINUTE_MS);
      world.requests.length = 0;
    }
    const grown = new Map(
      [...(await rowsStored(machine))].map(([name, rows]) => [
        name,
        rows - (storedBefore.get(name) ?? 0),
      ]),
    );
    const left = [...grown.values()].reduce((all, rows) => all + rows, 0);
    const sum = (of: (one: (typeof invocations)[number]) => number) =>
      3 * invocations.reduce((all, one) => all + of(one), 0);
    const amounts = {
      invocations: sum(() => 1),
      cpuMs: 3 * (cpuMsOfRuntime() - cpuBefore),
      // Each message is written, read and deleted.
      queueOperations: 3 * (2 * queues.counts.sent + queues.counts.delivered),
      rowsRead: sum(({ rowsRead }) => rowsRead),
      rowsWritten: sum(({ rowsWritten }) => rowsWritten) + 3 * left,
      kvReads: sum(({ kvReads }) => kvReads),
      kvWrites: sum(({ kvWrites }) => kvWrites),
      calls: sum(({ calls }) => calls),
    };
    return { amounts, invocations, grown };
  } finally {
    await machine.stop();
  }
}

/** How many rows each table holds. */
async function rowsStored({ query }: Machine): Promise<ReadonlyMap<string, number>> {
  const tables = await query(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT GLOB '_*' AND name NOT GLOB 'sqlite_*'`,
  );
  const counts = tables.map(
    ({ name }) => `SELECT '${String(name)}' AS name, count(*) AS rows FROM "${String(name)}"`,
  );
  const rows: Record<string, unknown>[] = [];
  for (const count of counts) rows.push(...(await query(count)));
  return new Map(rows.map(({ name, rows: held }) => [String(name), Number(held)]));
}

/** Milliseconds of CPU that the runtimes this process started have taken. */
function cpuMsOfRuntime(): number {
  const children = readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' '),
  );
  const runtimes = children.filter(
    (pid) => pid !== '' && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd',
  );
  return runtimes
    .flatMap((pid) => readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`))
    .reduce(
      (sum, task) => sum + Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
      0,
    );
}
