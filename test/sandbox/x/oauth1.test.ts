import { describe, expect, test } from 'vitest';
import { createWorld, sandboxAppBearer } from '../world.ts';
import { call, signedRequest } from './client.ts';
import { oauth1BaseString, oauth1Signature } from './oauth1.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const form = 'application/x-www-form-urlencoded';
const noBody = new Uint8Array(0);
const bytes = (text: string) => new TextEncoder().encode(text);

const bearing = (path: string, method: string, token: string) =>
  new Request(`https://api.x.com${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });

describe('signatures of published vectors', () => {
  test.each([
    ['https://api.x.com/1.1', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
    ['https://api.twitter.com/1.1', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['https://api.twitter.com/1', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
  ])('X docs, creating a signature, at %s', async (base, expected) => {
    const oauth = new Map([
      ['oauth_consumer_key', 'xvz1evFS4wEEPTGEFPHBog'],
      ['oauth_nonce', 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '1318622958'],
      ['oauth_token', '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb'],
      ['oauth_version', '1.0'],
    ]);
    const part = {
      method: 'POST',
      url: `${base}/statuses/update.json?include_entities=true`,
      contentType: form,
      body: bytes('status=Hello+Ladies+%2B+Gentlemen%2C+a+signed+OAuth+request%21'),
    };
    const secrets = {
      consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
      tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
    };
    expect(await oauth1Signature(oauth, part, secrets)).toBe(expected);
  });

  test('text beyond ASCII is signed as UTF-8', async () => {
    const oauth = new Map([
      ['oauth_consumer_key', 'GDdmIQH6jhtmLUypg82g'],
      ['oauth_nonce', 'oElnnMTQIZvqvlfXM56aBLAf5noGD0AQR3Fmi7Q6Y'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '1272325550'],
      ['oauth_token', '819797-Jxq8aYUDRmykzVKrgoLhXSq67TEa5ruc4GJC2rWimw'],
      ['oauth_version', '1.0'],
    ]);
    const part = {
      method: 'POST',
      url: 'http://api.twitter.com/1/statuses/update.json',
      contentType: `${form}; charset=utf-8`,
      body: bytes('status=setting up my twitter 私のさえずりを設定する'),
    };
    const secrets = {
      consumerSecret: 'MCD8BKwGdgPHvAuvgvz4EQpqDAtx89grbuNMRd7Eh98',
      tokenSecret: 'J6zix3FfA9LofH0awS24M3HcBYXO5nI1iYe8EfBA',
    };
    expect(await oauth1Signature(oauth, part, secrets)).toBe('yOahq5m0YjDDjfjxHaXEsW9D+X0=');
  });

  test('without oauth_version, as in RFC 5849 section 1.2', async () => {
    const oauth = new Map([
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
      ['oauth_nonce', 'chapoH'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131202'],
      ['oauth_token', 'nnch734d00sl2jdk'],
    ]);
    const url = 'http://photos.example.net/photos?file=vacation.jpg&size=original';
    const part = { method: 'GET', url, contentType: '', body: noBody };
    const secrets = { consumerSecret: 'kd94hf93k423kf44', tokenSecret: 'pfkkdhi9sl3r4s00' };
    expect(await oauth1Signature(oauth, part, secrets)).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=');
  });

  test('the base string of RFC 5849 section 3.4.1.1', () => {
    const oauth = new Map([
      ['realm', 'Example'],
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['oauth_signature', 'left out'],
    ]);
    const part = {
      method: 'post',
      url: 'http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
      contentType: form,
      body: bytes('c2&a3=2+q'),
    };
    expect(oauth1BaseString(oauth, part)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });
});

describe('who may call X', () => {
  const code32 = { errors: [{ code: 32, message: 'Could not authenticate you.' }] };

  test('a rightly signed request is let in', async () => {
    const world = createWorld({ startAt });
    const { status, json } = await call(world, 'GET', '/2/users/me');
    expect(status).toBe(200);
    expect(json).toEqual({
      data: { id: '1700000000000000001', name: '소식', username: 'soshik_bot' },
    });
  });

  const minute = 60;
  const now = startAt / 1000;
  test.each([
    ['a wrong signature', { oauth: { oauth_signature: 'AAAA' } }, /signature does not fit/],
    ['an unknown app', { oauth: { oauth_consumer_key: 'other' } }, /consumer key is unknown/],
    ['another method', { oauth: { oauth_signature_method: 'PLAINTEXT' } }, /not HMAC-SHA1/],
    ['version 1.1', { oauth: { oauth_version: '1.1' } }, /version is not 1\.0/],
    [
      'a timestamp of 6 minutes ago',
      { oauth: { oauth_timestamp: `${now - 6 * minute}` } },
      /5 min/,
    ],
    ['a timestamp 6 minutes ahead', { oauth: { oauth_timestamp: `${now + 6 * minute}` } }, /5 min/],
    ['milliseconds for a timestamp', { oauth: { oauth_timestamp: `${startAt}` } }, /5 minutes/],
    ['no nonce', { without: 'oauth_nonce' }, /lacks oauth_nonce/],
    ['no version', { without: 'oauth_version' }, /lacks oauth_version/],
    ['no signature', { without: 'oauth_signature' }, /lacks oauth_signature/],
  ])('%s is refused with 401 and code 32', async (_, options, reason) => {
    const world = createWorld({ startAt });
    const { status, json } = await call(world, 'GET', '/2/users/me', options);
    expect(status).toBe(401);
    expect(json).toEqual(code32);
    expect(world.x.refusals).toMatchObject([{ reason: expect.stringMatching(reason) }]);
  });

  test('an unknown token is refused with code 89', async () => {
    const world = createWorld({ startAt });
    const { status, json } = await call(world, 'GET', '/2/users/me', {
      oauth: { oauth_token: '1-x' },
    });
    expect(status).toBe(401);
    expect(json).toEqual({ errors: [{ code: 89, message: 'Invalid or expired token.' }] });
  });

  test('a nonce is good once for a timestamp', async () => {
    const world = createWorld({ startAt });
    const oauth = { oauth_nonce: 'once' };
    expect((await call(world, 'GET', '/2/users/me', { oauth })).status).toBe(200);
    const again = await call(world, 'GET', '/2/users/me', { oauth });
    expect(again.status).toBe(401);
    expect(again.json).toEqual(code32);
    world.clock.advance(1000);
    expect((await call(world, 'GET', '/2/users/me', { oauth })).status).toBe(200);
  });

  test('a query changed on the way is refused', async () => {
    const world = createWorld({ startAt });
    const path = `/2/users/${world.x.bot.id}/tweets`;
    const request = await signedRequest(world, 'GET', `${path}?max_results=10`);
    const changed = new Request(`https://api.x.com${path}?max_results=100`, request);
    expect((await world.fetch(changed)).status).toBe(401);
  });

  test('a form body changed on the way is refused, since forms are signed', async () => {
    const world = createWorld({ startAt });
    const body = new URLSearchParams({ text: '하나' });
    const request = await signedRequest(world, 'POST', '/2/tweets', { body });
    const changed = new Request(request, { method: 'POST', body: 'text=%EB%91%98' });
    expect((await world.fetch(changed)).status).toBe(401);
    expect(world.x.refusals).toMatchObject([{ reason: expect.stringMatching(/does not fit/) }]);
  });

  test('a header with the same key twice is refused', async () => {
    const world = createWorld({ startAt });
    const request = await signedRequest(world, 'GET', '/2/users/me');
    const header = request.headers.get('authorization') ?? '';
    request.headers.set('authorization', `${header}, oauth_nonce="other"`);
    expect((await world.fetch(request)).status).toBe(401);
  });

  test('an app-only bearer token is refused where a user is needed, and reads a timeline', async () => {
    const world = createWorld({ startAt });
    const post = await world.fetch(bearing('/2/tweets', 'POST', sandboxAppBearer));
    expect(post.status).toBe(403);
    expect(await post.json()).toMatchObject({
      title: 'Unsupported Authentication',
      type: expect.stringMatching(/\/unsupported-authentication$/),
    });
    const path = `/2/users/${world.x.bot.id}/tweets`;
    expect((await world.fetch(bearing(path, 'GET', sandboxAppBearer))).status).toBe(200);
  });

  test('an unknown bearer token and no credential at all are told Unauthorized', async () => {
    const world = createWorld({ startAt });
    const unknown = await world.fetch(bearing('/2/users/me', 'GET', 'unknown'));
    const silent = await world.fetch(new Request('https://api.x.com/2/users/me'));
    const body = {
      title: 'Unauthorized',
      type: 'about:blank',
      status: 401,
      detail: 'Unauthorized',
    };
    expect([unknown.status, silent.status]).toEqual([401, 401]);
    expect([await unknown.json(), await silent.json()]).toEqual([body, body]);
  });

  test('behind a proxy the URL that the caller signed counts', async () => {
    const world = createWorld({ startAt });
    const request = await signedRequest(world, 'GET', '/2/users/me');
    request.headers.set('x-sandbox-url', 'http://127.0.0.1:8788/x/2/users/me');
    expect((await world.fetch(request)).status).toBe(401);
  });
});
