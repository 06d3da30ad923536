import { retryAfterMs, send, textOf } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { isReadable } from '../../../lib/web/redirects.ts';
import { userAgent } from '../../../lib/web/userAgent.ts';
import { type Performance, readPage } from './read.ts';

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
