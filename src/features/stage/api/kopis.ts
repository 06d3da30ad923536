import { retryAfterMs, send, textOf } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { isDay, SECOND_MS } from '../../../lib/time.ts';
import { isReadable } from '../../../lib/web/publicAddress.ts';
import { userAgent } from '../../../lib/web/robots.ts';
import { childText, elementsOf, readXml, type XmlElement } from '../../../lib/xml.ts';

const LIMITS = { timeoutMs: 15 * SECOND_MS, maxBytes: 1_000_000 };
/** What KOPIS gives at once. */
export const PAGE_ROWS = 100;
/** With both genres a run stays within the 50 calls of an invocation. */
const MOST_PAGES = 10;
/** KOPIS blocks bursts. */
const SPACING_MS = 200;
const BLOCKED_TRIES = 3;

const GENRES = { play: 'AAAA', musical: 'GGGA' } as const;

/** What KOPIS tells of a genre. */
export type KopisOutcome =
  | { readonly kind: 'performances'; readonly performances: readonly Performance[] }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'auth'; readonly detail: string }
  | { readonly kind: 'broken'; readonly detail: string };

export interface KopisRequest {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://www.kopis.or.kr/openApi/restful`. */
  readonly apiUrl: string;
  readonly key: string;
  readonly contact: string;
  readonly genre: Performance['genre'];
  /** Days `YYYY-MM-DD`, at most 31 of them; what is on in between is listed. */
  readonly from: string;
  readonly to: string;
  /** KOPIS's number of a region (`11`: Seoul); `null`: everywhere. */
  readonly region: string | null;
  /** Waits between calls; a test does not. */
  readonly pause?: (ms: number) => Promise<void>;
}

/** Everything of a genre that is on between two days, page by page. Never throws. */
export async function listPerformances(request: KopisRequest): Promise<KopisOutcome> {
  const { pause = sleep } = request;
  const performances: Performance[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    if (page > 1) await pause(SPACING_MS);
    const found = await listPage(request, page);
    if (found.kind !== 'page') return found;
    performances.push(...found.rows);
    if (found.listed < PAGE_ROWS) break;
  }
  return { kind: 'performances', performances };
}

async function listPage(
  request: KopisRequest,
  page: number,
): Promise<
  | Exclude<KopisOutcome, { kind: 'performances' }>
  | Extract<ReturnType<typeof readPage>, { kind: 'page' }>
> {
  const { runtime, genre, contact, pause = sleep } = request;
  const url = pageUrl(request, page);
  if (url === null) return { kind: 'broken', detail: 'the KOPIS address is not a web address' };
  const headers = { accept: 'application/xml', 'user-agent': userAgent(contact) };
  for (let attempt = 1; ; attempt += 1) {
    const answer = await send(runtime, new Request(url, { headers }), LIMITS);
    if ('failed' in answer) {
      return answer.failed === 'too-large'
        ? { kind: 'broken', detail: `KOPIS answers over ${LIMITS.maxBytes} bytes` }
        : { kind: 'unavailable', detail: `no answer from KOPIS (${answer.failed})` };
    }
    const { status } = answer;
    if (status === 200) return readPage(textOf(answer), genre);
    const detail = `KOPIS answers ${status}`;
    // The page that a burst is turned away with; a short wait clears it. Other 400s are our fault.
    const isBlocked = status === 400 && /request blocked/i.test(textOf(answer));
    if (isBlocked && attempt < BLOCKED_TRIES) {
      await pause(attempt * SECOND_MS);
      continue;
    }
    if (isBlocked || status === 429 || status >= 500) {
      const waitMs = retryAfterMs(answer.headers, runtime.now());
      const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
      return { kind: 'unavailable', detail: isBlocked ? `${detail} (blocked)` : detail, ...wait };
    }
    return { kind: status === 401 || status === 403 ? 'auth' : 'broken', detail };
  }
}

