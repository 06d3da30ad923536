import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { forgetDatabase } from './database.ts';
import { emptyKeepers, forgetKeepers } from './worker/keepers.ts';

const { DB, MEDIA, TOKEN_KEEPER, TOKENS } = env;
/** More than so many entries are sooner gone with everything else. */
const FEW = 5;

let emptyTables: readonly D1PreparedStatement[] = [];

/**
 * Database, KV and objects as a new deployment has them. Rows are deleted where they can be: that
 * takes a tenth of the time in which everything is made anew, and most tests begin with it.
 */
export async function emptyStorage(): Promise<void> {
  if (await isEmptied()) return;
  await reset();
  forgetDatabase();
  forgetKeepers();
  await applyD1Migrations(DB, env.MIGRATIONS);
  const { results } = await DB.prepare(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT GLOB '_*' AND name <> 'd1_migrations' ORDER BY rowid DESC`,
  ).all<{ name: string }>();
  emptyTables = results.map(({ name }) => DB.prepare(`DELETE FROM ${name}`));
}

/** Deletes what the tests before left; false when they left much, or other tables than they found. */
async function isEmptied(): Promise<boolean> {
  if (emptyTables.length === 0) return false;
  const [tokens, media] = await Promise.all([TOKENS.list(), MEDIA.list()]);
  if (tokens.keys.length + media.keys.length > FEW) return false;
  try {
    await DB.batch([...emptyTables]);
  } catch (cause) {
    if (String(cause).includes('no such table')) return false;
    throw cause;
  }
  await Promise.all([
    ...tokens.keys.map(({ name }) => TOKENS.delete(name)),
    ...media.keys.map(({ name }) => MEDIA.delete(name)),
  ]);
  return await emptyKeepers(TOKEN_KEEPER);
}
