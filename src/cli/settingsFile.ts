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
