import { type Answer, type NoAnswer, type OutboundLimits, send } from '../outbound.ts';
import type { Result } from '../result.ts';
import type { Runtime } from '../runtime.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What came of following: an answer that is no redirect, no answer, or the step not taken. */
type Followed =
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

export type AddressProblem =
  | 'not-an-address'
  | 'not-https'
  | 'user-name'
  | 'port'
  | 'private-address'
  | 'private-name';

export interface PublicUrlOptions {
  /** True when what is read needs no secrecy; many canteens have no https. Default: https only. */
  readonly allowHttp?: boolean;
  /** Hosts (with the port, if any) that the owner vouches for; no other check is made of them. */
  readonly trustedHosts?: readonly string[];
}

/**
 * Whether an address somebody typed may be asked for: on the web, on a usual port, and by its form
 * not inside anybody's network. The URL parser has turned every way to write an IPv4 address
 * (decimal, octal, hex, short, other scripts' digits) into four decimal numbers before we look.
 *
 * A Worker cannot look a name up: a public name that points to a private address passes. Cloudflare
 * connects Workers to the public internet only, so that finds nobody there.
 */
export function checkPublicUrl(
  text: string,
  { allowHttp = false, trustedHosts = [] }: PublicUrlOptions = {},
): Result<URL, { readonly problem: AddressProblem }> {
  const refuse = (problem: AddressProblem) => ({ ok: false, problem }) as const;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return refuse('not-an-address');
  }
  if (url.username !== '' || url.password !== '') return refuse('user-name');
  if (trustedHosts.includes(url.host)) return { ok: true, value: url };
  if (url.protocol === 'http:' && !allowHttp) return refuse('not-https');
  if (!['', '80', '443'].includes(url.port)) return refuse('port');
  const { hostname } = url;
  if (hostname.startsWith('[')) {
    return isPublicIPv6(hostname) ? { ok: true, value: url } : refuse('private-address');
  }
  const numbers = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.?$/.exec(hostname);
  if (numbers !== null) {
    const [first = 0, second = 0, third = 0, fourth = 0] = numbers.slice(1).map(Number);
    const isPublic = isPublicIPv4(first * 2 ** 24 + second * 2 ** 16 + third * 2 ** 8 + fourth);
    return isPublic ? { ok: true, value: url } : refuse('private-address');
  }
  return isPublicName(hostname) ? { ok: true, value: url } : refuse('private-name');
}

/**
 * A network on which only such addresses can be reached: whatever leads there (a redirect, a
 * robots.txt elsewhere), a call to any other fails as if nobody answered.
 */
export function onlyPublic(runtime: Runtime, options: PublicUrlOptions): Runtime {
  return {
    ...runtime,
    fetch: async (request) => {
      const checked = checkPublicUrl(request.url, options);
      if (!checked.ok) throw new TypeError(`address refused: ${checked.problem}`);
      return await runtime.fetch(request);
    },
  };
}

/** IANA's special-purpose registry for IPv4, multicast, and 168.63.129.16 (Azure's own host). */
const CLOSED_IPV4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

function isPublicIPv4(address: number): boolean {
  return !CLOSED_IPV4.some(([network, bits]) => {
    const start = network.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return address >= start && address < start + 2 ** (32 - bits);
  });
}

/**
 * Global unicast only (2000::/3), without what IANA keeps for special purposes in it: 2001::/23
 * (Teredo and others), 2001:db8::/32, 2002::/16 (6to4) and 3fff::/20. IPv4 in any other dress
 * (mapped, NAT64) is outside of it.
 *
 * @param hostname in brackets, as the URL parser writes it
 */
function isPublicIPv6(hostname: string): boolean {
  const [first = '', second = ''] = hostname.slice(1, -1).split(':');
  const [high, low] = [Number.parseInt(first || '0', 16), Number.parseInt(second || '0', 16)];
  if (high < 0x20_00 || high > 0x3f_ff) return false;
  if (high === 0x20_01) return low >= 0x02_00 && low !== 0x0d_b8;
  return high !== 0x20_02 && !(high === 0x3f_ff && low < 0x10_00);
}

/** Ends of names that are only known inside a network, or that anyone can point anywhere. */
const CLOSED_NAMES = [
  'localhost',
  'local',
  'internal',
  'localdomain',
  'home.arpa',
  'in-addr.arpa',
  'ip6.arpa',
  'lan',
  'home',
  'corp',
  'intranet',
  'private',
  'consul',
  'svc',
  'test',
  'invalid',
  'onion',
  'localtest.me',
  'lvh.me',
  'vcap.me',
  'nip.io',
  'sslip.io',
  'xip.io',
];

function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '');
  const labels = name.split('.');
  if (labels.length < 2 || labels.includes('')) return false;
  return !CLOSED_NAMES.some((end) => name === end || name.endsWith(`.${end}`));
}
