import robotsParser from 'robots-parser';
import { version } from '../../../package.json';
import { retryAfterMs, textOf } from '../outbound.ts';
import type { Runtime } from '../runtime.ts';
import { DAY_MS, SECOND_MS } from '../time.ts';
import { getFollowing } from './publicAddress.ts';

/** The name a site's robots.txt knows us by (RFC 9309 section 2.2.1). */
const PRODUCT_TOKEN = 'soshik';

/**
 * The honest User-Agent: `soshik/<version> (+<contact>)`, the parenthesis only when there is a
 * contact. What a header or its comment cannot hold (RFC 9110 section 5.6.5) is left out.
 */
export function userAgent(contact: string): string {
  const address = contact.replace(/[^\x21-\x7e]|[()\\]/g, '');
  return `${PRODUCT_TOKEN}/${version}${address === '' ? '' : ` (+${address})`}`;
}

/** RFC 9309 section 2.5 asks for at least 500 KiB. */
const LIMITS = { timeoutMs: 20 * SECOND_MS, maxBytes: 512 * 1024 };

/** RFC 9309 section 2.3.1.2 asks for at least five, over other hosts too. */
const MAX_REDIRECTS = 5;

/** A robots.txt as read. */
export interface RobotsCopy {
  readonly text: string;
  readonly fetchedAt: number;
}

export type Robots =
  | { readonly kind: 'rules'; readonly text: string; readonly fetchedAt: number }
  | { readonly kind: 'unreachable'; readonly detail: string; readonly retryAfterMs?: number };

/**
 * The rules of a site: the copy while it is under 24 hours old, else robots.txt read anew.
 * As RFC 9309 section 2.3.1 says, a 4xx means no rules; a 5xx, no answer, or too much to read means
 * that nothing may be read now. So does 429, which RFC 9309 leaves among the 4xx.
 */
export async function readRobots({
  runtime,
  origin,
  agent,
  copy,
}: {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  readonly origin: string;
  readonly agent: string;
  readonly copy: RobotsCopy | undefined;
}): Promise<Robots> {
  const fetchedAt = runtime.now();
  if (copy && isFresh(copy.fetchedAt, fetchedAt)) {
    return { kind: 'rules', text: copy.text, fetchedAt: copy.fetchedAt };
  }
  const followed = await getFollowing({
    runtime,
    url: new URL('/robots.txt', origin),
    headers: new Headers({ 'user-agent': agent, accept: 'text/plain, */*;q=0.1' }),
    limits: LIMITS,
    maxRedirects: MAX_REDIRECTS,
    allows: (to) => to.protocol === 'https:' || to.origin === origin,
  });
  if (followed.kind !== 'answer') {
    return { kind: 'unreachable', detail: `robots.txt of ${origin} cannot be reached` };
  }
  const { answer } = followed;
  if (answer.status >= 200 && answer.status < 300) {
    return { kind: 'rules', text: textOf(answer), fetchedAt };
  }
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
    return { kind: 'rules', text: '', fetchedAt };
  }
  const waitMs = retryAfterMs(answer.headers, fetchedAt);
  return {
    kind: 'unreachable',
    detail: `robots.txt of ${origin} answers ${answer.status}`,
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
}

function isFresh(fetchedAt: number, now: number): boolean {
  return now - fetchedAt >= 0 && now - fetchedAt < DAY_MS;
}

/** Whether a site's rules let us read an address of that same site. */
export function isAllowed(rules: string, url: URL): boolean {
  const robots = robotsParser(`${url.origin}/robots.txt`, rules);
  return robots.isAllowed(url.href, PRODUCT_TOKEN) === true;
}
