import { ask } from '../doctorOutside.ts';

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

/**
 * Rows of a table by the names in its first line, as MySQL, phpMyAdmin and spreadsheets write them:
 * commas or tabs, quotes where they are needed, `\N` or NULL for nothing.
 */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = cells(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  return rows.map((row) =>
    Object.fromEntries(
      names.map((name, index) => {
        const value = row[index] ?? '';
        return [name.trim(), ['\\N', 'NULL'].includes(value) ? '' : value];
      }),
    ),
  );
}

function cells(text: string): string[][] {
  const separator = text.split('\n', 1)[0]?.includes('\t') ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted && (letter === '"' || letter === '\\') && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (!isQuoted && letter === separator) endCell();
    else if (!isQuoted && letter === '\n') endRow();
    else cell += letter;
  }
  endRow();
  return rows;
}
