import type { Answer, NoAnswer, OutboundLimits } from '../outbound.ts';
import { send } from '../outbound.ts';
import type { Runtime } from '../runtime.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What came of following: an answer that is no redirect, no answer, or the step not taken. */
export type Followed =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'no-answer'; readonly failed: NoAnswer }
  | { readonly kind: 'refused'; readonly to: URL }
  | { readonly kind: 'lost'; readonly detail: string };

/**
 * GETs an address and follows redirects by hand, so that every step is asked about first.
 *
 * @param url of the web and without a user name, see `isReadable`
 * @param allows whether a redirect may be followed to this address; the first address is the
 *   caller's own choice and is not asked about
 */
export async function getFollowing({
  runtime,
  url,
  headers,
  limits,
  maxRedirects,
  allows,
}: {
  readonly runtime: Pick<Runtime, 'fetch'>;
  readonly url: URL;
  readonly headers: Headers;
  readonly limits: OutboundLimits;
  readonly maxRedirects: number;
  readonly allows: (to: URL) => boolean;
}): Promise<Followed> {
  let at = url;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const answer = await send(runtime, new Request(at, { headers }), limits);
    if ('failed' in answer) return { kind: 'no-answer', failed: answer.failed };
    if (!REDIRECTS.has(answer.status)) return { kind: 'answer', answer };
    const to = URL.parse(answer.headers.get('location') ?? '', at.href);
    if (to === null || !answer.headers.has('location') || !isReadable(to)) {
      return { kind: 'lost', detail: `a redirect (${answer.status}) to no web address` };
    }
    if (!allows(to)) return { kind: 'refused', to };
    at = to;
  }
  return { kind: 'lost', detail: `more than ${maxRedirects} redirects` };
}

/** Whether an address can be asked for at all: `Request` throws on one with a user name in it. */
export function isReadable(url: URL): boolean {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '';
}
