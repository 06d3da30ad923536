import { afterEach, describe, expect, test, vi } from 'vitest';
import { hmacBase64, utf8 } from '../bytes.ts';
import { createWorld, sandboxSecrets, type World } from '../world.ts';
import { freshApp } from './app-settings.ts';
import { call } from './client.ts';
import type { Deliver } from './crc.ts';
import { createWebhook } from './webhook.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const url = 'https://soshik.example/webhook/twitter';
const hana = '1700000000000000101';

/** Answers the CRC as a right webhook does, by either secret. */
async function crc(request: Request, secret: string): Promise<Response> {
  const token = new URL(request.url).searchParams.get('crc_token') ?? '';
  return Response.json({ response_token: `sha256=${await hmacBase64('SHA-256', secret, token)}` });
}

const consumerCrc: Deliver = (request) => crc(request, sandboxSecrets.TWITTER_API_SECRET);
const rightCrc: Deliver = (request) => crc(request, sandboxSecrets.TWITTER_CLIENT_SECRET);

/** A webhook that keeps what it gets and answers with these statuses in turn, then 200. */
async function connected(world: World, statuses: number[] = []): Promise<Request[]> {
  const got: Request[] = [];
  await world.x.connect(async (request) => {
    if (request.method === 'GET') return await crc(request, sandboxSecrets.TWITTER_CLIENT_SECRET);
    got.push(request);
    return new Response(null, { status: statuses.shift() ?? 200 });
  }, url);
  return got;
}

describe('signing', () => {
  const secrets = { client: 'SECRET-VALUE', consumer: 'CONSUMER-SECRET' };
  const webhook = createWebhook(secrets, freshApp(), () => 0);

  test.each([
    [
      'challenge_string',
      'xT/YyTRZde5T1HbCK7K2bpcELYOIMkZVbgYjsESw+AM=',
      '9CnCWcBcOApA1LHdqkjWbF2DBNdBrnAJPmL5qTUUANQ=',
    ],
    [
      '{"for_user_id":"2244994945","follow_events":[]}',
      'jlSMkj72sqpIWJdl8rdKiEf1zPMRJkvY1VWxVhuPD4c=',
      'IdtPMVhr8Hql9OtN7YTX/+gknTMNOui0D4ixytI8bD0=',
    ],
  ])('both headers of %s are those of an independent client', async (body, client, consumer) => {
    expect(await webhook.sign(utf8(body))).toEqual({
      'x-twitter-webhooks-signature-oauth2': `sha256=${client}`,
      'x-twitter-webhooks-signature': `sha256=${consumer}`,
    });
  });

  test.each([
    ['test=1&other_test=2', '25Cu3iwbbiqBTwQRzcKJZwisjf736V2Q8UaTlkfLSoc='],
    ['{"test_number":1,"test_string":"two"}', 'YWHphPn/JFq43jkF0y4/w8R/SelmLjvpunhVFY8JhlI='],
    ['foo', 'HlU5y5rWhNi1SHftUCyOxuT6JRuDqeVBKWp1yvldR04='],
  ])('autohook: %s', async (message, expected) => {
    expect(await hmacBase64('SHA-256', 'test', message)).toBe(expected);
  });
});

