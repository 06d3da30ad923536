import * as v from 'valibot';
import type { Result } from '../../../lib/result.ts';

const SCRIPT_ID = '__NEXT_DATA__';

/** Longer than any start tag in use; bounds the work on a hostile one. */
const MAX_TAG_LENGTH = 10_000;

const START_TAG = /^<script((?:[^>"']|"[^"]*"|'[^']*')*)>/;
const ID = /(?:^|\s)id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/;

/**
 * The data a Next.js page carries in `<script id="__NEXT_DATA__">`, found by searching the text:
 * no HTML is parsed. Comments and the insides of other scripts do not count.
 *
 * @returns the parsed JSON, or why there is none; two such scripts are one too many to choose from
 */
function nextData(html: string): Result<unknown, { readonly reason: string }> {
  let found: string | null = null;
  const opening = /<!--|<script(?=[\s/>])/g;
  for (let match = opening.exec(html); match !== null; match = opening.exec(html)) {
    if (match[0] === '<!--') {
      // From +2, since `<!-->` is a whole comment.
      const end = html.indexOf('-->', match.index + 2);
      if (end === -1) break;
      opening.lastIndex = end;
      continue;
    }
    const tag = START_TAG.exec(html.slice(match.index, match.index + MAX_TAG_LENGTH));
    if (tag === null) return { ok: false, reason: 'a script tag is cut off' };
    const start = match.index + tag[0].length;
    const end = html.indexOf('</script', start);
    const isData = idOf(tag[1] ?? '') === SCRIPT_ID;
    if (end === -1) {
      return { ok: false, reason: isData ? `${SCRIPT_ID} is cut off` : 'a script is cut off' };
    }
    if (isData && found !== null) return { ok: false, reason: `two ${SCRIPT_ID} scripts` };
    if (isData) found = html.slice(start, end);
    opening.lastIndex = end;
  }
  if (found === null) return { ok: false, reason: `no ${SCRIPT_ID} script` };
  try {
    return { ok: true, value: JSON.parse(found) };
  } catch {
    return { ok: false, reason: `${SCRIPT_ID} is not JSON` };
  }
}

function idOf(attributes: string): string | undefined {
  const match = ID.exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

/** Where the rows were on the pages seen so far, newest first. */
const KNOWN_PATHS = [
  ['props', 'pageProps', 'data', 'data'],
  ['props', 'pageProps', 'data', 'results', 'data'],
] as const;

/** Bounds of the search for rows that moved; a real page has some thousand values. */
const MAX_DEPTH = 10;
const MAX_VISITS = 20_000;

/** The end of the year 9999, so that a day is always `YYYY-MM-DD`. */
const MAX_TIME = 253_402_300_799_999;

const videoIdSchema = v.union([
  v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  v.pipe(v.string(), v.regex(/^[1-9]\d{0,15}$/), v.transform(Number), v.safeInteger()),
]);

const rowSchema = v.object({
  videoID: videoIdSchema,
  title1: v.pipe(v.string(), v.regex(/\S/)),
  title2: v.optional(v.nullable(v.string())),
  startTime: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_TIME)),
  country: v.string(),
  collection: v.fallback(v.optional(v.number()), undefined),
  image: v.fallback(v.optional(v.string()), undefined),
});

/** One release as about.netflix.com tells it. `startTime` is in epoch milliseconds. */
export interface ReleaseRow extends v.InferOutput<typeof rowSchema> {
  /** The row as it came. */
  readonly raw: unknown;
}

export type ReleasesPage =
  | {
      readonly kind: 'rows';
      readonly rows: readonly ReleaseRow[];
      /** Rows that could not be read. */
      readonly skipped: number;
      /** Where in the page's data the rows were, such as `props.pageProps.data.data`. */
      readonly path: string;
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * Reads the releases out of the page about.netflix.com/<locale>/new-to-watch. It is `empty` only
 * where the page says so itself (no rows and a total of 0); anything else that gives no rows is
 * `broken`.
 */
export function readReleases(html: string): ReleasesPage {
  const data = nextData(html);
  if (!data.ok) return { kind: 'broken', reason: data.reason };
  const list = knownList(data.value) ?? movedList(data.value);
  if (list === null) return { kind: 'broken', reason: 'no list of releases in the page data' };
  if (list.values.length === 0) {
    return list.total === 0
      ? { kind: 'empty' }
      : { kind: 'broken', reason: `no rows at ${list.path} and no total of 0` };
  }
  const rows = list.values.flatMap((raw) => {
    const row = v.safeParse(rowSchema, raw);
    return row.success ? [{ ...row.output, raw }] : [];
  });
  return { kind: 'rows', rows, skipped: list.values.length - rows.length, path: list.path };
}

interface List {
  readonly values: readonly unknown[];
  readonly path: string;
  readonly total: unknown;
}

function knownList(data: unknown): List | null {
  for (const path of KNOWN_PATHS) {
    const parent = path.slice(0, -1).reduce(property, data);
    const values = property(parent, 'data');
    if (Array.isArray(values)) {
      return { values, path: path.join('.'), total: property(parent, 'totalItems') };
    }
  }
  return null;
}

function movedList(data: unknown): List | null {
  const queue = [{ value: data, path: [] as readonly string[] }];
  for (const { value, path } of queue) {
    if (Array.isArray(value) && value.some(isRowLike)) {
      return { values: value, path: path.join('.'), total: undefined };
    }
    if (!isObject(value) || path.length >= MAX_DEPTH) continue;
    for (const [key, child] of Object.entries(value)) {
      if (queue.length >= MAX_VISITS) break;
      if (isObject(child)) queue.push({ value: child, path: [...path, key] });
    }
  }
  return null;
}

function isRowLike(value: unknown): boolean {
  return isObject(value) && 'videoID' in value && 'startTime' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
