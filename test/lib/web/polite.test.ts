import { describe, expect, test } from 'vitest';
import { version } from '../../../package.json';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import type { PageMemory, PoliteRequest } from '../../../src/lib/web/polite.ts';
import { politeGet } from '../../../src/lib/web/polite.ts';
import type { Answering } from './fakeNetwork.ts';
import { fakeNetwork, withoutRobots } from './fakeNetwork.ts';

const PAGE_URL = 'https://pages.example/ko/new';
/** Sunday 22 November 2026, 12:30 in Seoul. */
const NOON = Date.UTC(2026, 10, 22, 3, 30);

function siteWith(answer: Answering, memory: PageMemory = {}) {
  const network = fakeNetwork(answer, NOON);
  const ask = (over: Partial<PoliteRequest> = {}) =>
    politeGet({
      runtime: network.runtime,
      url: PAGE_URL,
      accept: 'text/html',
      contact: 'https://bot.example/about',
      timeZone: 'Asia/Seoul',
      memory,
      ...over,
    });
  return { ...network, ask };
}

function redirect(location: string, status = 302): Response {
  return new Response(null, { status, headers: { location } });
}

function siteMoving(steps: Readonly<Record<string, string>>, robots = '') {
  return siteWith(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname === '/robots.txt') return new Response(robots);
    const step = steps[pathname];
    return step === undefined ? new Response('here') : redirect(step);
  });
}

function askingFor(retryAfter: string) {
  const headers = { 'retry-after': retryAfter };
  return siteWith(withoutRobots(() => new Response(null, { status: 429, headers }))).ask();
}

