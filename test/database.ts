import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import * as v from 'valibot';

/** Any account's that no test asks for: its tokens are never looked at. */
const HOME = 'kakao:database';

const value = v.union([v.number(), v.string(), v.null(), v.array(v.number())]);
const statement = v.object({ sql: v.string(), params: v.optional(v.array(value), []) });
const querySchema = v.union([v.array(statement), statement]);
const bodySchema = v.object({ body: v.pipe(v.string(), v.parseJson(), querySchema) });

type Statement = v.InferOutput<typeof statement>;
type Work = (storage: DurableObjectStorage) => unknown;

interface Task {
  readonly work: Work;
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: unknown) => void;
  /** Hands over what came of it; only where the test is may it be waited for. */
  end?: () => void;
}

interface Desk {
  readonly bell: WebSocket;
  readonly tasks: Task[];
}

/** The object at work, or `null` while there is none. */
let atWork: Promise<Desk> | null = null;

/**
 * Shortens the way of `env.DB` to its rows. D1's client stays the runtime's own and so does SQLite,
 * with all limits of D1; but where each statement went as JSON through two more Workers, which is
 * what most tests took most of their time for, it goes to an object beside the test.
 */
export function shortenDatabase(): void {
  const session = clientOf(env.DB);
  const long = longWayOf(session);
  Reflect.set(session, 'fetcher', { fetch: answer, long });
}

/** Has something done with the database at the end of the long way, which is another one. */
export async function takeLongWay<Value>(run: () => Promise<Value>): Promise<Value> {
  const session = clientOf(env.DB);
  Reflect.set(session, 'fetcher', longWayOf(session));
  try {
    return await run();
  } finally {
    shortenDatabase();
  }
}

function clientOf(database: D1Database): object {
  const session: unknown = Reflect.get(database, 'alwaysPrimarySession');
  if (typeof session !== 'object' || session === null) throw new Error('D1 has another client');
  return session;
}

function longWayOf(session: object): unknown {
  const fetcher: unknown = Reflect.get(session, 'fetcher');
  if (typeof fetcher !== 'object' || fetcher === null) throw new Error('D1 has another client');
  // What was shortened for the file before is not shortened again.
  return Object.hasOwn(fetcher, 'long') ? Reflect.get(fetcher, 'long') : fetcher;
}

/** Whether an object is the one that holds the database. */
export function holdsDatabase(id: DurableObjectId): boolean {
  return id.equals(env.TOKEN_KEEPER.idFromName(HOME));
}

/** Carries out what D1's client asks for, as a service that it was bound to would. */
async function answer(url: string, init: unknown) {
  const { body: query } = v.parse(bodySchema, init);
  const isRaw = new URL(url).searchParams.get('resultsFormat') === 'ROWS_AND_COLUMNS';
  const statements = Array.isArray(query) ? query : [query];
  let answered: unknown;
  try {
    answered = await inObject((storage) =>
      storage.transactionSync(() => statements.map((one) => carryOut(storage.sql, one, isRaw))),
    );
  } catch (cause) {
    answered = { success: false, error: cause instanceof Error ? cause.message : String(cause) };
  }
  const text = JSON.stringify(answered);
  return { headers: new Headers(), text: async () => text };
}

function carryOut(sql: SqlStorage, { sql: words, params }: Statement, isRaw: boolean) {
  const before = changesOf(sql);
  const cursor = sql.exec(
    words,
    ...params.map((one) => (Array.isArray(one) ? new Uint8Array(one).buffer : one)),
  );
  const columns = cursor.columnNames;
  const rows = Array.from(cursor.raw(), (row) =>
    row.map((cell) => (cell instanceof ArrayBuffer ? Array.from(new Uint8Array(cell)) : cell)),
  );
  const after = changesOf(sql);
  return {
    success: true,
    results: isRaw
      ? { columns, rows }
      : rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))),
    meta: {
      duration: 0,
      changes: after.total - before.total,
      last_row_id: after.last,
      changed_db: after.total !== before.total || after.last !== before.last,
      size_after: sql.databaseSize,
      rows_read: cursor.rowsRead,
      rows_written: cursor.rowsWritten,
    },
  };
}

function changesOf(sql: SqlStorage) {
  return sql
    .exec<{ total: number; last: number }>(
      'SELECT total_changes() AS total, last_insert_rowid() AS last',
    )
    .one();
}

/** Has something done where the rows are. */
async function inObject(work: Work): Promise<unknown> {
  atWork ??= open();
  const { bell, tasks } = await atWork;
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  try {
    bell.send('asked');
  } catch {
    // Who asks is an object itself: the socket belongs to the test.
    return await runInDurableObject(home(), (_keeper, { storage }) => work(storage));
  }
  tasks.push({ work, resolve, reject });
  return await promise;
}

/** Says that there is no database: the next question finds an empty one. */
export function forgetDatabase(): void {
  atWork = null;
}

/**
 * Sets an object to work. Test and object are two contexts of one isolate: what is asked and answered
 * lies on a desk between them, and a socket rings.
 */
async function open(): Promise<Desk> {
  const tasks: Task[] = [];
  const answered = await runInDurableObject(home(), (_keeper, { storage }) => {
    const { 0: near, 1: far } = new WebSocketPair();
    near.accept();
    near.addEventListener('message', () => {
      for (const task of tasks) {
        if (task.end) continue;
        try {
          const done = task.work(storage);
          task.end = () => task.resolve(done);
        } catch (cause) {
          task.end = () => task.reject(cause);
        }
      }
      near.send('answered');
    });
    return new Response(null, { status: 101, webSocket: far });
  });
  const { webSocket: bell } = answered;
  if (!bell) throw new Error('the object does not answer');
  bell.accept();
  bell.addEventListener('message', () => {
    while (tasks[0]?.end) tasks.shift()?.end?.();
  });
  bell.addEventListener('close', () => {
    forgetDatabase();
    for (const { reject } of tasks.splice(0)) reject(new Error('the database is gone'));
  });
  return { bell, tasks };
}

/** The object, asked for a socket. */
function home(): DurableObjectStub {
  return new Proxy(env.TOKEN_KEEPER.getByName(HOME), {
    get(stub, key) {
      if (key !== 'fetch') return Reflect.get(stub, key, stub);
      return (url: string, init: RequestInit) =>
        stub.fetch(url, { ...init, headers: { Upgrade: 'websocket' } });
    },
  });
}
