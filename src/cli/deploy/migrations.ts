import { readdir } from 'node:fs/promises';
import * as v from 'valibot';
import { Stop } from '../stop.ts';
import { type Api, ApiError } from './api.ts';

const rows = v.array(v.object({ results: v.array(v.object({ name: v.string() })) }));

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
      `데이터베이스가 이 버전이 모르는 마이그레이션을 거쳤어요: ${unknown.join(', ')}\n더 새로운 버전이 올라가 있거나, 1.0 전의 것이에요. docs/operations.md의 "업그레이드와 되돌리기"를 봐 주세요.`,
      `The database has had migrations that this version does not know: ${unknown.join(', ')}\nA newer version is deployed, or one before 1.0: see "Upgrades and going back" in docs/operations.md.`,
    );
  }
  return files.filter((name) => !applied.includes(name));
}

/** Names of the migrations a database has had, oldest first. */
export async function appliedMigrations(api: Api, database: string): Promise<string[]> {
  // Asked for by its name first: a database without migrations has no such table.
  const ask = (sql: string) => api.send('POST', `${database}/query`, { sql }, rows);
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