describe('the CRC check', () => {
  afterEach(() => vi.useRealTimers());

  test('the right answer connects, and the token is of the kind X sends', async () => {
    const world = createWorld({ startAt });
    const asked: string[] = [];
    await world.x.connect(async (request) => {
      asked.push(new URL(request.url).searchParams.get('crc_token') ?? '');
      return await crc(request, sandboxSecrets.TWITTER_CLIENT_SECRET);
    }, url);
    expect(asked).toEqual([expect.stringMatching(/^[A-Za-z0-9+/=_-]{16,128}$/)]);
  });

  test('an app without a client secret is checked by its consumer secret', async () => {
    const world = createWorld({ startAt });
    world.x.app.crcSecret = 'consumer';
    await expect(world.x.connect(consumerCrc, url)).resolves.toBeUndefined();
  });

  const answers: [string, Deliver, RegExp][] = [
    [
      'a token by the other secret',
      consumerCrc,
      /made with the consumer secret, not the client secret/,
    ],
    [
      'a wrong token',
      async () => Response.json({ response_token: 'sha256=AAAA' }),
      /is not sha256=/,
    ],
    ['no token', async () => Response.json({ token: 'x' }), /no text in response_token/],
    ['a number for a token', async () => Response.json({ response_token: 1 }), /no text in/],
    ['text', async () => new Response('ok'), /did not answer with JSON/],
    ['a redirect', async () => Response.redirect(`${url}/`, 308), /redirects \(308\)/],
    ['an error', async () => new Response(null, { status: 503 }), /answered 503, not 200/],
    ['201', async () => Response.json({}, { status: 201 }), /answered 201, not 200/],
    [
      'no connection',
      async () => {
        throw new TypeError('refused');
      },
      /could not be reached \(refused\)/,
    ],
  ];
  test.each(answers)('%s is named', async (_, deliver, words) => {
    const world = createWorld({ startAt });
    await expect(world.x.connect(deliver, url)).rejects.toThrow(words);
    await expect(world.x.connect(deliver, url)).rejects.toThrow(/^CrcValidationFailed: /);
    expect(await world.x.say(hana, '안녕')).toEqual([]);
  });

  test('an answer that takes longer than 10 seconds of the world is named', async () => {
    const world = createWorld({ startAt });
    const answerAfter = (ms: number) => async (request: Request) => {
      world.clock.advance(ms);
      return await crc(request, sandboxSecrets.TWITTER_CLIENT_SECRET);
    };
    await expect(world.x.connect(answerAfter(10_001), url)).rejects.toThrow(
      /longer than 10 seconds/,
    );
    await expect(world.x.connect(answerAfter(10_000), url)).resolves.toBeUndefined();
  });

  test('an answer that never comes is named', async () => {
    vi.useFakeTimers();
    const world = createWorld({ startAt });
    const connecting = world.x.connect(() => new Promise(() => {}), url);
    const named = expect(connecting).rejects.toThrow(/longer than 10 seconds/);
    await vi.advanceTimersByTimeAsync(10_000);
    await named;
  });

  test.each([
    ['soshik.example/webhook', /no URL/],
    ['http://soshik.example/webhook', /not https/],
    ['https://soshik.example:8443/webhook', /names a port/],
    [`https://soshik.example/${'a'.repeat(200)}`, /longer than 200/],
  ])('the address %s is refused', async (address, words) => {
    const world = createWorld({ startAt });
    await expect(world.x.connect(rightCrc, address)).rejects.toThrow(words);
  });

  test('a port on this machine is allowed', async () => {
    const world = createWorld({ startAt });
    await world.x.connect(rightCrc, 'http://localhost:8787/webhook/twitter');
  });
});

