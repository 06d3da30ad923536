import type { Answer } from '../../lib/outbound.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { SECOND_MS } from '../../lib/time.ts';
import type { ImageType } from '../../lib/web/image.ts';
import { imageHeader } from '../../lib/web/image.ts';
import { getFollowing } from '../../lib/web/publicAddress.ts';
import { userAgent } from '../../lib/web/robots.ts';

const TIMEOUT_MS = 20 * SECOND_MS;
const MAX_REDIRECTS = 3;

/** This machine, with a port: where the local sandbox serves its pictures. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\]):\d+$/;

export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** By the bytes, whatever the name or the header says. */
  readonly type: ImageType;
  /** In pixels; absent when the first bytes do not tell. */
  readonly width?: number;
  readonly height?: number;
}

export interface NoPicture {
  /** `unavailable` may be there later; the others will not. `detail` is for the owner. */
  readonly reason: 'host-not-allowed' | 'unavailable' | 'too-large' | 'not-a-picture' | 'gone';
  readonly detail: string;
}

export interface PictureRequest {
  readonly runtime: Pick<Runtime, 'fetch'>;
  readonly url: string;
  /**
   * Hosts, each with its subdomains; http too, as a poster is no secret. An entry `127.0.0.1:8788` (loopback with a port)
   * allows http to exactly that host and port.
   */
  readonly allowedHosts: readonly string[];
  readonly contact: string;
  readonly maxBytes?: number;
}

/** Fetches a picture from an allowed host; redirects only lead to allowed hosts. Never throws. */
export async function fetchPicture({
  runtime,
  url: address,
  allowedHosts,
  contact,
  maxBytes = 5_000_000,
}: PictureRequest): Promise<Picture | NoPicture> {
  const url = URL.parse(address);
  if (url === null || !isAllowedHost(url, allowedHosts)) return notAllowed(url);
  const followed = await getFollowing({
    runtime,
    url,
    headers: new Headers({
      accept: 'image/jpeg, image/png, image/gif, image/webp',
      'user-agent': userAgent(contact),
    }),
    limits: { timeoutMs: TIMEOUT_MS, maxBytes },
    maxRedirects: MAX_REDIRECTS,
    // What began with https does not go on without.
    allows: (to) =>
      (url.protocol === 'http:' || to.protocol === 'https:') && isAllowedHost(to, allowedHosts),
  });
  switch (followed.kind) {
    case 'answer':
      return pictureIn(followed.answer);
    case 'no-answer':
      return followed.failed === 'too-large'
        ? { reason: 'too-large', detail: `over ${maxBytes} bytes` }
        : { reason: 'unavailable', detail: `no answer (${followed.failed})` };
    case 'refused':
      return notAllowed(followed.to);
    case 'lost':
      return { reason: 'unavailable', detail: followed.detail };
    default:
      return unreachable(followed);
  }
}

/** Whether a picture may come from there, as `PictureRequest.allowedHosts` says. */
export function isAllowedHost(url: URL, allowedHosts: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return allowedHosts.some((entry) => {
    const allowed = entry.trim().toLowerCase();
    if (allowed === '') return false;
    if (LOOPBACK.test(allowed)) return url.protocol === 'http:' && url.host === allowed;
    if (!/^https?:$/.test(url.protocol) || url.port !== '') return false;
    return url.hostname === allowed || url.hostname.endsWith(`.${allowed}`);
  });
}

function notAllowed(url: URL | null): NoPicture {
  const detail = url === null ? 'not an address' : `${url.protocol}//${url.host} is not allowed`;
  return { reason: 'host-not-allowed', detail };
}

function pictureIn({ status, bytes }: Answer): Picture | NoPicture {
  const detail = `the host answers ${status}`;
  if (status === 404 || status === 410) return { reason: 'gone', detail };
  if (status !== 200) return { reason: 'unavailable', detail };
  const header = imageHeader(bytes);
  return header === null
    ? { reason: 'not-a-picture', detail: 'not a JPEG, PNG, GIF or WebP' }
    : { bytes, ...header };
}
