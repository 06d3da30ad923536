import { describe, expect, test } from 'vitest';
import type { PictureRequest } from '../../../src/bot/outbox/picture.ts';
import { fetchPicture } from '../../../src/bot/outbox/picture.ts';
import type { Answering } from '../../lib/web/fakeNetwork.ts';
import { fakeNetwork } from '../../lib/web/fakeNetwork.ts';
import { PICTURES } from '../../lib/web/pictures.ts';

const ALLOWED = ['nflximg.net', 'image.tmdb.org', '127.0.0.1:8788', '', ' '];
const [PNG] = PICTURES;
const URL_ON_HOST = 'https://occ-0-1.1.nflximg.net/poster.jpg';

function fetching(answer: Answering, over: Partial<PictureRequest> = {}) {
  const network = fakeNetwork(answer, 0);
  const picture = fetchPicture({
    runtime: network.runtime,
    url: URL_ON_HOST,
    allowedHosts: ALLOWED,
    contact: 'me@bot.example',
    ...over,
  });
  return { ...network, picture };
}

const answerPng = () => new Response(PNG.bytes, { headers: { 'content-type': 'text/html' } });

function moving(location: string): Answering {
  return ({ url }) =>
    url === URL_ON_HOST ? new Response(null, { status: 302, headers: { location } }) : answerPng();
}

describe('a picture', () => {
  test.each(PICTURES)('($name) comes with the type and size its bytes tell', async (known) => {
    const { picture } = fetching(() => {
      return new Response(known.bytes, { headers: { 'content-type': 'text/plain' } });
    });

    expect(await picture).toEqual({ bytes: known.bytes, ...known.header });
  });

  test('is asked for under an honest name', async () => {
    const { picture, requests } = fetching(answerPng);
    await picture;

    expect(requests[0]?.headers.get('user-agent')).toMatch(/^soshik\/\S+ \(\+me@bot\.example\)$/);
  });

  test.each([
    'https://nflximg.net/a',
    'https://NFLXIMG.NET/a',
    'https://a.b.nflximg.net/a?b#c',
    'https://nflximg.net:443/a',
    'https://image.tmdb.org/t/p/w500/a.jpg',
    'http://image.tmdb.org/t/p/w500/a.jpg',
    'http://127.0.0.1:8788/poster',
    'https://nflximg.net\\@evil.example/a',
  ])('is fetched from %s', async (url) => {
    expect(await fetching(answerPng, { url }).picture).toMatchObject({ type: 'image/png' });
  });

  test.each([
    ['a name before the host', 'https://nflximg.net@evil.example/a'],
    ['a name and password before the host', 'https://nflximg.net:443@evil.example/a'],
    ['a name before an allowed host', 'https://evil@nflximg.net/a'],
    ['a name before the sandbox', 'http://127.0.0.1:8788@evil.example/a'],
    ['a trailing dot', 'https://nflximg.net./a'],
    ['a look-alike ending', 'https://evilnflximg.net/a'],
    ['a look-alike start', 'https://nflximg.net.evil.example/a'],
    ['a parent of an allowed host', 'https://tmdb.org/a'],
    ['a host in the path', 'https://evil.example/nflximg.net'],
    ['a host in the query', 'https://evil.example?.nflximg.net'],
    ['a host in the fragment', 'https://evil.example#.nflximg.net'],
    ['a look-alike letter', 'https://nflхimg.net/a'],
    ['another port', 'https://nflximg.net:8443/a'],
    ['an IP address', 'https://127.0.0.1/a'],
    ['an IP address as one number', 'https://2130706433/a'],
    ['an IP address in hexadecimal', 'https://0x7f.1/a'],
    ['an IPv6 address', 'https://[::1]/a'],
    ['an IPv4 address in IPv6', 'https://[::ffff:127.0.0.1]/a'],
    ['a metadata address', 'http://169.254.169.254/latest/meta-data'],
    ['the sandbox on another port', 'http://127.0.0.1:8787/a'],
    ['the sandbox without a port', 'http://127.0.0.1/a'],
    ['the sandbox by another name', 'http://localhost:8788/a'],
    ['the sandbox over https', 'https://127.0.0.1:8788/a'],
    ['data', 'data:image/png;base64,iVBORw0KGgo='],
    ['a file', 'file:///etc/passwd'],
    ['a file on an allowed host', 'file://nflximg.net/etc/passwd'],
    ['ftp', 'ftp://nflximg.net/a'],
    ['blob', 'blob:https://nflximg.net/a'],
    ['javascript', 'javascript:alert(1)'],
    ['no scheme', '//nflximg.net/a'],
    ['no host', 'https://'],
    ['a dot as the host', 'https://./a'],
    ['nothing', ''],
  ])('is not fetched from %s: %s', async (_, url) => {
    const { picture, requests } = fetching(answerPng, { url });

    expect(await picture).toMatchObject({ reason: 'host-not-allowed' });
    expect(requests).toHaveLength(0);
  });

  test('is fetched from a port of no host but this machine, whatever the list says', async () => {
    const { picture } = fetching(answerPng, {
      url: 'http://images.example:8788/a',
      allowedHosts: ['images.example:8788'],
    });

    expect(await picture).toMatchObject({ reason: 'host-not-allowed' });
  });
});