function pageUrl({ apiUrl, key, genre, from, to, region }: KopisRequest, page: number): URL | null {
  const url = URL.parse(`${apiUrl.replace(/\/+$/, '')}/pblprfr`);
  if (url === null || !isReadable(url)) return null;
  url.search = new URLSearchParams({
    service: key,
    stdate: from.replaceAll('-', ''),
    eddate: to.replaceAll('-', ''),
    cpage: String(page),
    rows: String(PAGE_ROWS),
    shcate: GENRES[genre],
    ...(region === null ? {} : { signgucode: region }),
  }).toString();
  return url;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A performance as KOPIS lists it; days are `YYYY-MM-DD`. */
export interface Performance {
  /** `PF` and digits. */
  readonly id: string;
  readonly name: string;
  readonly venue: string;
  readonly from: string;
  /** `null`: an open run. */
  readonly to: string | null;
  readonly genre: 'play' | 'musical';
  /** As KOPIS writes it, such as `서울특별시`; blank when it does not tell. */
  readonly area: string;
  readonly posterUrl: string | null;
}

/** What a page of the list turned out to be. `detail` holds KOPIS's own code, never the key. */
type KopisPage =
  | { readonly kind: 'page'; readonly rows: readonly Performance[]; readonly listed: number }
  /** `auth`: KOPIS does not take the key; `unavailable`: it, or the way to it, is not well for now. */
  | { readonly kind: 'auth' | 'unavailable' | 'broken'; readonly detail: string };

/**
 * Reads `pblprfr` (KOPIS open API). A failure comes with HTTP 200 and a `returncode`; nothing to tell
 * is an empty `dbs`. A row that lacks what it needs is passed over, unless most do; of an answer that
 * was cut off nothing is believed, as half a day is another day.
 */
export function readPage(xml: string, genre: Performance['genre']): KopisPage {
  const root = readXml(xml)?.find(({ tagName }) => tagName === 'dbs');
  if (root === undefined) return { kind: 'broken', detail: 'KOPIS answers in another form' };
  const listed = elementsOf(root, 'db');
  for (const row of [root, ...listed]) {
    const code = childText(row, 'returncode');
    if (code === '' || code === '00') continue;
    const detail = `KOPIS answers ${code} ${childText(row, 'errmsg')}`.slice(0, 120).trim();
    return { kind: problemOf(detail), detail };
  }
  if (!/<\/dbs\s*>|<dbs\b[^<>]*\/>/.test(xml)) {
    return { kind: 'unavailable', detail: 'the answer of KOPIS is cut off' };
  }
  const rows = listed.flatMap((row) => performanceOf(row, genre) ?? []);
  if (rows.length * 2 < listed.length) {
    return { kind: 'broken', detail: `${rows.length} of ${listed.length} rows can be read` };
  }
  return { kind: 'page', rows, listed: listed.length };
}

/** By the words that the public data services of Korea share; the codes differ. */
function problemOf(detail: string): 'auth' | 'unavailable' | 'broken' {
  if (/\bKEY\b|인증키|ACCESS.DENIED|EXPIRED|KOPIS answers 0[12]\b/i.test(detail)) return 'auth';
  const isPassing =
    /LIMITED|EXCEED|TRAFFIC|TIME.?OUT|(?:APPLICATION|DB|DATABASE|HTTP|SYSTEM|SERVER).ERROR|초과|점검/i;
  return isPassing.test(detail) ? 'unavailable' : 'broken';
}

function performanceOf(row: XmlElement, genre: Performance['genre']): Performance | null {
  const id = childText(row, 'mt20id');
  const name = oneLine(childText(row, 'prfnm'));
  const venue = oneLine(childText(row, 'fcltynm'));
  const from = dayIn(childText(row, 'prfpdfrom'));
  const to = dayIn(childText(row, 'prfpdto'));
  const isOpenRun = childText(row, 'openrun').toUpperCase() === 'Y';
  if (id === '' || name === '' || from === null || (to === null && !isOpenRun)) return null;
  const poster = childText(row, 'poster');
  return {
    id,
    name,
    venue,
    from,
    to: isOpenRun ? null : to,
    genre,
    area: childText(row, 'area'),
    posterUrl: /^https?:\/\//i.test(poster) && URL.canParse(poster) ? poster : null,
  };
}

/** `2026.12.02` as `2026-12-02`; `null` for what is no day. */
function dayIn(text: string): string | null {
  const [, year, month = '', day = ''] =
    /^(\d{4})[.\-/]?(\d{1,2})[.\-/]?(\d{1,2})/.exec(text) ?? [];
  if (year === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(written) ? written : null;
}

function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
