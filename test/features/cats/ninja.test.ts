import { describe, expect, test } from 'vitest';
import { fetchEnglishFacts } from '../../../src/features/cats/facts.ts';

const apiUrl = 'https://catfact.example';

function ask(fetch: (request: Request) => Promise<Response>, count = 1) {
  return fetchEnglishFacts({ runtime: { fetch }, apiUrl, count, contact: 'owner@example.com' });
}

function answering(body: unknown, init?: ResponseInit) {
  return () => Promise.resolve(Response.json(body, init));
}

const page = (...texts: string[]) => ({
  current_page: 1,
  data: texts.map((fact) => ({ fact, length: fact.length })),
  per_page: String(texts.length),
  next_page_url: `${apiUrl}/facts?page=2`,
});

describe('asking catfact.ninja', () => {
  test.each([
    [1, '/fact?max_length=150', { fact: 'Cats purr.', length: 10 }],
    [2, '/facts?limit=2&max_length=150', page('Cats purr.', 'Cats nap.')],
  ])('%i asked for is one GET of %s that says who asks', async (count, path, body) => {
    const requests: Request[] = [];
    await ask((request) => {
      requests.push(request);
      return answering(body)();
    }, count);
    expect(requests.map((request) => [request.method, request.url])).toEqual([
      ['GET', apiUrl + path],
    ]);
    expect(requests[0]?.headers.get('user-agent')).toBe('soshik (+owner@example.com)');
    expect(requests[0]?.headers.get('accept')).toBe('application/json');
  });

  test('one fact comes back as a list of one', async () => {
    expect(await ask(answering({ fact: 'Cats purr.', length: 10 }))).toEqual(['Cats purr.']);
  });

  test('several facts come back in the order given', async () => {
    expect(await ask(answering(page('Cats purr.', 'Cats nap.')), 2)).toEqual([
      'Cats purr.',
      'Cats nap.',
    ]);
  });

  test.each([
    ['  Cats purr. \n', 'Cats purr.'],
    ['Cats\r\n\tpurr.', 'Cats purr.'],
    ['Cats\u0000 pu\u001brr.\u007f', 'Cats purr.'],
    ['Cats \u202epurr\u200b.', 'Cats purr.'],
    ['Cats purr.\ud800', 'Cats purr.'],
    ['Cats don\u2019t mind caf\u00e9s.', 'Cats don\u2019t mind caf\u00e9s.'],
    ['x'.repeat(150), 'x'.repeat(150)],
  ])('%j is told as %j', async (fact, expected) => {
    expect(await ask(answering({ fact }))).toEqual([expected]);
  });
});

describe('an answer that is no fact is refused', () => {
  test.each<[string, unknown]>([
    ['an empty object (what an impossible max_length gives)', {}],
    ['null', null],
    ['a bare text', 'Cats purr.'],
    ['a page of facts', page('Cats purr.')],
    ['a fact that is no text', { fact: 42 }],
    ['a blank fact', { fact: ' \n\u200b ' }],
    ['a fact of 151 characters', { fact: 'x'.repeat(151) }],
  ])('to a question for one: %s', async (_name, body) => {
    expect(await ask(answering(body))).toBeNull();
  });

  test.each<[string, unknown]>([
    ['an empty object', {}],
    ['a single fact', { fact: 'Cats purr.' }],
    ['no facts', page()],
    ['fewer facts than asked for', page('Cats purr.')],
    ['more facts than asked for', page('Cats purr.', 'Cats nap.', 'Cats sit.')],
    ['one blank fact among them', page('Cats purr.', ' ')],
    ['one fact of 151 characters among them', page('Cats purr.', 'x'.repeat(151))],
    ['facts that are no rows', { data: ['Cats purr.', 'Cats nap.'] }],
  ])('to a question for two: %s', async (_name, body) => {
    expect(await ask(answering(body), 2)).toBeNull();
  });

  test.each([201, 301, 404, 429, 500, 503])('status %i', async (status) => {
    expect(await ask(answering({ fact: 'Cats purr.' }, { status }))).toBeNull();
  });

  test('a page that is not JSON', async () => {
    expect(await ask(() => Promise.resolve(new Response('<html>Cats purr.</html>')))).toBeNull();
  });

  test('a body of more than 64 KB', async () => {
    const padding = 'x'.repeat(64 * 1024);
    expect(await ask(answering({ fact: 'Cats purr.', padding }))).toBeNull();
  });

  test('a network that fails', async () => {
    expect(await ask(() => Promise.reject(new TypeError('connection lost')))).toBeNull();
  });

  test('no answer within 1.5 seconds', async () => {
    const startedAt = performance.now();
    const late = answeringAfter(3000);
    expect(await ask(late)).toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(2900);
  });
});

/** A service that answers rightly, but only after `delayMs`, unless the caller hangs up. */
function answeringAfter(delayMs: number) {
  return (request: Request) =>
    new Promise<Response>((resolve, reject) => {
      const timer = setTimeout(() => resolve(Response.json({ fact: 'Cats purr.' })), delayMs);
      request.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('aborted'));
      });
    });
}
