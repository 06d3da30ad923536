import { type Answer, retryAfterMs, textOf } from '../outbound.ts';
import { unreachable } from '../result.ts';
import type { Runtime } from '../runtime.ts';
import { DAY_MS, dayOf, MINUTE_MS, SECOND_MS } from '../time.ts';
import { getFollowing, isReadable } from './publicAddress.ts';
import { isAllowed, type RobotsCopy, readRobots, userAgent } from './robots.ts';

const WAITS_MS = [1, 2, 4, 8].map((minutes) => minutes * MINUTE_MS);

/** A site that asks for a longer silence is asked again after this all the same. */
const LONGEST_STATED_MS = 7 * DAY_MS;

/** Every zone's offset is a multiple of this, so every day starts on one. */
const ZONE_STEP_MS = 15 * MINUTE_MS;

/** What is remembered of failures in a row. */
interface BackOff {
  readonly failures?: number;
  /** Epoch milliseconds; no call before. */
  readonly notBefore?: number;
}

/**
 * What to remember after one more failure: wait 1, 2, 4, then 8 minutes (up to half as long again,
 * by chance), after that until the next day. A wait the site itself stated takes the place of the
 * minutes, and the day's end holds all the same.
 */
export function backOff({
  runtime,
  timeZone,
  memory,
  statedMs,
}: {
  readonly runtime: Pick<Runtime, 'now' | 'randomBytes'>;
  /** IANA name; says when the next day starts. */
  readonly timeZone: string;
  readonly memory: BackOff;
  readonly statedMs?: number | undefined;
}): Required<BackOff> {
  const now = runtime.now();
  const failures = failuresToday(memory, now, timeZone) + 1;
  const waitMs = WAITS_MS[failures - 1];
  const stated = statedMs === undefined ? undefined : Math.min(statedMs, LONGEST_STATED_MS);
  if (waitMs === undefined) {
    return { failures, notBefore: Math.max(nextDayAt(now, timeZone), now + (stated ?? 0)) };
  }
  return { failures, notBefore: now + (stated ?? jittered(waitMs, runtime)) };
}

function failuresToday(memory: BackOff, now: number, timeZone: string): number {
  const { failures = 0, notBefore = 0 } = memory;
  const gaveUp = failures > WAITS_MS.length;
  return gaveUp || dayOf(notBefore, timeZone) !== dayOf(now, timeZone) ? 0 : failures;
}

function jittered(waitMs: number, runtime: Pick<Runtime, 'randomBytes'>): number {
  const [byte = 0] = runtime.randomBytes(1);
  return Math.round(waitMs * (1 + byte / 510));
}

function nextDayAt(now: number, timeZone: string): number {
  const today = dayOf(now, timeZone);
  let at = now - (now % ZONE_STEP_MS);
  while (dayOf(at, timeZone) === today) at += ZONE_STEP_MS;
  return at;
}

const TIMEOUT_MS = 20 * SECOND_MS;
const MOST_BYTES = 3_000_000;
const MAX_REDIRECTS = 3;

/** What names the version of a page that we have (RFC 9110 section 8.8). */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** What is remembered of a page between visits; plain JSON. */
export interface PageMemory extends Validators, BackOff {
  readonly robots?: RobotsCopy;
}

/**
 * What became of one visit to a page. `broken`: the page is not where or what it was. A `page`
 * comes with its validators apart from the memory: whether it was good is the reader's to say, and
 * only a good page may be answered 304 next time.
 */
export type PageOutcome =
  | { readonly kind: 'page'; readonly text: string; readonly validators: Validators }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs: number }
  | { readonly kind: 'blocked'; readonly detail: string }
  | {
      readonly kind: 'broken';
      readonly detail: string;
      /** Where the page has moved to, on another host. */
      readonly movedTo?: string;
    };

export interface PageVisit {
  readonly outcome: PageOutcome;
  readonly memory: PageMemory;
}

export interface PoliteRequest {
  readonly runtime: Runtime;
  readonly url: string;
  /** The Accept header. */
  readonly accept: string;
  readonly contact: string;
  /** IANA name; after too many failures the next try is on the next day there. */
  readonly timeZone: string;
  readonly memory: PageMemory;
  /** A larger page is not read to its end. */
  readonly maxBytes?: number;
}

/**
 * Reads one page as a well-behaved robot: by the site's robots.txt (RFC 9309), under an honest
 * name, only if it changed, and not again before the wait that a failing site is due. Redirects
 * are followed within the origin only, each checked against robots.txt.
 *
 * @returns the outcome and what to remember for the next visit; never throws
 */
