/**
 * Whether a form was sent by one of our own pages, as the browser tells it: `Origin`, or
 * `Sec-Fetch-Site` from one that leaves `Origin` out. A browser that tells neither is refused.
 */
export function isSentByUs(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = request.headers.get('origin');
  return origin === null ? site !== null : origin === new URL(request.url).origin;
}
