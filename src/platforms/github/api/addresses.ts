import type { Result } from '../../../lib/result.ts';

/** GitHub keeps the ref's whole name, `refs/heads/` included, in 255 bytes. */
const MAX_BYTES = 244;

const encoder = new TextEncoder();

/**
 * Whether a branch can have this name: the rules of `git check-ref-format --branch`.
 *
 * @example isBranchName('feat/로그인') // true
 */
export function isBranchName(text: string): boolean {
  if (/[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\//u.test(text)) return false;
  if (/^[-/]|[/.]$/.test(text) || text === '@' || text === 'HEAD' || text === '') return false;
  const parts = text.split('/');
  if (parts.some((part) => part.startsWith('.') || part.endsWith('.lock'))) return false;
  return text.isWellFormed() && encoder.encode(text).length <= MAX_BYTES;
}

/**
 * What of an address's rest after `/tree/` may be the branch: all of it, then without its last
 * parts (a path in the repository), longest first.
 *
 * @example branchCandidates('feat/x/src') // ['feat/x/src', 'feat/x', 'feat']
 */
export function branchCandidates(rest: string): string[] {
  const parts = rest.split('/');
  return parts
    .map((_, dropped) => parts.slice(0, parts.length - dropped).join('/'))
    .filter(isBranchName);
}

/** A repository as somebody wrote it down; not yet known to exist. */
export interface RepositoryAddress {
  readonly owner: string;
  readonly name: string;
  /** All that follows `/tree/`, `/commits/` or `/blob/`; a path may follow the branch: `branchCandidates`. */
  readonly branch: string | null;
}

/** `other-host`: the address of something that is not on github.com. */
export interface AddressProblem {
  readonly reason: 'other-host' | 'not-a-repository';
}

type Parsed = Result<RepositoryAddress, AddressProblem>;

/** The forms of an address with a host, each wherever in a word it starts. */
const HOSTED = [
  /(?:git\+)?(?:https?|ssh|git):\/\/(?:[^\s/@]*@)?(?<host>[^\s/:?#]+)(?::\d+)?(?<path>\/.*)?$/iu,
  /(?<![\w.-])[\w.-]+@(?<host>[\w.-]+):(?<path>.+)$/u,
  /(?<![\w.@/-])(?<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?<path>\/.*)$/iu,
];

const HOSTS = new Set(['github.com', 'www.github.com', 'm.github.com', 'ssh.github.com']);

/** First parts of GitHub's own pages, which no account can have. */
const OWN_PAGES = new Set([
  'about',
  'apps',
  'collections',
  'enterprise',
  'explore',
  'features',
  'login',
  'marketplace',
  'notifications',
  'orgs',
  'search',
  'settings',
  'sponsors',
  'stars',
  'topics',
  'trending',
  'users',
]);

/** What may follow `owner/name` without a host, so that no date or path is taken for one. */
const PAGES = new Set(['tree', 'commits', 'commit', 'blob', 'pull', 'issues', 'releases', 'tags']);

/** Pages whose address names a branch. */
const OF_BRANCH = new Set(['tree', 'commits', 'blob']);

const NOT_A_REPOSITORY = { ok: false, reason: 'not-a-repository' } as const;

/**
 * Reads the repository out of what a person pastes: every form (docs/platforms/github.md,
 * Addresses), alone or within a sentence, a Korean one too (`github.com/o/r를 구독해줘`).
 * An address with a host counts more than an `owner/name` without.
 *
 * @example parseRepositoryAddress('https://github.com/o/r/tree/feat/x') // o, r, branch feat/x
 */
export function parseRepositoryAddress(text: string): Parsed {
  let best: Parsed = NOT_A_REPOSITORY;
  for (const word of text.split(/\s+/u)) {
    const hosted = readHosted(word);
    if (hosted?.ok) return hosted;
    const parsed = hosted ?? readShort(word);
    if (!best.ok && (parsed.ok || parsed.reason === 'other-host')) best = parsed;
  }
  return best;
}

/** Whether an account can have this name; a company's managed users have a `_` in theirs. */
export function isOwner(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$/.test(text);
}

/** Whether a repository can have this name. */
export function isRepositoryName(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}

function readHosted(word: string): Parsed | null {
  for (const form of HOSTED) {
    const { host, path = '' } = form.exec(word)?.groups ?? {};
    if (host === undefined) continue;
    if (!HOSTS.has(host.toLowerCase())) return { ok: false, reason: 'other-host' };
    const [owner = '', ...rest] = partsOf(path);
    return OWN_PAGES.has(owner.toLowerCase()) ? NOT_A_REPOSITORY : readParts(owner, rest);
  }
  return null;
}

/** `owner/name`, with a word or a bracket right before it. */
function readShort(word: string): Parsed {
  const [first = '', ...rest] = partsOf(word.replace(/^[<("'`[{]+/u, ''));
  const page = rest[1];
  if (page !== undefined && !PAGES.has(page)) return NOT_A_REPOSITORY;
  const owner = /(?:^|[^ -~]|[:=("'])([\w-]+)$/u.exec(first)?.[1] ?? '';
  return readParts(owner, rest);
}

function readParts(owner: string, [second = '', page, ...rest]: readonly string[]): Parsed {
  // A Korean particle, or a mark of the sentence, may follow the name without a space.
  const [, written = '', tail = ''] =
    /^([A-Za-z0-9._-]+)((?:[^ -~]|[,;:!)\]}'"]).*)?$/u.exec(second) ?? [];
  const isLast = page === undefined || tail !== '';
  const name = (isLast ? written.replace(/\.+$/, '') : written).replace(/\.git$/i, '');
  if (!isOwner(owner) || !isRepositoryName(name)) return NOT_A_REPOSITORY;
  const isOfBranch = tail === '' && OF_BRANCH.has(page ?? '');
  return { ok: true, value: { owner, name, branch: isOfBranch ? branchOf(rest) : null } };
}

function branchOf(parts: readonly string[]): string | null {
  const branch = decoded(parts.join('/')).replace(/^refs\/heads\//, '');
  // A link to one commit; GitHub lets no branch have such a name.
  return branch === '' || /^[0-9a-f]{40}(?:\/|$)/.test(branch) ? null : branch;
}

/** The parts of a path, without query and fragment and without what a chat puts around a link. */
function partsOf(path: string): string[] {
  const [bare = ''] = path.split(/[?#<>"`|”」』]/u, 1);
  return trimmed(bare)
    .split('/')
    .filter((part) => part !== '');
}

/** Without the marks that end a sentence, and without a bracket that was opened before. */
function trimmed(path: string): string {
  const bare = path.replace(/[.,;:!?'’…\]}]+$/u, '');
  return bare.endsWith(')') && !bare.includes('(') ? trimmed(bare.slice(0, -1)) : bare;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
