import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints, copyRepository } from './copy.ts';
import { read } from './files.ts';

interface Line {
  /** `features/menu` */
  readonly folder: string;
  readonly table: string;
  readonly name: string;
  /** Platforms without which it cannot be. */
  readonly needs: readonly string[];
}

/** The lines of a table: a room for each import of a folder beside it. */
function linesOf(house: 'features' | 'platforms'): Line[] {
  const table = `src/${house}/table.ts`;
  return Array.from(
    read(table).matchAll(/^import \{ (\w+) \} from '\.\/(\w+)\/([\w.]+)';$/gm),
    ([, name = '', room = '', file = '']) => ({
      folder: `src/${house}/${room}`,
      table,
      name,
      needs: Array.from(
        (/\bneeds: \[([^\]]*)\]/.exec(read(`src/${house}/${room}/${file}`))?.[1] ?? '').matchAll(
          /'(\w+)'/g,
        ),
        ([, id = '']) => id,
      ),
    }),
  );
}

/** The compiler takes a second or two; more on a busy machine. */
const TIMEOUT_MS = 300_000;

const features = linesOf('features');
const platforms = linesOf('platforms');
let copy = '';

beforeAll(() => {
  copy = copyRepository();
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Takes rooms out of the copy, each with its lines in its table, asks the compiler, and puts them back. */
async function complaintsWithout(rooms: readonly Line[]): Promise<string> {
  const tables = new Map(
    rooms.map(({ table }) => [table, readFileSync(join(copy, table), 'utf8')] as const),
  );
  for (const [table, text] of tables) {
    let left = text;
    for (const { name } of rooms.filter((room) => room.table === table)) {
      left = left
        .replace(new RegExp(`^import \\{ ${name} \\} from .*\\n`, 'm'), '')
        .replace(new RegExp(`(?<=[[,]\\s*)${name}(?:,\\s*|(?=\\s*\\]))`), '');
    }
    writeFileSync(join(copy, table), left);
  }
  for (const { folder } of rooms) renameSync(join(copy, folder), goneTo(folder));
  try {
    return await complaints(copy);
  } finally {
    for (const { folder } of rooms) renameSync(goneTo(folder), join(copy, folder));
    for (const [table, text] of tables) writeFileSync(join(copy, table), text);
  }
}

const rooms = [...features, ...platforms];
const RUNS = 6;
/** In which runs a room goes: half of them, no two rooms the same ones. */
const plans = Array.from({ length: 2 ** RUNS }, (_, plan) => plan).filter(
  (plan) => bits(plan).length === RUNS / 2,
);
/** Rooms that cannot be without another, or that another cannot be without. */
const tied = rooms.filter((room) => rooms.some((one) => needs(room, one) || needs(one, room)));
const free = rooms.filter((room) => !tied.includes(room));

/**
 * Rooms that go together. What a file asks of a room that is gone is an error whatever else is gone,
 * unless the file is gone too: so these say of each room what a run for each would, as long as every
 * other room stands in one in which it is gone. A tied room goes alone, with those that need it.
 */
const runs = [
  ...Array.from({ length: RUNS }, (_, run) =>
    free.filter((_room, at) => bits(plans[at] ?? 0).includes(run)),
  ),
  ...tied.map((room) => [room, ...tied.filter((one) => needs(one, room))]),
];

function bits(plan: number): number[] {
  return Array.from({ length: RUNS }, (_, bit) => bit).filter((bit) => (plan >> bit) % 2 === 1);
}

function needs(room: Line, other: Line): boolean {
  return room.needs.some((id) => other.folder === `src/platforms/${id}`);
}

test('each room is gone while each other one stands that can be without it', () => {
  const together = rooms.flatMap((gone) =>
    rooms
      .filter((other) => other !== gone && !needs(other, gone))
      .filter((other) => !runs.some((run) => run.includes(gone) && !run.includes(other)))
      .map((other) => `${other.folder} is gone wherever ${gone.folder} is`),
  );
  expect(together).toEqual([]);
});

describe('the rest stands without', () => {
  const heard = new Map<readonly Line[], string>();

  test.each(rooms)(
    '$folder',
    async (room) => {
      for (const run of runs.filter((gone) => gone.includes(room))) {
        const complaint = heard.get(run) ?? (await complaintsWithout(run));
        heard.set(run, complaint);
        expect(complaint, run.map(({ folder }) => folder).join(' ')).toBe('');
      }
    },
    TIMEOUT_MS,
  );
});

/** Where a room is while it is gone: nowhere the compiler looks. */
function goneTo(folder: string): string {
  return join(copy, folder.replaceAll('/', '-'));
}
