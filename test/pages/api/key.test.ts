import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxSecrets } from '../../sandbox/secrets.ts';
import { type ApiDesk, createApiDesk, garden, ORIGIN, registered } from './apiDesk.ts';

const KEY = sandboxSecrets.API_KEY;
const message = expect.stringContaining('Authorization: Bearer');
const everything = [
  ['POST', '/api/'],
  ['GET', '/api/'],
  ['GET', '/api/info/'],
  ['GET', '/api/alias/'],
  ['GET', '/api/git/'],
  ['DELETE', '/api/del/'],
] as const;

let desk: ApiDesk;
beforeEach(async () => {
  desk = await createApiDesk();
});

describe.each(everything)('%s %s', (method, path) => {
  test('is closed to whoever has no key, however they write it', async () => {
    await registered(desk);
    for (const key of [
      null,
      '',
      ' ',
      KEY.slice(0, -1),
      `${KEY}x`,
      KEY.toUpperCase(),
      'undefined',
    ]) {
      const answer = await desk.call(method, path, garden, { key });
      expect(answer).toMatchObject({ status: 401, body: { code: 401, message } });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test.each([undefined, '', ' '])('is closed to everybody while API_KEY is %j', async (unset) => {
    desk.harness.redeploy({ API_KEY: unset });
    for (const key of [null, '', 'undefined', 'null', KEY]) {
      expect((await desk.call(method, path, garden, { key })).status).toBe(401);
    }
  });

  test('is open without the slash at the end too, and never kept by a cache', async () => {
    const answer = await desk.call(method, path.slice(0, -1), { ...garden, repo: 'x' });
    expect(answer.status).not.toBe(401);
    expect(answer.body).toMatchObject({ code: answer.status });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

test.each([
  ['PUT', '/api/', 'POST, GET'],
  ['POST', '/api/info', 'GET'],
  ['GET', '/api/del/', 'DELETE'],
])('%s %s is told which methods there are', async (method, path, allow) => {
  const answer = await desk.call(method, path);
  expect(answer).toMatchObject({ status: 405, body: { code: 405 } });
  expect(answer.headers.get('allow')).toBe(allow);
});

test('a key in another place than the header is none', async () => {
  const query = new URLSearchParams({ ...garden, key: KEY, api_key: KEY, access_token: KEY });
  for (const headers of [{}, { authorization: `Basic ${btoa(`:${KEY}`)}` }, { 'x-api-key': KEY }]) {
    const request = new Request(`${ORIGIN}/api/?${query.toString()}`, { headers });
    expect((await desk.fetch(request)).status).toBe(401);
  }
});
