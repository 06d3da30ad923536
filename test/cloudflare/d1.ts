import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import * as v from 'valibot';
import { type Account, createDatabase, type Database, newId } from './account.ts';
import { answer, answerPage, Refusal } from './answers.ts';

const creation = v.object({ name: v.pipe(v.string(), v.minLength(1)) });
const dump = v.object({ dump_options: v.object({ tables: v.array(v.string()) }) });
const importing = v.object({
  action: v.picklist(['init', 'ingest']),
  filename: v.optional(v.string()),
});
const statement = v.object({
  sql: v.string(),
  params: v.optional(v.nullable(v.array(v.union([v.string(), v.number(), v.null()]))), []),
});
const query = v.union([statement, v.object({ batch: v.array(statement) })]);

/** D1 over its REST API, with real SQLite behind it. */
export function d1Routes(account: Account) {
  const app = new Hono();
  const find = (idOrName: string) => {
    const found = [...account.databases].find(
      ([id, { name }]) => id === idOrName || name === idOrName,
    );
    if (!found) throw new Refusal(7404, `The database ${idOrName} could not be found`, 404);
    return found;
  };
  app.get('/', (c) => {
    const wanted = c.req.query('name');
    const rows = [...account.databases].map(rowOf);
    return answerPage(c, wanted === undefined ? rows : rows.filter(({ name }) => name === wanted));
  });
  app.post('/', async (c) => {
    const { name } = v.parse(creation, await c.req.json());
    if ([...account.databases.values()].some((database) => database.name === name)) {
      throw new Refusal(7502, `A database with the name '${name}' already exists`);
    }
    const id = newId();
    const database = createDatabase(name);
    account.databases.set(id, database);
    return answer(c, rowOf([id, database]));
  });
  app.get('/:id', (c) => answer(c, rowOf(find(c.req.param('id')))));
  app.delete('/:id', (c) => {
    account.databases.delete(find(c.req.param('id'))[0]);
    return answer(c, null);
  });
  app.post('/:id/query', async (c) => {
    const [, database] = find(c.req.param('id'));
    const asked = v.parse(query, await c.req.json());
    return answer(c, runAll(database, 'batch' in asked ? asked.batch : [asked]));
  });
  /** What was exported or is to be imported, by name. */
  const files = new Map<string, string>();
  app.get('/:id/files/:name', (c) => c.text(files.get(c.req.param('name')) ?? ''));
  app.put('/:id/files/:name', async (c) => {
    const text = await c.req.text();
    files.set(c.req.param('name'), text);
    return c.text('', 200, { etag: `"${createHash('md5').update(text).digest('hex')}"` });
  });
  app.post('/:id/export', async (c) => {
    const [, database] = find(c.req.param('id'));
    const { dump_options: wanted } = v.parse(dump, await c.req.json());
    const name = newId();
    files.set(name, rowsAsSql(database, wanted.tables));
    const result = { filename: name, signed_url: c.req.url.replace(/export$/, `files/${name}`) };
    return answer(c, { success: true, messages: [], status: 'complete', result });
  });
  app.post('/:id/import', async (c) => {
    const [, database] = find(c.req.param('id'));
    const { action, filename = newId() } = v.parse(importing, await c.req.json());
    if (action === 'init') {
      const upload = c.req.url.replace(/import$/, `files/${filename}`);
      return answer(c, { success: true, messages: [], upload_url: upload, filename });
    }
    const results = runAll(database, [{ sql: files.get(filename) ?? '', params: [] }]);
    const meta = { duration: 1, rows_read: 0, rows_written: 0, size_after: 0 };
    const result = { num_queries: results.length, final_bookmark: '1', meta };
    return answer(c, { success: true, messages: [], status: 'complete', result });
  });
  return app;
}

/** Rows as D1 exports them without a schema. */
function rowsAsSql({ sql }: Database, tables: readonly string[]): string {
  const lines = tables.flatMap((table) =>
    sql
      .prepare(`SELECT * FROM "${table}"`)
      .all()
      .map((row) => {
        const columns = Object.keys(row)
          .map((name) => `"${name}"`)
          .join(',');
        const values = Object.values(row).map(literal).join(',');
        return `INSERT INTO "${table}" (${columns}) VALUES(${values});`;
      }),
  );
  return ['PRAGMA defer_foreign_keys=TRUE;', ...lines, ''].join('\n');
}

function literal(value: unknown): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return typeof value === 'number' ? String(value) : 'NULL';
}

/** What one call asks for happens as a whole or not at all, as D1 has it. */
function runAll(database: Database, statements: readonly v.InferOutput<typeof statement>[]) {
  database.sql.exec('BEGIN');
  try {
    const results = statements.flatMap(({ sql, params }) =>
      params && params.length > 0
        ? [run(database, sql, params)]
        : splitSql(sql).map((one) => run(database, one, [])),
    );
    database.sql.exec('COMMIT');
    return results;
  } catch (cause) {
    database.sql.exec('ROLLBACK');
    throw new Refusal(7500, cause instanceof Error ? cause.message : String(cause));
  }
}

function run(database: Database, sql: string, params: readonly (string | number | null)[]) {
  const before = changes(database);
  const results = database.sql.prepare(sql).all(...params);
  const changed = changes(database) - before;
  const meta = { changes: changed, duration: 0, rows_read: results.length, rows_written: changed };
  return { results, success: true, meta: { ...meta, changed_db: changed > 0 } };
}

function changes(database: Database): number {
  return Number(database.sql.prepare('SELECT total_changes() AS n').get()?.['n'] ?? 0);
}

/** True for SQL that only looks. */
export function onlyReads(body: string): boolean {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), query), body);
  if (!parsed.success) return false;
  const asked = 'batch' in parsed.output ? parsed.output.batch : [parsed.output];
  return asked.every(({ sql }) =>
    splitSql(sql).every((one) => /^(SELECT|PRAGMA|EXPLAIN)\b/i.test(one)),
  );
}

/** The statements of a script; those of a trigger's body belong together. */
export function splitSql(script: string): string[] {
  const statements: string[] = [];
  let from = 0;
  const tokens = /'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|\b(?:BEGIN|CASE|END)\b|;/gi;
  let depth = 0;
  for (const { 0: token, index } of script.matchAll(tokens)) {
    if (/^(begin|case)$/i.test(token)) depth += 1;
    else if (/^end$/i.test(token)) depth -= 1;
    else if (token === ';' && depth === 0) {
      statements.push(script.slice(from, index));
      from = index + 1;
    }
  }
  statements.push(script.slice(from));
  return statements
    .map((one) => one.replaceAll(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/g, '').trim())
    .filter((one) => one !== '');
}

function rowOf([uuid, { name }]: readonly [string, Database]) {
  return {
    uuid,
    name,
    version: 'production',
    created_at: '2026-11-29T00:00:00.000Z',
  };
}
