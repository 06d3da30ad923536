import type { Setting } from '../config/setting.ts';

/** Something in a settings file that has to be mended, with where it stands. */
export interface FileProblem {
  readonly ko: string;
  readonly en: string;
}

export interface SettingsFile {
  /** Values that are not blank, exactly as written, by name. */
  readonly values: ReadonlyMap<string, string>;
  readonly problems: readonly FileProblem[];
}

const ASSIGNMENT = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[^\S\n]*/;

/**
 * Reads `.dev.vars` or `.prod.vars`: `NAME=value` a line, `#` comments, values in quotes where they
 * hold `#`, blanks at an end or several lines. `$` is a letter like any other, and in double quotes
 * `\n` is a new line. What other programs read differently is a problem, not a guess.
 */
export function parseSettings(text: string): SettingsFile {
  const values = new Map<string, string>();
  const seen = new Set<string>();
  const problems: FileProblem[] = [];
  const whole = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
  for (let at = 0; at < whole.length; ) {
    const { name, value, problem, length } = readEntry(whole.slice(at));
    const line = whole.slice(0, at).split('\n').length;
    const twice = name !== null && seen.has(name);
    const found = twice ? { ko: `${name}이 두 번 있어요`, en: `${name} stands twice` } : problem;
    if (found) problems.push({ ko: `${line}째 줄: ${found.ko}`, en: `line ${line}: ${found.en}` });
    else if (name !== null && value !== '') values.set(name, value);
    if (name !== null) seen.add(name);
    at += length;
  }
  return { values, problems };
}

interface Entry {
  /** `null`: a comment, a blank line, or something that cannot be read. */
  readonly name: string | null;
  /** Blank when it is none, or cannot be read. */
  readonly value: string;
  readonly problem: FileProblem | null;
  /** How much of the text it takes. */
  readonly length: number;
}