describe('a redirect of a picture', () => {
  test.each(['https://other.nflximg.net/a', '/elsewhere', 'https://image.tmdb.org/a'])(
    'to %s is followed',
    async (location) => {
      expect(await fetching(moving(location)).picture).toMatchObject({ type: 'image/png' });
    },
  );

  test.each([
    'https://evil.example/a',
    'http://nflximg.net/a',
    'https://evilnflximg.net/a',
    'http://127.0.0.1:8787/a',
    '//evil.example/a',
  ])('to %s is not followed', async (location) => {
    const { picture, requests } = fetching(moving(location));

    expect(await picture).toMatchObject({ reason: 'host-not-allowed' });
    expect(requests).toHaveLength(1);
  });

  test.each(['https://evil@nflximg.net/a', 'data:image/png,x', 'https://', 'file:///etc/passwd'])(
    'to %s leads nowhere',
    async (location) => {
      const { picture, requests } = fetching(moving(location));

      expect(await picture).toHaveProperty('reason');
      expect(requests).toHaveLength(1);
    },
  );

  test('is followed three times, not four', async () => {
    const { picture, requests } = fetching(
      ({ url }) => new Response(null, { status: 307, headers: { location: `${url}/x` } }),
    );

    expect(await picture).toMatchObject({ reason: 'unavailable' });
    expect(requests).toHaveLength(4);
  });
});

describe('no picture', () => {
  test.each([
    ['HTML under a picture type', '<!doctype html><title>Sign in</title><p>Please sign in</p>'],
    ['three bytes of a JPEG', new Uint8Array([0xff, 0xd8, 0xff])],
    ['nothing', ''],
  ])('is %s', async (_, body) => {
    const headers = { 'content-type': 'image/jpeg' };
    const { picture } = fetching(() => new Response(body, { headers }));

    expect(await picture).toMatchObject({ reason: 'not-a-picture' });
  });

  test.each([
    [403, 'unavailable'],
    [404, 'gone'],
    [410, 'gone'],
    [429, 'unavailable'],
    [500, 'unavailable'],
    [206, 'unavailable'],
  ])('comes with status %i: %s', async (status, reason) => {
    const { picture } = fetching(() => new Response(PNG.bytes, { status }));

    expect(await picture).toMatchObject({ reason });
  });

  test('comes from a host that breaks off', async () => {
    const { picture } = fetching(() => Promise.reject(new Error('reset')));

    expect(await picture).toMatchObject({ reason: 'unavailable' });
  });

  test('is larger than asked for', async () => {
    const maxBytes = PNG.bytes.length;

    expect(await fetching(answerPng, { maxBytes }).picture).toMatchObject({ type: 'image/png' });
    expect(await fetching(answerPng, { maxBytes: maxBytes - 1 }).picture).toMatchObject({
      reason: 'too-large',
    });
  });
});
