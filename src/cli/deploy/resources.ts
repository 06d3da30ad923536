import { readdir } from 'node:fs/promises';
import * as v from 'valibot';
import { Stop } from '../terminal.ts';
import { type Api, ApiError } from './api.ts';
import type { Ids, Plan } from './plan.ts';

const rowsSchema = v.array(v.object({ results: v.array(v.object({ name: v.string() })) }));

/**
 * Names of migrations that the database has not had yet. A database that had others is of a version
 * this one cannot follow: nothing is touched.
 *
 * @param database path of the database, `/accounts/<id>/d1/database/<id>`
 */
export async function pendingMigrations(
  api: Api,
  database: string,
  folder: string,
): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  const applied = await appliedMigrations(api, database);
  const unknown = applied.filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new Stop(
      `데이터베이스가 이 버전이 모르는 마이그레이션을 거쳤어요: ${unknown.join(', ')}\n더 새로운 버전이 올라가 있거나, 1.0 전의 것이에요. docs 폴더의 운영 문서에서 "업그레이드와 되돌리기"를 봐 주세요.`,
      `The database has had migrations that this version does not know: ${unknown.join(', ')}\nA newer version is deployed, or one before 1.0: see "Upgrades and going back" in docs/operations.md.`,
    );
  }
  return files.filter((name) => !applied.includes(name));
}

/** Names of the migrations a database has had, oldest first. */
export async function appliedMigrations(api: Api, database: string): Promise<string[]> {
  // Asked for by its name first: a database without migrations has no such table.
  const ask = (sql: string) => api.send('POST', `${database}/query`, { sql }, rowsSchema);
  try {
    const tables = await ask("SELECT name FROM sqlite_master WHERE name = 'd1_migrations'");
    if (tables.every(({ results }) => results.length === 0)) return [];
    const answers = await ask('SELECT name FROM d1_migrations ORDER BY id');
    return answers.flatMap(({ results }) => results.map(({ name }) => name));
  } catch (cause) {
    if (cause instanceof ApiError && cause.code === null) {
      throw new Stop(
        '데이터베이스가 답하지 않아요. 잠시 뒤에 다시 해 주세요.',
        'The database does not answer: try again in a moment.',
        { cause },
      );
    }
    throw cause;
  }
}

/** One kind of thing that has a name of its own in the account. */
interface Kind {
  readonly path: string;
  readonly row: v.GenericSchema<unknown, { readonly id: string; readonly name: string }>;
  /** What a creation sends. */
  readonly body: (name: string) => object;
  /** Cloudflare's number for "there is one already". */
  readonly taken: number;
}

const KINDS = {
  namespaces: {
    path: '/storage/kv/namespaces',
    row: v.pipe(
      v.object({ id: v.string(), title: v.string() }),
      v.transform(({ id, title }) => ({ id, name: title })),
    ),
    body: (title: string) => ({ title }),
    taken: 10_014,
  },
  databases: {
    path: '/d1/database',
    row: v.pipe(
      v.object({ uuid: v.string(), name: v.string() }),
      v.transform(({ uuid, name }) => ({ id: uuid, name })),
    ),
    body: (name: string) => ({ name }),
    taken: 7502,
  },
  queues: {
    path: '/queues',
    row: v.pipe(
      v.object({ queue_id: v.string(), queue_name: v.string() }),
      v.transform((row) => ({ id: row.queue_id, name: row.queue_name })),
    ),
    body: (name: string) => ({ queue_name: name }),
    taken: 11_009,
  },
} as const satisfies Record<string, Kind>;

const settings = v.object({
  bindings: v.array(
    v.looseObject({
      type: v.string(),
      name: v.string(),
      namespace_id: v.optional(v.string()),
      id: v.optional(v.string()),
      database_id: v.optional(v.string()),
    }),
  ),
});

/** Cloudflare's numbers for "no such Worker". */
const NO_WORKER = [10_007, 10_090, 10_092];

/**
 * Finds everything the plan names and creates what is missing. What the deployed Worker is bound to
 * comes first, whatever it is called: its data is there.
 *
 * @param account path of the account, `/accounts/<id>`
 * @param say is told of each thing: its name and whether it was there
 */
export async function ensureResources(
  api: Api,
  account: string,
  plan: Plan,
  say: (name: string, isNew: boolean) => void,
): Promise<Ids> {
  const make = (kind: Kind, name: string) => create(api, account, kind, name);
  const find = await createFinder(api, account, plan, make, say);
  const ids = {
    namespaces: await find(KINDS.namespaces, plan.namespaces),
    databases: await find(KINDS.databases, plan.databases),
  };
  await find(KINDS.queues, new Map(plan.queues.map((name) => [`queue ${name}`, name])));
  return ids;
}

/** Finds the storage of a bot that was deployed before; takes the same as {@link ensureResources}. */
export async function findStorage(api: Api, account: string, plan: Plan): Promise<Ids> {
  const find = await createFinder(api, account, plan, refuse, () => undefined);
  return {
    namespaces: await find(KINDS.namespaces, plan.namespaces),
    databases: await find(KINDS.databases, plan.databases),
  };
}

async function refuse(_kind: Kind, name: string): Promise<string> {
  throw new Stop(
    `${name}이 이 계정에 없어요. 먼저 npm run deploy를 해 주세요.`,
    `${name} is not in this account: run npm run deploy first.`,
  );
}

async function createFinder(
  api: Api,
  account: string,
  plan: Plan,
  make: (kind: Kind, name: string) => Promise<string>,
  say: (name: string, isNew: boolean) => void,
) {
  const bound = await boundIds(api, account, plan.worker);
  return async (kind: Kind, wanted: ReadonlyMap<string, string>) => {
    const existing = await listed(api, account, kind);
    const names = new Map(Array.from(existing, ([name, id]) => [id, name]));
    const ids = new Map<string, string>();
    for (const [binding, name] of wanted) {
      const inUse = bound.get(binding) ?? '';
      const there = names.has(inUse) ? inUse : existing.get(name);
      ids.set(binding, there ?? (await make(kind, name)));
      say(names.get(there ?? '') ?? name, there === undefined);
    }
    return ids;
  };
}

async function listed(
  api: Api,
  account: string,
  { path, row }: Kind,
): Promise<Map<string, string>> {
  const rows = await api.list(`${account}${path}`, row);
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** Creates it; when the answer was lost, or another run was quicker, takes the one that is there. */
async function create(api: Api, account: string, kind: Kind, name: string): Promise<string> {
  try {
    return (await api.send('POST', `${account}${kind.path}`, kind.body(name), kind.row)).id;
  } catch (cause) {
    const mayBeThere = cause instanceof ApiError && [null, kind.taken].includes(cause.code);
    const there = mayBeThere ? (await listed(api, account, kind)).get(name) : undefined;
    if (there === undefined) throw cause;
    return there;
  }
}

/** Ids of what the deployed Worker is bound to, by binding; none when it was never deployed. */
async function boundIds(api: Api, account: string, worker: string): Promise<Map<string, string>> {
  try {
    const { bindings } = await api.get(`${account}/workers/scripts/${worker}/settings`, settings);
    return new Map(
      bindings.flatMap((binding) => {
        const id = binding.namespace_id ?? binding.database_id ?? binding.id;
        return ['kv_namespace', 'd1'].includes(binding.type) && id !== undefined
          ? [[binding.name, id] as const]
          : [];
      }),
    );
  } catch (cause) {
    if (cause instanceof ApiError && NO_WORKER.includes(cause.code ?? 0)) return new Map();
    throw cause;
  }
}
