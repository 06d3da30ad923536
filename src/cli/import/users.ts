import { ask } from '../doctorOutside.ts';
import { readCsv } from './csv.ts';

/** What became of one row. */
export interface ImportedRow {
  readonly line: number;
  readonly isIn: boolean;
  /** What the bot said. */
  readonly words: string;
}

/** A row of the repository alarm's table `user`, as its REST API takes it; `null`: none. */
export function registrationOf(row: Readonly<Record<string, string>>): URLSearchParams | null {
  const { id = '', fav_repository: favourite = '', nick_name: nickname = '', type = '' } = row;
  // Stored as <address of the repository>/branches/<branch>; a branch may hold slashes.
  const [, repository, branch] = /^(https?:\/\/.+?)\/branches\/(.+)$/.exec(favourite) ?? [];
  if (id === '' || repository === undefined || branch === undefined) return null;
  return new URLSearchParams({
    id,
    fav_repository: repository,
    nick_name: nickname || (repository.split('/').at(-1) ?? ''),
    type: type || 'telegram',
    branch,
  });
}

/**
 * Registers everybody of the table with a deployed bot, one after the other, by the address that took
 * registrations before. Run again, it changes nothing for those who are in.
 *
 * @param key `API_KEY` of the bot
 */
export async function importUsers(
  csv: string,
  origin: URL,
  key: string,
  say: (row: ImportedRow) => void,
): Promise<void> {
  for (const [index, row] of readCsv(csv).entries()) {
    const line = index + 2;
    const body = registrationOf(row);
    if (body === null) {
      say({ line, isIn: false, words: 'id, fav_repository?' });
      continue;
    }
    const answer = await ask(new URL('/api/', origin), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body,
    });
    const text = (await answer?.text().catch(() => '')) ?? '';
    say({
      line,
      isIn: answer?.ok ?? false,
      words: `${answer?.status ?? '-'} ${text.slice(0, 200)}`,
    });
  }
}
