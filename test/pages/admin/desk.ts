import { press } from '../../sandbox/x/login-client.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

export const ORIGIN = 'https://soshik.example';
export const PASSWORD = 'fake-owner-password';
export const CALLBACK = `${ORIGIN}/login/twitter/callback`;

type Vars = Readonly<Record<string, string | undefined>>;

/** The owner's pages on a Worker that stands on the sandbox's platforms and clock. */
export interface Desk {
  readonly harness: Harness;
  fetch(request: Request): Promise<Response>;
}

export async function createDesk(vars: Vars = {}): Promise<Desk> {
  const harness = await createHarness({
    ADMIN_PASSWORD: PASSWORD,
    TWITTER_ACCESS_TOKEN: undefined,
    TWITTER_ACCESS_TOKEN_SECRET: undefined,
    ...vars,
  });
  const fetch = (request: Request) => harness.fetch(request);
  harness.world.x.app.callbacks.push(CALLBACK);
  harness.world.x.app.requireSubscriptions = true;
  harness.world.x.reachBy(fetch);
  return { harness, fetch };
}

/** A browser: keeps cookies, sends what a browser sends with a form, follows nothing by itself. */
export interface Browser {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: HeadersInit): Promise<Response>;
  /** A form of one of our pages. */
  post(path: string, fields?: Fields, headers?: HeadersInit): Promise<Response>;
  /** The same with the token that pages of this session carry. */
  submit(path: string, fields?: Fields): Promise<Response>;
  /** A page's text; throws when it is not shown. */
  page(path: string): Promise<string>;
}
export type Fields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

function pairsOf(fields: Fields): [string, string][] {
  const pairs: readonly (readonly [string, string])[] = isPairs(fields)
    ? fields
    : Object.entries(fields);
  return pairs.map(([name, value]) => [name, value]);
}

function isPairs(fields: Fields): fields is readonly (readonly [string, string])[] {
  return Array.isArray(fields);
}

export function createBrowser(
  { fetch }: Pick<Desk, 'fetch'>,
  { origin = ORIGIN, address = '203.0.113.7', language = 'ko' } = {},
): Browser {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit, extra: HeadersInit = {}): Promise<Response> {
    const headers = new Headers({
      'accept-language': language,
      'cf-connecting-ip': address,
      ...(cookies.size > 0 && {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      }),
    });
    for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
    for (const [name, value] of new Headers(extra)) {
      if (value === '') headers.delete(name);
      else headers.set(name, value);
    }
    const request = new Request(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    const response = await fetch(request);
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    const isDropped = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
    if (isDropped) cookies.delete(name);
    else cookies.set(name, pair.slice(name.length + 1));
  }

  const browser: Browser = {
    cookies,
    get: (path, headers) => send(path, { method: 'GET' }, headers),
    post: (path, fields = {}, headers = {}) =>
      send(
        path,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            origin,
            'sec-fetch-site': 'same-origin',
          },
          body: String(new URLSearchParams(pairsOf(fields))),
        },
        headers,
      ),
    async submit(path, fields = {}) {
      const csrf = csrfOf(await browser.page('/admin'));
      return browser.post(path, [...pairsOf(fields), ['csrf', csrf]]);
    },
    async page(path) {
      const response = await browser.get(path);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
      return text;
    },
  };
  return browser;
}

/** The token in the forms of a page. */
export function csrfOf(page: string): string {
  return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** A browser in which the owner has logged in. */
export async function logIn(desk: Desk, password = PASSWORD): Promise<Browser> {
  const browser = createBrowser(desk);
  const response = await browser.post('/admin/login', { password });
  if (response.status !== 303) throw new Error(`login: ${response.status}`);
  return browser;
}

/** The owner connects an account: our button, X's consent page, and the way back. */
export async function connect(
  desk: Desk,
  browser: Browser,
  userId: string,
  version: 1 | 2 = 2,
): Promise<Response> {
  const started = await browser.submit(`/login/twitter${version === 2 ? '?v=2' : ''}`);
  const there = started.headers.get('location');
  if (there === null) throw new Error(`login at X: ${started.status} ${await started.text()}`);
  const back = await press(desk.harness.world, there, { allow: userId });
  return browser.get(back.headers.get('location') ?? '', { 'sec-fetch-site': 'cross-site' });
}
