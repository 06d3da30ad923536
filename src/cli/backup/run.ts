import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { type OpenAccount, openAccount } from '../deploy/account.ts';
import { type Api, ApiError, createSteps } from '../deploy/api.ts';
import { checkName, openProject, type Project, type ProjectOptions } from '../deploy/project.ts';
import { appliedMigrations, findStorage } from '../deploy/resources.ts';
import { Stop } from '../terminal.ts';

/** One login as KV holds it: sealed, so that nobody without `TOKEN_KEY` can use it. */
const tokenEntries = v.array(v.object({ key: v.string(), value: v.string() }));
type TokenEntry = v.InferOutput<typeof tokenEntries>[number];

const keys = v.array(v.object({ name: v.string() }));
/** What Cloudflare takes at once is far more; so a refusal costs little. */
const AT_ONCE = 100;

/** @param namespace path of the namespace, `/accounts/<id>/storage/kv/namespaces/<id>` */
async function readTokens(api: Api, namespace: string): Promise<TokenEntry[]> {
  const entries: TokenEntry[] = [];
  let cursor = '';
  do {
    const page = await api.page(`${namespace}/keys?cursor=${encodeURIComponent(cursor)}`, keys);
    for (const { name } of page.rows) {
      const value = await readValue(api, `${namespace}/values/${encodeURIComponent(name)}`);
      // Logged out in the meantime: no login any more.
      if (value !== null) entries.push({ key: name, value });
    }
    cursor = page.cursor;
  } while (cursor !== '');
  return entries;
}

async function readValue(api: Api, path: string): Promise<string | null> {
  try {
    return await api.text(path);
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return null;
    throw cause;
  }
}

/** Takes the same namespace as {@link readTokens}; entries of other keys stay. */
async function writeTokens(
  api: Api,
  namespace: string,
  entries: readonly TokenEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const part = entries.slice(from, from + AT_ONCE);
    await api.send('PUT', `${namespace}/bulk`, part, v.unknown());
  }
}

const FILES = { about: 'about.json', database: 'database.sql', tokens: 'tokens.json' } as const;
const BINDING = { database: 'DB', tokens: 'TOKENS' } as const;

const about = v.object({
  soshik: v.literal(1),
  worker: v.string(),
  at: v.string(),
  /** Migrations the rows belong to: they fit no other tables. */
  migrations: v.array(v.string()),
  tables: v.array(v.pipe(v.string(), v.regex(/^\w+$/))),
});

const names = v.array(v.object({ results: v.array(v.object({ name: v.string() })) }));
const TABLES = `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'd1_migrations'
  AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_' ORDER BY rowid`;

/**
 * Writes everything a bot knows into a folder that only its owner can read: the rows of D1, and the
 * logins of KV as they are, sealed with `TOKEN_KEY` (which is not in there).
 *
 * @param to folder to be made; one with something in it is refused
 * @param at ISO text of the instant
 */
export async function backUp(options: ProjectOptions, to: string, at: string): Promise<void> {
  const there = await readdir(to).catch(() => []);
  if (there.length > 0) {
    throw new Stop(
      `${to}에 이미 무언가 있어요. 앞의 백업을 덮어쓰지 않게 다른 폴더를 적어 주세요.`,
      `There is something in ${to} already: name another folder, so that no backup is overwritten.`,
    );
  }
  const { project, account, step, ids } = await open(options);
  const { api, wrangler } = account;
  await mkdir(to, { recursive: true, mode: 0o700 });
  await step('데이터베이스', 'database', async () => {
    const migrations = await appliedMigrations(api, ids.database);
    const tables = await tablesOf(account, ids.database);
    const sql = join(to, FILES.database);
    await writeFile(sql, '', { mode: 0o600 });
    const only = tables.flatMap((table) => ['--table', table]);
    const words = ['d1', 'export', BINDING.database, '--remote', '--no-schema', '--output', sql];
    await wrangler([...words, ...only]);
    const text = { soshik: 1, worker: project.plan.worker, at, migrations, tables };
    await writeFile(join(to, FILES.about), JSON.stringify(text, null, 2), { mode: 0o600 });
  });
  await step('로그인 (봉인된 채로)', 'logins, sealed', async () => {
    const entries = await readTokens(api, ids.tokens);
    await writeFile(join(to, FILES.tokens), JSON.stringify(entries, null, 2), { mode: 0o600 });
    options.say(`  ${entries.length}`);
  });
}