export async function politeGet(request: PoliteRequest): Promise<PageVisit> {
  const { runtime, memory } = request;
  const waitMs = (memory.notBefore ?? 0) - runtime.now();
  if (waitMs > 0) {
    const detail = 'waiting after earlier failures';
    return { outcome: { kind: 'unavailable', detail, retryAfterMs: waitMs }, memory };
  }
  const url = URL.parse(request.url);
  if (url === null || !isReadable(url)) {
    return remember(request, { kind: 'broken', detail: 'the page address is not a web address' });
  }

  const agent = userAgent(request.contact);
  const robots = await readRobots({ runtime, origin: url.origin, agent, copy: memory.robots });
  if (robots.kind === 'unreachable') {
    const { detail, retryAfterMs: statedMs } = robots;
    return remember(request, { kind: 'unavailable', detail, statedMs });
  }
  const found = await readPage(request, url, robots.text);
  return remember(request, found, { text: robots.text, fetchedAt: robots.fetchedAt });
}

type Found =
  | Exclude<PageOutcome, { readonly kind: 'unavailable' }>
  | {
      readonly kind: 'unavailable';
      readonly detail: string;
      readonly statedMs?: number | undefined;
    };

/** One place for what each outcome leaves in memory; a success ends the count of failures. */
function remember(request: PoliteRequest, found: Found, robots?: RobotsCopy): PageVisit {
  const { memory, runtime, timeZone } = request;
  const rules = robots === undefined ? {} : { robots };
  const version = validators(memory.etag, memory.lastModified);
  switch (found.kind) {
    case 'page':
    case 'broken':
      return { outcome: found, memory: rules };
    case 'not-modified':
    case 'blocked':
      return { outcome: found, memory: { ...rules, ...version } };
    case 'unavailable': {
      const { kind, detail, statedMs } = found;
      const wait = backOff({ runtime, timeZone, memory, statedMs });
      const waitMs = Math.max(0, wait.notBefore - runtime.now());
      return {
        outcome: { kind, detail, retryAfterMs: waitMs },
        memory: { ...rules, ...version, ...wait },
      };
    }
    default:
      return unreachable(found);
  }
}

async function readPage(request: PoliteRequest, url: URL, rules: string): Promise<Found> {
  if (!isAllowed(rules, url)) return forbidden(url);
  const { maxBytes = MOST_BYTES } = request;
  const followed = await getFollowing({
    runtime: request.runtime,
    url,
    headers: pageHeaders(request),
    limits: { timeoutMs: TIMEOUT_MS, maxBytes },
    maxRedirects: MAX_REDIRECTS,
    allows: (to) => to.origin === url.origin && isAllowed(rules, to),
  });
  switch (followed.kind) {
    case 'answer':
      return judge(followed.answer, request);
    case 'no-answer':
      return followed.failed === 'too-large'
        ? { kind: 'broken', detail: `the page is over ${maxBytes} bytes` }
        : { kind: 'unavailable', detail: `no answer from ${url.host} (${followed.failed})` };
    case 'refused':
      return followed.to.origin === url.origin
        ? forbidden(followed.to)
        : {
            kind: 'broken',
            detail: `the page moved to ${followed.to.origin}`,
            movedTo: followed.to.href,
          };
    case 'lost':
      return { kind: 'broken', detail: followed.detail };
    default:
      return unreachable(followed);
  }
}

function forbidden(url: URL): Found {
  return { kind: 'blocked', detail: `robots.txt of ${url.host} forbids ${url.pathname}` };
}

function pageHeaders({ accept, contact, memory }: PoliteRequest): Headers {
  const headers = new Headers({ accept, 'user-agent': userAgent(contact) });
  if (memory.etag !== undefined) headers.set('if-none-match', memory.etag);
  if (memory.lastModified !== undefined) headers.set('if-modified-since', memory.lastModified);
  return headers;
}

function judge(answer: Answer, { memory, runtime }: PoliteRequest): Found {
  const { status, headers } = answer;
  const detail = `the page answers ${status}`;
  if (status === 200) {
    const found = validators(headers.get('etag'), headers.get('last-modified'));
    return { kind: 'page', text: textOf(answer), validators: found };
  }
  const isConditional = memory.etag !== undefined || memory.lastModified !== undefined;
  if (status === 304 && isConditional) return { kind: 'not-modified' };
  if (status === 429 || status >= 500) {
    return { kind: 'unavailable', detail, statedMs: retryAfterMs(headers, runtime.now()) };
  }
  const isRefusal = status === 401 || status === 403 || status === 451;
  return { kind: isRefusal ? 'blocked' : 'broken', detail };
}

function validators(etag?: string | null, lastModified?: string | null): Validators {
  return {
    ...(isHeaderText(etag) ? { etag } : {}),
    ...(isHeaderText(lastModified) ? { lastModified } : {}),
  };
}

/** Headers refuse what is not ASCII in one runtime or the other; we have to send it back. */
function isHeaderText(value: string | null | undefined): value is string {
  return typeof value === 'string' && /^[\x20-\x7e]+$/.test(value);
}
