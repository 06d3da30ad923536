import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeLongWay } from './database.ts';

const { DB } = env;

type Run = () => Promise<unknown>;

/** What comes of it: an answer, or what was thrown. */
async function outcomeOf(run: Run): Promise<unknown> {
  try {
    return await run();
  } catch (cause) {
    return cause instanceof Error ? `${cause.message}, as ${String(cause.cause)}` : cause;
  }
}

/** The same at the end of both ways. */
async function both(run: Run): Promise<readonly [short: unknown, long: unknown]> {
  const short = await outcomeOf(run);
  return [short, await takeLongWay(() => outcomeOf(run))];
}

async function makeTable(): Promise<void> {
  await DB.exec(
    'CREATE TABLE probe (id INTEGER PRIMARY KEY, word TEXT UNIQUE, size REAL, bytes BLOB, CHECK (id < 100))',
  );
  await DB.exec('CREATE TABLE probed (id INTEGER REFERENCES probe (id) ON DELETE CASCADE)');
}

async function dropTable(): Promise<void> {
  await DB.exec('DROP TABLE probed');
  await DB.exec('DROP TABLE probe');
}

beforeAll(async () => {
  await both(dropTable);
  await makeTable();
  await takeLongWay(makeTable);
});
afterAll(() => both(dropTable));

/** What does not depend on the hour, the place and what else the database holds. */
function told({ results, meta }: D1Result): unknown {
  const { changes, last_row_id: id, changed_db: isChanged, rows_read: read } = meta;
  return { results, changes, id, isChanged, read, written: meta.rows_written };
}

const insert = (id: number, word: string | null) =>
  DB.prepare('INSERT INTO probe (id, word, size, bytes) VALUES (?1, ?2, ?3, ?4)').bind(
    id,
    word,
    id / 3,
    new Uint8Array([id, 0, 255]),
  );

test.each<readonly [what: string, run: Run]>([
  ['an insert', async () => told(await insert(1, '하나').run())],
  ['a second one', async () => told(await insert(2, null).run())],
  [
    'one that returns',
    async () => DB.prepare("INSERT INTO probe (word) VALUES ('x') RETURNING *").all().then(told),
  ],
  ['all rows', async () => told(await DB.prepare('SELECT * FROM probe ORDER BY id').all())],
  ['raw rows', () => DB.prepare('SELECT * FROM probe ORDER BY id').raw({ columnNames: true })],
  ['the first row', () => DB.prepare('SELECT * FROM probe WHERE id = ?').bind(1).first()],
  ['a cell', () => DB.prepare('SELECT word FROM probe WHERE id = ?').bind(1).first('word')],
  ['no row', () => DB.prepare('SELECT * FROM probe WHERE id = 99').first()],
  ['a large number', () => DB.prepare('SELECT 9007199254740993 AS n, ?1 AS b').bind(true).first()],
  [
    'an update',
    async () =>
      told(await DB.prepare("UPDATE probe SET word = 'y' WHERE id > 1 AND word IS NOT NULL").run()),
  ],
  ['a word that is taken', () => insert(3, '하나').run()],
  ['a check that fails', () => insert(100, 'far').run()],
  ['a reference to nothing', () => DB.prepare('INSERT INTO probed VALUES (77)').run()],
  [
    'a batch',
    async () =>
      (
        await DB.batch([
          insert(4, 'd'),
          DB.prepare('INSERT INTO probed VALUES (4)'),
          insert(5, 'e'),
        ])
      ).map(told),
  ],
  ['a batch that fails at its end', () => DB.batch([insert(6, 'f'), insert(1, 'g')])],
  ['what it left', () => DB.prepare('SELECT count(*) AS n FROM probe').first()],
  ['a cascade', async () => told(await DB.prepare('DELETE FROM probe WHERE id = 4').run())],
  ['what the cascade left', () => DB.prepare('SELECT count(*) AS n FROM probed').first()],
  ['no SQL', () => DB.prepare('SELEC 1').run()],
  ['a table that is not there', () => DB.prepare('SELECT * FROM nowhere').all()],
  ['too few values', () => DB.prepare('SELECT ?1, ?2').bind(1).all()],
  [
    '101 values',
    () =>
      DB.prepare(`SELECT ${Array.from({ length: 101 }, () => '?').join()}`)
        .bind(...Array.from({ length: 101 }, () => 1))
        .all(),
  ],
  [
    'a pattern of 60 characters',
    () => DB.prepare("SELECT 'a' LIKE ?").bind('a'.repeat(60)).first(),
  ],
  [
    'six tables in one SELECT',
    () => DB.prepare(Array.from({ length: 6 }, () => 'SELECT 1').join(' UNION ALL ')).all(),
  ],
  ['what D1 forbids', () => DB.prepare('BEGIN').run()],
] as const)('the short way to the database answers as the long one: %s', async (_what, run) => {
  const [short, long] = await both(run);
  expect(short).toEqual(long);
});

test('an object asks the same database as the test', async () => {
  await insert(50, 'from outside').run();
  const found = await runInDurableObject(env.TOKEN_KEEPER.getByName('kakao:probe'), () =>
    DB.prepare('SELECT word FROM probe WHERE id = 50').first('word'),
  );
  expect(found).toBe('from outside');
});