/**
 * Puts a backup in the place of what a bot knows. Everything that is there now is gone afterwards;
 * a failure in between leaves the database as it was.
 *
 * @param agree asks the owner; false stops it before anything is changed
 */
export async function restoreFrom(
  options: ProjectOptions,
  from: string,
  agree: (worker: string, at: string) => Promise<boolean>,
): Promise<void> {
  const told = await readJson(join(from, FILES.about), about);
  const entries: readonly TokenEntry[] = await readJson(join(from, FILES.tokens), tokenEntries);
  const { project, account, step, ids } = await open(options);
  await step('판 맞추기', 'compare versions', async () => {
    const present = await appliedMigrations(account.api, ids.database);
    const tables = await tablesOf(account, ids.database);
    if (String(present) === String(told.migrations) && String(tables) === String(told.tables)) {
      return;
    }
    throw new Stop(
      `백업과 봇의 판이 달라요. 백업한 판을 먼저 배포해 주세요.\n백업: ${told.migrations.join(', ')}\n봇: ${present.join(', ')}`,
      'The backup is of another version than the bot: deploy the version of the backup first.',
    );
  });
  if (!(await agree(project.plan.worker, told.at))) {
    throw new Stop('그만두었어요. 아무것도 바뀌지 않았어요.', 'Stopped; nothing has changed.');
  }
  await step('데이터베이스', 'database', () => replaceRows(account, from, told.tables));
  await step('로그인 (봉인된 채로)', 'logins, sealed', () =>
    writeTokens(account.api, ids.tokens, entries),
  );
}

async function open(options: ProjectOptions) {
  const project: Project = await openProject(options);
  const step = createSteps(options.say);
  const account = await step('로그인', 'log in', () => openAccount(project, options));
  const { api, path } = account;
  const ids = await step('저장소 찾기', 'find the storage', async () => {
    const found = await findStorage(api, path, project.plan);
    await project.writeConfig(found, account.id);
    return {
      database: `${path}/d1/database/${found.databases.get(BINDING.database)}`,
      tokens: `${path}/storage/kv/namespaces/${found.namespaces.get(BINDING.tokens)}`,
    };
  });
  return { project, account, step, ids };
}

async function tablesOf({ api }: OpenAccount, database: string): Promise<string[]> {
  const answers = await api.send('POST', `${database}/query`, { sql: TABLES }, names);
  return answers.flatMap(({ results }) => results.map(({ name }) => name));
}

/** One file, so that D1 takes it as a whole or not at all. */
async function replaceRows(
  { wrangler }: OpenAccount,
  from: string,
  tables: readonly string[],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'soshik-restore-'));
  try {
    const file = join(folder, 'restore.sql');
    const rows = await readFile(join(from, FILES.database), 'utf8');
    const empty = tables.toReversed().map((table) => `DELETE FROM "${table}";\n`);
    const sql = ['PRAGMA defer_foreign_keys=TRUE;\n', ...empty, rows].join('');
    await writeFile(file, sql, { mode: 0o600 });
    await wrangler(['d1', 'execute', BINDING.database, '--remote', '--yes', '--file', file]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readJson<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  throw new Stop(
    text === null ? `${path}가 없어요.` : `${path}가 백업의 파일이 아니에요.`,
    text === null ? `There is no ${path}.` : `${path} is no file of a backup.`,
  );
}

/** What a command takes that works on a deployed bot. */
interface BotCommand {
  readonly options: ProjectOptions;
  readonly words: readonly string[];
  readonly isAgreed: boolean;
}

/** Reads a command's words; one that is not known is refused. */
export function readBotCommand(args: readonly string[], usage: string): BotCommand {
  const root = resolve(import.meta.dirname, '../..');
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, yes: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.name !== undefined) checkName(values.name);
    return {
      words: positionals,
      isAgreed: values.yes ?? false,
      options: {
        name: values.name ?? null,
        root,
        folder: resolve(root, '.wrangler/deploy'),
        ownerFolder: root,
        environment: process.env,
        say: (line) => console.log(line),
        show: (text) => process.stdout.write(text),
      },
    };
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(`이 말은 몰라요: ${words}\n쓰는 법: ${usage}`, `usage: ${usage}`, { cause });
  }
}
