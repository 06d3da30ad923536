import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backUp, restoreFrom } from '../../src/cli/backup/run.ts';
import { createDatabase, newId } from './account.ts';
import { type Cloudflare, startCloudflare } from './server.ts';

const root = resolve(import.meta.dirname, '../..');

let cloudflare: Cloudflare;
let folder: string;
beforeAll(async () => {
  cloudflare = await startCloudflare();
  folder = mkdtempSync(join(tmpdir(), 'soshik-backup-'));
  vi.stubEnv('CLOUDFLARE_API_BASE_URL', cloudflare.url);
  vi.stubEnv('CLOUDFLARE_API_TOKEN', cloudflare.token);
  vi.stubEnv('WRANGLER_LOG_PATH', join(folder, 'logs'));
});
afterAll(async () => {
  await cloudflare.stop();
  rmSync(folder, { recursive: true });
});

/** The storage of a bot that was deployed: its database with all tables, and its logins. */
function storage() {
  const { databases, namespaces } = cloudflare.account;
  const database = createDatabase('soshik');
  const migrations = join(root, 'src/store/migrations');
  database.sql.exec('CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT)');
  for (const name of readdirSync(migrations).toSorted()) {
    database.sql.exec(readFileSync(join(migrations, name), 'utf8'));
    database.sql.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name);
  }
  const logins = { title: 'soshik-tokens', entries: new Map() };
  databases.set(newId(), database);
  namespaces.set(newId(), logins);
  namespaces.set(newId(), { title: 'soshik-media', entries: new Map() });
  return { sql: database.sql, logins };
}

const options = () => ({
  name: null,
  root,
  folder: join(folder, 'clone'),
  ownerFolder: folder,
  environment: process.env,
  say: () => undefined,
  show: () => undefined,
});

test('of a bot that was never deployed there is no backup', async () => {
  await expect(backUp(options(), join(folder, 'none'), '')).rejects.toThrow('npm run deploy first');
});

test('a backup put back gives every row and login as they were, sealed', async () => {
  const { sql, logins } = storage();
  sql.exec(`INSERT INTO people (channel, address, language, created_at)
    VALUES ('telegram', '1', 'ko', 1), ('telegram', 'it''s; -- "2"', 'en', 2)`);
  sql.exec(`INSERT INTO topics (topic, person, is_on, changed_at)
    SELECT 'menu', id, 1, 3 FROM people`);
  for (const key of ['twitter:1', 'kakao:1', 'kakao:2', 'kakao:3']) {
    logins.entries.set(key, { value: `sealed ${key}`, metadata: null, expiration: null });
  }
  const rows = () =>
    sql.prepare('SELECT * FROM people JOIN topics ON person = id ORDER BY id').all();
  const [before, sealed] = [rows(), new Map(logins.entries)];
  const backup = join(folder, 'backup');
  await backUp(options(), backup, '2026-11-29T00:00:00.000Z');
  expect(statSync(join(backup, 'database.sql')).mode & 0o777).toBe(0o600);
  expect(statSync(join(backup, 'tokens.json')).mode & 0o777).toBe(0o600);
  await expect(backUp(options(), backup, '')).rejects.toThrow('no backup is overwritten');

  sql.exec(`DELETE FROM people; INSERT INTO people (channel, address, language, created_at)
    VALUES ('telegram', 'later', 'ko', 9)`);
  logins.entries.clear();
  await expect(restoreFrom(options(), backup, async () => false)).rejects.toThrow('nothing has');
  expect(logins.entries.size).toBe(0);
  await restoreFrom(options(), backup, async () => true);
  expect(rows()).toEqual(before);
  expect(logins.entries).toEqual(sealed);

  sql.exec(`INSERT INTO d1_migrations (name) VALUES ('9998_other.sql')`);
  await expect(restoreFrom(options(), backup, async () => true)).rejects.toThrow('another version');
}, 180_000);