/** The entry at the start of the text: a line, or several when its quotes go on. */
function readEntry(text: string): Entry {
  const written = text.split('\n', 1)[0] ?? '';
  const [start, name] = ASSIGNMENT.exec(written) ?? [];
  const entry = { name: name ?? null, value: '', problem: null, length: written.length + 1 };
  if (start === undefined || name === undefined) {
    if (/^\s*(#|$)/.test(written)) return entry;
    return { ...entry, problem: { ko: '이름=값이 아니에요', en: 'not of the form NAME=value' } };
  }
  const quote = /^['"`]/.exec(written.slice(start.length))?.[0];
  if (quote === undefined) {
    const value = written.slice(start.length).trim();
    if (value.startsWith('#')) return entry;
    if (!value.includes('#')) return { ...entry, value };
    const ko = `${name}의 값에 #이 있어요. 따옴표로 감싸 주세요`;
    return { ...entry, problem: { ko, en: `the value of ${name} holds "#": put it into quotes` } };
  }
  const close = text.indexOf(quote, start.length + 1);
  if (close === -1) {
    const ko = `${name}의 따옴표가 닫히지 않았어요`;
    const problem = { ko, en: `the quotes of ${name} are not closed` };
    return { ...entry, problem, length: text.length };
  }
  const inside = text.slice(start.length + 1, close);
  const after = text.slice(close + 1).split('\n', 1)[0] ?? '';
  const length = close + 1 + after.length + 1;
  if (!/^\s*(#|$)/.test(after)) {
    const ko = `${name}의 닫는 따옴표 뒤에 글자가 있어요`;
    const en = `something stands behind the closing quotes of ${name}`;
    return { ...entry, problem: { ko, en }, length };
  }
  const value = quote === '"' ? inside.replaceAll('\\n', '\n') : inside;
  return { ...entry, value: value.trim() === '' ? '' : value, length };
}

/**
 * A value as {@link parseSettings} and dotenv both read it back; `null` when no quotes fit (a value
 * with all three kinds in it).
 */
export function writeValue(value: string): string | null {
  if (/^[A-Za-z0-9_./:@%+=,~!?*&;-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  if (!value.includes('`')) return `\`${value}\``;
  return value.includes('"') || value.includes('\\n') ? null : `"${value}"`;
}

/**
 * The file with some values changed: lines of theirs are replaced where they stand, new ones are
 * added at the end, everything else is left as the person wrote it.
 */
export function changeSettings(text: string, changes: ReadonlyMap<string, string>): string {
  let changed = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  for (const [name, value] of changes) {
    const written = writeValue(value);
    if (written === null) throw new RangeError(`${name}: no quotes fit this value`);
    const line = new RegExp(
      `^[^\\S\\n]*(?:export[^\\S\\n]+)?${name}[^\\S\\n]*=[^\\S\\n]*(?:'[^']*'|"[^"]*"|\`[^\`]*\`|[^\\n]*)`,
      'm',
    );
    const assignment = `${name}=${written}`;
    changed = line.test(changed)
      ? changed.replace(line, () => assignment)
      : `${changed}${assignment}\n`;
  }
  return changed;
}

/** What an owner set for a deployed bot. */
export interface OwnerSettings {
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** `CLOUDFLARE_ACCOUNT_ID`: for deploying only, never sent to the Worker. */
  readonly accountId: string | null;
}

const ACCOUNT = 'CLOUDFLARE_ACCOUNT_ID';
/** Cloudflare's limit for one value. */
const MOST_BYTES = 5120;
/** Cloudflare's limit for secrets and vars of one Worker on the free plan. */
const MOST_VALUES = 64;
/** A name that differs in so many letters is taken for a slip. */
const MOST_SLIPS = 2;
const SEVERAL_LINES = /^-----BEGIN [A-Z ]+-----\n[\s\S]+\n-----END [A-Z ]+-----\n?$/;

/**
 * Sorts the owner's file into secrets and vars, and finds what would not work before anything is
 * sent. A blank value is no value: it leaves alone what the Worker has.
 *
 * @param known the book of settings
 */
export function readOwnerSettings(
  text: string,
  known: readonly Setting[],
): { readonly settings: OwnerSettings; readonly problems: readonly FileProblem[] } {
  const { values, problems } = parseSettings(text);
  const found = [...problems];
  const secrets: Record<string, string> = {};
  const vars: Record<string, string> = {};
  for (const [name, value] of values) {
    if (name === ACCOUNT) continue;
    const setting = known.find((its) => its.name === name);
    if (!setting) {
      const nearest = nearestName(name, known);
      found.push({
        ko: `${name}: 모르는 이름이에요${nearest ? `. ${nearest}인가요?` : ''}`,
        en: `${name}: not a setting of this bot${nearest ? `; did you mean ${nearest}?` : ''}`,
      });
      continue;
    }
    if (setting.kind === 'secret') secrets[name] = value;
    else vars[name] = value;
    const problem = valueProblem(setting, value);
    if (problem) found.push({ ko: `${name}: ${problem.ko}`, en: `${name}: ${problem.en}` });
  }
  if (Object.keys(secrets).length + Object.keys(vars).length > MOST_VALUES) {
    found.push({
      ko: `값이 너무 많아요. 무료 플랜은 ${MOST_VALUES}개까지예요`,
      en: `too many values: the free plan takes ${MOST_VALUES}`,
    });
  }
  const accountId = values.get(ACCOUNT) ?? null;
  if (accountId !== null && !/^[0-9a-f]{32}$/.test(accountId)) {
    found.push({ ko: `${ACCOUNT}: 32자리 16진수예요`, en: `${ACCOUNT}: 32 hexadecimal digits` });
  }
  return { settings: { secrets, vars, accountId }, problems: found };
}

/** Why a value cannot be meant as it stands, if so. Never quotes it: it may be a secret. */
export function valueProblem(setting: Setting, value: string): FileProblem | null {
  const { name, shortest, example } = setting;
  if (value !== value.trim()) return { ko: '앞이나 뒤에 빈칸이 있어요', en: 'blanks at an end' };
  if (Buffer.byteLength(value) > MOST_BYTES) {
    return { ko: `${MOST_BYTES}바이트보다 길어요`, en: `longer than ${MOST_BYTES} bytes` };
  }
  if (/\p{Cc}/u.test(value) && !SEVERAL_LINES.test(value)) {
    return {
      ko: '보이지 않는 글자나 줄바꿈이 있어요',
      en: 'control characters or line breaks',
    };
  }
  if (value.length < shortest) {
    return {
      ko: `${shortest}자보다 짧아요. 이 값은 문을 여니까 길어야 해요`,
      en: `shorter than ${shortest} characters; it opens a door`,
    };
  }
  if (name === 'TOKEN_KEY' && !value.split(',').every(isKey)) {
    return {
      ko: '32바이트를 base64로 적은 값이어야 해요 (openssl rand -base64 32)',
      en: '32 bytes in base64 (openssl rand -base64 32)',
    };
  }
  if (setting.parse(value) === undefined) {
    return { ko: `이런 모양이어야 해요: ${example}`, en: `has to look like this: ${example}` };
  }
  return null;
}

function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text.trim());
}

/** The known name that differs in two letters at the most. */
function nearestName(name: string, known: readonly Setting[]): string | undefined {
  return known
    .map((setting) => ({ its: setting.name, letters: distance(name, setting.name) }))
    .filter(({ letters }) => letters <= MOST_SLIPS)
    .toSorted((one, other) => one.letters - other.letters)[0]?.its;
}

/** How many letters have to be changed, added or left out. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (row[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + (letter === wanted ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
