import { ask } from '../doctorOutside.ts';
import { Stop } from '../terminal.ts';

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
      const words =
        'id와 fav_repository(<저장소 주소>/branches/<브랜치>)가 있어야 해요 / needs id and fav_repository (<address>/branches/<branch>)';
      say({ line, isIn: false, words });
      continue;
    }
    const answer = await ask(new URL('/api/', origin), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body,
    });
    if (answer === null) {
      throw new Stop(
        `${line}번째 줄에서 멈췄어요. ${origin.host}에서 답이 없어요. 주소를 확인하고 다시 해 주세요. 들어간 줄은 그대로예요.`,
        `Stopped at line ${line}: no answer from ${origin.host}. Check the address and run it again; rows that are in stay.`,
      );
    }
    if (answer.status === 401 || answer.status === 429) {
      throw new Stop(
        `${line}번째 줄에서 멈췄어요. 봇이 API_KEY를 받아 주지 않아요 (${answer.status}). 배포할 때의 값인지 확인하고, 여러 번 틀렸다면 한 시간 뒤에 다시 해 주세요.`,
        `Stopped at line ${line}: the bot does not take this API_KEY (${answer.status}). Check that it is the deployed one; after several wrong tries wait an hour.`,
      );
    }
    const text = await answer.text().catch(() => '');
    say({ line, isIn: answer.ok, words: `${answer.status} ${text.slice(0, 200)}` });
  }
}

/** A file's text: spreadsheets in Korea write EUC-KR or UTF-16, all others UTF-8. */
export function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('euc-kr').decode(bytes);
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
