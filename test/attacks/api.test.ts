import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type ApiDesk,
  createApiDesk,
  garden,
  HOOK,
  KAKAO_ID,
  ORIGIN,
  registered,
} from '../pages/api/apiDesk.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';

const NICKNAME = '비밀정원';
const MARK = '<script>alert(1)</script>';
const KEY = `Bearer ${sandboxSecrets.API_KEY}`;

let desk: ApiDesk;
beforeAll(async () => {
  desk = await createApiDesk();
  await registered(desk, { ...garden, nick_name: NICKNAME });
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    MARK,
    "' OR 1=1 --",
    '__proto__',
    '\u0000',
    '\ud800',
    '%00',
    '{{id}}',
    '..',
    '../../admin',
    'javascript:alert(1)',
    '9'.repeat(40),
    'x'.repeat(3000),
  ),
);
/** Values that get past the first checks, so that what lies behind them is tried too. */
const likely = {
  id: fc.oneof(
    text,
    fc.constantFrom('1', '-5', HOOK, 'hana', 'https://10.0.0.1/', 'https://[::1]/'),
  ),
  fav_repository: fc.oneof(text, fc.constantFrom('hana/garden', 'hana/x', `hana/${MARK}`)),
  nick_name: fc.oneof(text, fc.constant('a')),
  type: fc.oneof(text, fc.constantFrom('kakao', 'telegram', 'twitter', 'webhook')),
  branch: fc.oneof(text, fc.constantFrom('main', 'feat/roses')),
  options: fc.oneof(text, fc.constantFrom('', '릴리스만', `태그 ${MARK}`)),
  repo: fc.oneof(text, fc.constantFrom('garden', '..')),
};
const fields = fc.oneof(fc.record(likely), fc.record(likely, { requiredKeys: [] }));
const body = fc.oneof(
  fields.map((values) => ({
    type: 'application/x-www-form-urlencoded',
    content: new URLSearchParams(values).toString(),
  })),
  fields.map((values) => ({ type: 'application/json', content: JSON.stringify(values) })),
  fc.json().map((content) => ({ type: 'application/json', content })),
  fc.record({
    type: fc.constantFrom(
      'application/json',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/x-www-form-urlencoded; charset=utf-7',
      'text/plain',
      '',
    ),
    content: fc.oneof(
      text,
      fc.constant(
        '--x\r\nContent-Disposition: form-data; name="id"; filename="a"\r\n\r\nx\r\n--x--',
      ),
    ),
  }),
);
const path = fc.oneof(
  fc.constantFrom('/api/', '/api', '/api/info/', '/api/alias/', '/api/git', '/api/del/'),
  fc.constantFrom('/api//', '/api/info//', '/api/%2e%2e/', '/api/docs/', '/api/openapi.json'),
);
const call = fc.record({
  method: fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom('GET', 'POST', 'DELETE') },
    { weight: 1, arbitrary: fc.constantFrom('PUT', 'HEAD', 'OPTIONS', 'PATCH') },
  ),
  path,
  query: fields,
  body,
});
type Call = typeof call extends fc.Arbitrary<infer Value> ? Value : never;

async function answerTo(attack: Call, authorization: string | null, source = '203.0.113.7') {
  const url = new URL(attack.path, ORIGIN);
  url.search = new URLSearchParams(attack.query).toString();
  const hasBody = !['GET', 'HEAD'].includes(attack.method);
  const init: RequestInit = {
    method: attack.method,
    headers: {
      'content-type': attack.body.type,
      'cf-connecting-ip': source,
      ...(authorization !== null && { authorization }),
    },
    ...(hasBody && { body: attack.body.content }),
  };
  const response = await desk.fetch(new Request(url, init));
  return { response, content: await response.text() };
}

/** Where no key is asked for: what is no call, and the description. */
function isOpen({ path: asked }: Call): boolean {
  return !/^\/api(?:\/(?:info|alias|git|del))?\/?$/.test(asked);
}

describe('random calls of the API', () => {
  test('without a key are told nothing, and change nothing', async () => {
    const before = await stored();
    await fc.assert(
      fc.asyncProperty(call, fc.constantFrom(null, '', 'Bearer', 'Bearer x'), async (it, key) => {
        const { response, content } = await answerTo(it, key, '203.0.113.66');
        // 429: this address has guessed too often. Others are not refused for it.
        if (!isOpen(it)) expect([401, 405, 429]).toContain(response.status);
        expect(content).not.toContain(NICKNAME);
      }),
      { numRuns: 2000 },
    );
    expect(await stored()).toEqual(before);
  });

  test('with the key are answered in JSON, without an error of ours or an echo', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(call, async (it) => {
        const { response, content } = await answerTo(it, KEY);
        const { status, headers } = response;
        expect(status).toBeLessThan(500);
        if (isOpen(it)) return;
        seen.add(status);
        expect(headers.get('content-type')).toMatch(/^application\/json/);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        if (status === 200) return;
        expect(content).not.toContain('script');
        if (it.method !== 'HEAD') {
          expect(JSON.parse(content)).toEqual({ code: status, message: expect.any(String) });
        }
      }),
      { numRuns: 3000 },
    );
    // It was not only the first check that was tried.
    for (const status of [400, 404, 405]) expect(seen).toContain(status);
    const hosts = new Set(desk.harness.world.requests.map(({ url }) => new URL(url).host));
    expect([...hosts]).toEqual(['api.github.com']);
  });
});

test('nobody is found by a part of an id, a pattern or a piece of SQL', async () => {
  const ids = [
    KAKAO_ID.slice(0, -1),
    KAKAO_ID.toUpperCase(),
    '%',
    '*',
    '_'.repeat(KAKAO_ID.length),
    "x' OR '1'='1",
    'null',
  ];
  for (const id of ids) {
    expect(await desk.call('GET', '/api/alias/', { id })).toMatchObject({ status: 404 });
    const values = { id, nick_name: NICKNAME };
    expect(await desk.call('DELETE', '/api/del/', values)).toMatchObject({ status: 404 });
  }
});

test('one person’s nickname does not touch what another one watches', async () => {
  await registered(desk, { ...garden, id: 'another', nick_name: '남의정원' });
  const values = { id: 'another', nick_name: NICKNAME };
  expect(await desk.call('GET', '/api/git/', values)).toMatchObject({ status: 404 });
  expect(await desk.call('DELETE', '/api/del/', values)).toMatchObject({ status: 404 });
  expect(await desk.call('GET', '/api/alias/', { id: KAKAO_ID })).toMatchObject({
    body: { alias: [NICKNAME] },
  });
});

async function stored() {
  const { results } = await desk.harness.env.DB.prepare(
    `SELECT (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM watches) AS watches`,
  ).all();
  return results;
}