describe('a page that is there', () => {
  test('comes with its text, its validators apart from the memory, and robots.txt remembered', async () => {
    const site = siteWith(
      withoutRobots(
        () =>
          new Response('안녕', {
            headers: { etag: '"v1"', 'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT' },
          }),
      ),
      { etag: '"v0"', failures: 3, notBefore: NOON - 1 },
    );

    const { outcome, memory } = await site.ask();

    expect(outcome).toEqual({
      kind: 'page',
      text: '안녕',
      validators: { etag: '"v1"', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' },
    });
    expect(memory).toEqual({ robots: { text: '', fetchedAt: NOON } });
  });

  test('is asked for under an honest name, with nothing in the request to track us by', async () => {
    const site = siteWith(withoutRobots(() => new Response('x')));

    await site.ask();

    for (const request of site.requests) {
      expect(request.headers.get('user-agent')).toBe(
        `soshik/${version} (+https://bot.example/about)`,
      );
      expect(request.headers.has('cookie')).toBe(false);
    }
    expect(site.requests[1]?.headers.get('accept')).toBe('text/html');
  });

  test.each([
    ['', `soshik/${version}`],
    ['   ', `soshik/${version}`],
    ['문의 me@bot.example\r\nX-Evil: 1', `soshik/${version} (+me@bot.exampleX-Evil:1)`],
    ['a)(b\\', `soshik/${version} (+ab)`],
  ])('for the contact %j is asked for as %j', async (contact, expected) => {
    const site = siteWith(withoutRobots(() => new Response('x')));

    await site.ask({ contact });

    expect(site.requests[1]?.headers.get('user-agent')).toBe(expected);
  });

  test('is asked for only if changed, and a 304 keeps what was remembered', async () => {
    const validators = { etag: 'W/"v1"', lastModified: 'Sun, 22 Nov 2026 00:00:00 GMT' };
    const site = siteWith(
      withoutRobots(() => new Response(null, { status: 304 })),
      validators,
    );

    const { outcome, memory } = await site.ask();

    expect(site.requests[1]?.headers.get('if-none-match')).toBe(validators.etag);
    expect(site.requests[1]?.headers.get('if-modified-since')).toBe(validators.lastModified);
    expect(outcome).toEqual({ kind: 'not-modified' });
    expect(memory).toMatchObject(validators);
  });

  test('is not believed to be unchanged when nobody asked whether it is', async () => {
    const site = siteWith(withoutRobots(() => new Response(null, { status: 304 })));

    expect((await site.ask()).outcome.kind).toBe('broken');
  });

  test('over 3 MB is broken', async () => {
    const site = siteWith(withoutRobots(() => new Response('x'.repeat(3_000_001))));

    expect((await site.ask()).outcome.kind).toBe('broken');
  });
});

describe('robots.txt', () => {
  const RULES = [
    'User-agent: *',
    'Disallow: /',
    '',
    'User-agent: Soshik',
    'Disallow: /ko/',
    'Allow: /ko/new',
    'Disallow: /ko/new/private*.html$',
  ].join('\n');

  test.each([
    ['/ko/new', 'page'],
    ['/ko/newer', 'page'],
    ['/ko/old', 'blocked'],
    ['/ko/new/private-1.html', 'blocked'],
    ['/ko/new/private-1.html?x', 'page'],
    ['/en', 'page'],
  ])(
    'with rules for us and for all lets %s be %s: our own, the longest',
    async (path, expected) => {
      const site = siteWith((request) =>
        new URL(request.url).pathname === '/robots.txt' ? new Response(RULES) : new Response('x'),
      );

      const { outcome } = await site.ask({ url: `https://pages.example${path}` });

      expect(outcome.kind).toBe(expected);
      expect(site.requests).toHaveLength(expected === 'page' ? 2 : 1);
    },
  );

  test.each([
    [200, 'page'],
    [204, 'page'],
    [401, 'page'],
    [403, 'page'],
    [404, 'page'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('answering %i makes the page %s (RFC 9309 section 2.3.1)', async (status, expected) => {
    const site = siteWith((request) =>
      new URL(request.url).pathname === '/robots.txt'
        ? new Response(null, { status })
        : new Response('x'),
    );

    expect((await site.ask()).outcome.kind).toBe(expected);
    expect(site.requests).toHaveLength(expected === 'page' ? 2 : 1);
  });

  test.each([
    ['does not answer', () => Promise.reject(new Error('connection refused'))],
    ['is over 512 KB', () => new Response('#'.repeat(512 * 1024 + 1))],
    ['redirects for ever', (request: Request) => redirect(request.url)],
    ['redirects to nowhere', () => new Response(null, { status: 301 })],
    ['redirects to another machine by http', () => redirect('http://other.example/robots.txt')],
    ['redirects to a name and password', () => redirect('https://a:b@pages.example/robots.txt')],
  ])('that %s forbids everything for now, and is asked again after the wait', async (_, answer) => {
    const site = siteWith(answer);

    const { outcome, memory } = await site.ask();

    expect(outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: MINUTE_MS });
    expect(memory).toEqual({ failures: 1, notBefore: NOON + MINUTE_MS });
  });

  test('may be on another host, as RFC 9309 section 2.3.1.2 asks', async () => {
    const site = siteWith((request) => {
      if (request.url === 'https://pages.example/robots.txt') {
        return redirect('https://www.pages.example/robots.txt', 301);
      }
      return new Response('User-agent: *\nDisallow: /ko');
    });

    expect((await site.ask()).outcome.kind).toBe('blocked');
  });

  test('is kept for under 24 hours, then read again', async () => {
    const site = siteWith(withoutRobots(() => new Response('x')));
    const { memory } = await site.ask();

    site.clock.now += DAY_MS - 1;
    await site.ask({ memory });
    expect(site.paths()).toEqual(['/robots.txt', '/ko/new', '/ko/new']);

    site.clock.now += 1;
    await site.ask({ memory });
    expect(site.paths()).toEqual(['/robots.txt', '/ko/new', '/ko/new', '/robots.txt', '/ko/new']);
  });

  test('once kept still forbids', async () => {
    const site = siteWith(() => new Response('x'));
    const robots = { text: 'user-agent: *\ndisallow: /ko', fetchedAt: NOON - HOUR_MS };

    const { outcome, memory } = await site.ask({ memory: { robots, etag: '"v1"' } });

    expect(outcome).toEqual({
      kind: 'blocked',
      detail: 'robots.txt of pages.example forbids /ko/new',
    });
    expect(memory).toEqual({ robots, etag: '"v1"' });
    expect(site.requests).toHaveLength(0);
  });
});

describe('a redirect', () => {
  test('within the host is followed up to three times', async () => {
    const site = siteMoving({ '/ko/new': '/1', '/1': '2', '/2': 'https://pages.example/3' });

    expect((await site.ask()).outcome).toMatchObject({ kind: 'page', text: 'here' });
  });

  test('is not followed a fourth time', async () => {
    const site = siteMoving({ '/ko/new': '/1', '/1': '/2', '/2': '/3', '/3': '/4' });

    expect((await site.ask()).outcome).toEqual({
      kind: 'broken',
      detail: 'more than 3 redirects',
    });
    expect(site.paths()).not.toContain('/4');
  });

  test.each([
    ['another host', 'https://login.example/'],
    ['a subdomain', 'https://www.pages.example/ko/new'],
    ['another port', 'https://pages.example:8443/ko/new'],
    ['plain http', 'http://pages.example/ko/new'],
    ['the same host by name and password', 'https://a:b@pages.example/ko/other'],
    ['a file', 'file:///etc/passwd'],
    ['nonsense', 'https://'],
  ])('to %s is not followed: the page is broken', async (_, location) => {
    const site = siteMoving({ '/ko/new': location });

    expect((await site.ask()).outcome.kind).toBe('broken');
    expect(site.paths()).toEqual(['/robots.txt', '/ko/new']);
  });

  test('to what robots.txt forbids is not followed: blocked', async () => {
    const site = siteMoving({ '/ko/new': '/api/x' }, 'User-agent: *\nDisallow: /api/');

    expect((await site.ask()).outcome.kind).toBe('blocked');
    expect(site.paths()).toEqual(['/robots.txt', '/ko/new']);
  });
});

describe('an answer that is no page', () => {
  test.each([
    [204, 'broken'],
    [300, 'broken'],
    [400, 'broken'],
    [401, 'blocked'],
    [403, 'blocked'],
    [404, 'broken'],
    [410, 'broken'],
    [418, 'broken'],
    [429, 'unavailable'],
    [451, 'blocked'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('of status %i is %s', async (status, expected) => {
    const site = siteWith(withoutRobots(() => new Response(null, { status })));

    expect((await site.ask()).outcome.kind).toBe(expected);
  });

  test('and is broken forgets the validators, so that the next page is read in full', async () => {
    const site = siteWith(withoutRobots(() => new Response(null, { status: 404 })));

    expect((await site.ask({ memory: { etag: '"v1"' } })).memory).toEqual({
      robots: { text: '', fetchedAt: NOON },
    });
  });

  test.each([
    'not an address',
    'file:///etc/passwd',
    'mailto:a@b.example',
    'https://a:b@c.example',
  ])('for the address %s is broken without a call', async (url) => {
    const site = siteWith(() => new Response('x'));

    expect((await site.ask({ url })).outcome.kind).toBe('broken');
    expect(site.requests).toHaveLength(0);
  });
});

describe('a failing site', () => {
  const failing = withoutRobots(() => new Response(null, { status: 503 }));

  test('is asked again after 1, 2, 4 and 8 minutes, then on the next day in Seoul', async () => {
    const site = siteWith(failing);
    const waits: number[] = [];
    let memory: PageMemory = {};
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const visit = await site.ask({ memory });
      memory = visit.memory;
      waits.push((memory.notBefore ?? 0) - site.clock.now);
      expect(visit.outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: waits.at(-1) });
      site.clock.now = memory.notBefore ?? 0;
    }

    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((minutes) => minutes * MINUTE_MS));
    expect(site.clock.now).toBe(Date.parse('2026-11-23T00:00:00+09:00'));

    const nextDay = await site.ask({ memory });
    expect(nextDay.memory).toMatchObject({ failures: 1, notBefore: site.clock.now + MINUTE_MS });
  });

  test('is left alone until the wait is over', async () => {
    const site = siteWith(failing);
    const { memory } = await site.ask();
    const calls = site.requests.length;

    site.clock.now += MINUTE_MS - 1;
    const early = await site.ask({ memory });

    expect(early.outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: 1 });
    expect(early.memory).toEqual(memory);
    expect(site.requests).toHaveLength(calls);
  });

  test('keeps its validators and its rules in memory', async () => {
    const site = siteWith(failing);

    const { memory } = await site.ask({ memory: { etag: '"v1"' } });

    expect(memory).toMatchObject({ etag: '"v1"', robots: { text: '', fetchedAt: NOON } });
  });

  test('starts from one minute again on another day', async () => {
    const site = siteWith(failing);

    const { memory } = await site.ask({ memory: { failures: 3, notBefore: NOON - DAY_MS } });

    expect(memory).toMatchObject({ failures: 1, notBefore: NOON + MINUTE_MS });
  });

  test('is waited for up to half as long again, by chance', async () => {
    const site = siteWith(failing);
    const runtime = { ...site.runtime, randomBytes: () => new Uint8Array([255]) };

    const { memory } = await site.ask({ runtime });

    expect(memory.notBefore).toBe(NOON + 1.5 * MINUTE_MS);
  });

  test.each([
    ['120', 2 * MINUTE_MS],
    ['Sun, 22 Nov 2026 05:30:00 GMT', 2 * HOUR_MS],
    ['0', 0],
    ['99999999999999999999', 7 * DAY_MS],
    ['9'.repeat(400), 7 * DAY_MS],
    ['soon', MINUTE_MS],
  ])('that says Retry-After: %s is taken at its word', async (retryAfter, expectedMs) => {
    const { outcome, memory } = await askingFor(retryAfter);

    expect(outcome).toMatchObject({ kind: 'unavailable', retryAfterMs: expectedMs });
    expect(memory.notBefore).toBe(NOON + expectedMs);
  });

  test('that says Retry-After: 0 is given up for the day all the same', async () => {
    const headers = { 'retry-after': '0' };
    const site = siteWith(withoutRobots(() => new Response(null, { status: 503, headers })));

    const { memory } = await site.ask({ memory: { failures: 4, notBefore: NOON } });

    expect(memory.notBefore).toBe(Date.parse('2026-11-23T00:00:00+09:00'));
  });

  test('that breaks off is unavailable', async () => {
    const site = siteWith(withoutRobots(() => Promise.reject(new Error('reset'))));

    expect((await site.ask()).outcome).toMatchObject({
      kind: 'unavailable',
      detail: 'no answer from pages.example (network)',
    });
  });
});
