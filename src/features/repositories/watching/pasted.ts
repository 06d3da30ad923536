import type { Finder } from '../../../bot/talk/grammar/find.ts';
import { LONGEST_TEXT } from '../../../bot/talk/grammar/normalize.ts';
import { parseRepositoryAddress } from '../../../platforms/github/api/addresses.ts';

/** A list that somebody pasted: package.json, requirements.txt, or lines of addresses. */
export interface Pasted {
  /** `owner/name`, in their order, each once. */
  readonly repositories: readonly string[];
  /** Names of packages; nothing in the text says in which repository they are made. */
  readonly names: readonly string[];
  /** Addresses that are not on GitHub. */
  readonly elsewhere: readonly string[];
}

/** What of a text is such a list. */
interface Stretch extends Pasted {
  readonly start: number;
  readonly end: number;
  /** A file of dependencies, whatever it names. */
  readonly isFile: boolean;
}

/** More of a file is not read. */
const MOST_LINES = 2000;
/** More addresses than that in one message are a list: they are shown before any is watched. */
export const MOST_AT_ONCE = 3;

/** `"name": "value"`, the beginning of an object or list with a name, or a bracket. */
const JSON_PART = /"([^"\\\n]*)"\s*:\s*(?:"([^"\\\n]*)"|([{[]))|[{}[\]]/g;
const DEPENDENCIES = /^(?:(?:dev|peer|optional)?dependencies)$/i;
/** Of package.json; its parts can be pasted without the braces around them. */
const IS_JSON =
  /"(?:(?:dev|peer|optional)?dependencies|repository)"\s*:|(?:"[^"\n]+"\s*:\s*"(?:[\^~<>=]*\d|git|[\w-]+\/)[^"\n]*"[\s,]*){2}/i;
/** A line of requirements.txt: a name, and which versions or where it is (PEP 508). */
const REQUIREMENT =
  /^([a-z0-9](?:[\w.-]*[a-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(?:(?:===?|[<>~!]=|[<>])\s*[\w.*]|@\s)/i;
const BARE_NAME = /^@?[\w.-]+(?:\/[\w.-]+)?$/;
/** What people put before the lines of a list, or the first of them. */
const BULLET =
  /^(?:(?:[-*•·▪◦]|\d{1,3}[.)]|\[[ x]?\])\s+|(?:구독|등록|관심 ?레포 ?추가|\/?(?:watch|follow|subscribe|add|track))[:\s]+)/i;

/**
 * Reads a list. What names a repository counts: an address, `github:owner/name` and addresses of git
 * among dependencies, and `repository` of a package; versions of a package name none.
 *
 * @param text a whole file or list: a line that is neither is told as a name
 */
export function readPasted(text: string): Pasted {
  const { repositories, names, elsewhere } = read(text, true) ?? {
    repositories: [],
    names: [],
    elsewhere: [],
  };
  return { repositories, names, elsewhere };
}

/**
 * The list in a message, between other words; `null` when there is none. Where the message was cut
 * at the door its last word is left out: it may be the beginning of another name.
 */
export function pastedIn(said: string): Stretch | null {
  if (!/["\n]/.test(said)) return null;
  const lastGap = Math.max(said.lastIndexOf(' '), said.lastIndexOf('\n'));
  const text = isCut(said) ? said.slice(0, Math.max(0, lastGap)) : said;
  const found = read(text, false);
  if (found === null) return null;
  return found.isFile || found.repositories.length > MOST_AT_ONCE ? found : null;
}

/** Whether more was said than is read. */
export function isCut(said: string): boolean {
  return said.length >= LONGEST_TEXT;
}

/** Words that want something else of what is listed. */
const OTHERWISE =
  /해제|해지|취소|삭제|그만|지워|빼|말고|끊|멈|상태|설정|이름|별명|다시|\b(?:unwatch|unsub|unfollow|stop|remove|delete|drop|pause|mute|status|set|resume|rename|forget|not|don't)/i;

/** The list of a message, as one stretch of it (`pasted`). */
export const findPasted: Finder = (text, plain) => {
  const found = pastedIn(text);
  if (found === null) return [];
  const end = isCut(text) ? text.length : found.end;
  // Nothing is heard that begins with a mark.
  const start = found.start + Math.max(0, plain.slice(found.start).search(/[\p{L}\p{N}]/u));
  if (OTHERWISE.test(`${text.slice(0, start)}\n${text.slice(end)}`)) return [];
  return [{ start, end, means: [{ concept: 'pasted', value: '' }] }];
};

interface Entry {
  readonly repository?: string;
  readonly name?: string;
  readonly elsewhere?: string;
}

function read(text: string, isWhole: boolean): Stretch | null {
  const isJson = IS_JSON.test(text);
  const parts = isJson ? jsonEntries(text) : lineEntries(text, isWhole);
  const [first] = parts.entries;
  if (first === undefined) return null;
  const of = (key: keyof Entry) => unique(parts.entries.flatMap(({ entry }) => entry[key] ?? []));
  return {
    repositories: of('repository'),
    names: of('name'),
    elsewhere: of('elsewhere'),
    isFile: isJson || parts.isFile,
    start: isJson ? Math.max(0, text.search(/[{"]/)) : first.start,
    end: isJson ? text.lastIndexOf('"') + 1 : (parts.entries.at(-1)?.end ?? first.end),
  };
}

interface Placed {
  readonly entry: Entry;
  readonly start: number;
  readonly end: number;
}

/** Also of a file that was cut: whatever is whole in it counts. */
function jsonEntries(text: string): { readonly entries: Placed[]; readonly isFile: boolean } {
  const entries: Placed[] = [];
  const open: string[] = [];
  for (const match of text.matchAll(JSON_PART)) {
    const [whole, key, value, bracket] = match;
    const inside = open.at(-1);
    if (key === undefined || bracket !== undefined) {
      if (whole === '}' || whole === ']') open.pop();
      else open.push(key ?? '');
      continue;
    }
    const isHome = key === 'repository' || (inside === 'repository' && key === 'url');
    // Lines out of the middle of a file stand in nothing.
    if (!isHome && inside !== undefined && !DEPENDENCIES.test(inside)) continue;
    const entry = isHome ? homeEntry(value ?? '') : dependencyEntry(key, value ?? '');
    entries.push({ entry, start: match.index, end: match.index + whole.length });
  }
  return { entries, isFile: true };
}

/** The repository of the package itself; `directory` of a monorepo says no other. */
function homeEntry(value: string): Entry {
  const address = /^(?:github:)?([\w-]+\/[\w.-]+)$/.exec(value)?.[1] ?? value;
  return addressEntry(address) ?? {};
}

/** A dependency by its name and what npm reads behind it (`npm install --help`, package specs). */
function dependencyEntry(name: string, value: string): Entry {
  const short = /^(?:github:)?([\w-]+\/[\w.-]+?)(?:\.git)?(?:#.*)?$/.exec(value)?.[1];
  if (short !== undefined) return addressEntry(short) ?? { name };
  if (/^(?:gitlab|bitbucket|gist):/.test(value)) return { elsewhere: value };
  return (/:\/\/|^git@/.test(value) ? addressEntry(value) : null) ?? { name };
}

function lineEntries(
  text: string,
  isWhole: boolean,
): { readonly entries: Placed[]; readonly isFile: boolean } {
  const entries: Placed[] = [];
  let requirements = 0;
  let start = 0;
  for (const line of text.split('\n').slice(0, MOST_LINES)) {
    const end = start + line.length;
    const bare = line.trim().replace(BULLET, '');
    const requirement = REQUIREMENT.exec(bare)?.[1];
    if (requirement !== undefined) requirements += 1;
    const found = requirement === undefined ? addressesOf(bare) : requirementOf(bare, requirement);
    const all = found.length > 0 || !isWhole ? found : restOf(bare);
    entries.push(...all.map((entry) => ({ entry, start, end })));
    start = end + 1;
  }
  return { entries, isFile: requirements > 1 };
}

function requirementOf(line: string, name: string): Entry[] {
  const hosted = /@\s+\S+:\/\//.test(line) ? addressEntry(line.slice(line.indexOf('@') + 1)) : null;
  return [hosted ?? { name }];
}

/** An address with a host wherever it stands in a line; others from its beginning on. */
function addressesOf(line: string): Entry[] {
  // An option of pip; `-e` brings an address of git.
  if (/^-(?!e\s)/.test(line)) return [];
  const words = line.replace(/\s#\s.*$/, '').split(/[\s,;]+/);
  const hosted = words.flatMap((word) =>
    /:\/\/|^git@|^["'(<]?(?:[\w-]+\.)+[a-z]{2,}\/\S/i.test(word) ? (addressEntry(word) ?? []) : [],
  );
  if (hosted.length > 0) return hosted;
  const entries: Entry[] = [];
  for (const word of words.filter((one) => one !== '')) {
    const entry = /^["'`]?[\w-]+\/[\w.-]+["'`]?$/.test(word) ? addressEntry(word) : null;
    if (entry?.repository === undefined) break;
    entries.push(entry);
  }
  return entries;
}

/** A line of a whole list that is no address: comments and options of pip say nothing. */
function restOf(line: string): Entry[] {
  if (line === '' || /^(?:[#/;]|-|[)\]}(]|require\b|module\b|go \d)/.test(line)) return [];
  const word = line.split(/[\s,;#]/, 1)[0] ?? '';
  return BARE_NAME.test(word) ? [{ name: word }] : [{ name: line.slice(0, 60).toWellFormed() }];
}

/** `null` for what is no address at all. */
function addressEntry(text: string): Entry | null {
  // Behind an `@` stands which version of it.
  const bare = /(?:^|[/:])[\w-]+\/[\w.-]+(?=@)/.exec(text);
  const address = (bare ? text.slice(0, bare.index + bare[0].length) : text).trim();
  const parsed = parseRepositoryAddress(address);
  if (parsed.ok) return { repository: `${parsed.value.owner}/${parsed.value.name}` };
  return parsed.reason === 'other-host' ? { elsewhere: address.slice(0, 100) } : null;
}

function unique(words: readonly string[]): string[] {
  const seen = new Map(words.map((word) => [word.toLowerCase(), word]));
  return [...seen.values()];
}