describe('deliveries', () => {
  test('what a person writes arrives once, signed over its very bytes', async () => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    const answers = await world.x.say(hana, 'send me cat facts 🐾');
    expect(answers.map(({ status }) => status)).toEqual([200]);
    expect(got).toHaveLength(1);
    const [request] = got;
    const body = new Uint8Array((await request?.arrayBuffer()) ?? new ArrayBuffer(0));
    const headers = Object.fromEntries(request?.headers ?? []);
    expect(headers).toMatchObject(await world.x.sign(body));
    expect(headers['content-type']).toBe('application/json');
    const [message] = world.x.conversation(hana);
    expect(JSON.parse(new TextDecoder().decode(body))).toEqual({
      data: {
        event_uuid: `-${message?.id}`,
        filter: { user_id: world.x.bot.id },
        event_type: 'dm.received',
        tag: 'soshik',
        payload: {
          direct_message_events: [
            {
              type: 'message_create',
              id: message?.id,
              created_timestamp: String(startAt),
              message_create: {
                target: { recipient_id: world.x.bot.id },
                sender_id: hana,
                message_data: {
                  text: 'send me cat facts 🐾',
                  entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] },
                },
              },
            },
          ],
          users: {
            [hana]: { data: { id: hana, name: '하나', username: 'hana_reads' } },
            [world.x.bot.id]: { data: world.x.bot },
          },
        },
      },
    });
  });

  test('copies are the same bytes under the same signature', async () => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    expect(await world.x.say(hana, '안녕', { copies: 3 })).toHaveLength(3);
    const texts = await Promise.all(got.map((request) => request.text()));
    expect(texts).toHaveLength(3);
    expect(new Set(texts).size).toBe(1);
    expect(world.x.conversation(hana)).toHaveLength(1);
  });

  test.each([
    ['oauth2', 'x-twitter-webhooks-signature'],
    ['legacy', 'x-twitter-webhooks-signature-oauth2'],
  ] as const)('without the %s signature the other one is left', async (omit, left) => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    await world.x.say(hana, '안녕', { omit });
    const names = [...(got[0]?.headers.keys() ?? [])].filter((name) => name.includes('signature'));
    expect(names).toEqual([left]);
  });

  test.each(['aaa', 'v1'] as const)('%s events have v1.1 users at the top', async (envelope) => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    await world.x.say(hana, '안녕', { envelope });
    expect(await got[0]?.json()).toMatchObject({
      for_user_id: world.x.bot.id,
      direct_message_events: [{ message_create: { message_data: { text: '안녕' } } }],
      users: { [hana]: { id: hana, screen_name: 'hana_reads' } },
    });
  });

  test('an answer that is no 2xx is tried again up to three times, after 3, 27 and 242 s', async () => {
    const world = createWorld({ startAt });
    const got = await connected(world, [503, 500, 404, 503]);
    const waits: number[] = [];
    const wait = (ms: number) => void waits.push(ms);
    const answers = await world.x.say(hana, '안녕', { wait });
    expect(answers.map(({ status }) => status)).toEqual([503, 500, 404, 503]);
    expect(waits).toEqual([3_000, 27_000, 242_000]);
    expect(new Set(await Promise.all(got.map((request) => request.text()))).size).toBe(1);
  });

  test('a retry that is answered is the last', async () => {
    const world = createWorld({ startAt });
    await connected(world, [503]);
    const answers = await world.x.say(hana, '안녕');
    expect(answers.map(({ status }) => status)).toEqual([503, 200]);
  });

  test('events can be held back and delivered in another order', async () => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    const first = world.x.envelope('xaa', world.x.write(hana, '먼저'));
    world.clock.advance(1000);
    const second = world.x.envelope('xaa', world.x.write(hana, '나중'));
    await world.x.deliver(second);
    await world.x.deliver(first);
    expect(await got[0]?.text()).toContain('나중');
    expect(await got[1]?.text()).toContain('먼저');
  });

  test('the bot hears its own messages as dm.sent, and of encrypted ones only that they came', async () => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    const path = `/2/dm_conversations/with/${hana}/messages`;
    await call(world, 'POST', path, { body: { text: '야옹' } });
    const [own] = world.x.conversation(hana);
    if (own) await world.x.deliver(world.x.envelope('xaa', own));
    await world.x.deliver(world.x.encryptedEnvelope(hana));
    expect(await got[0]?.json()).toMatchObject({ data: { event_type: 'dm.sent' } });
    expect(await got[1]?.json()).toMatchObject({
      data: { event_type: 'chat.received', payload: { sender_id: hana } },
    });
  });

  test('bytes are delivered as they are, so that a test may send what is no JSON', async () => {
    const world = createWorld({ startAt });
    const got = await connected(world);
    await world.x.deliver(utf8('not json'));
    expect(await got[0]?.text()).toBe('not json');
  });

  test('a person who is not there cannot write', () => {
    expect(() => createWorld({ startAt }).x.write('42', '안녕')).toThrow(/no user 42/);
  });
});
