import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createHttp } from '../../../src/pages/app.ts';
import { BOT_SETTING } from '../../../src/platforms/telegram/settings.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { rooms, wire } from '../../../src/wire.ts';
import { sandboxSecrets } from '../../sandbox/secrets.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';
import { groupMessage, pressed, privateMessage, standing } from './api/updates.ts';

const WEBHOOK = 'https://soshik.example/webhook/telegram';
const SECRET = sandboxSecrets.TELEGRAM_WEBHOOK_SECRET;
const GROUP = '-1001234567890';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

async function post(
  body: BodyInit,
  { secret = SECRET, env = harness.env }: { secret?: string | null; env?: Env } = {},
): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (secret !== null) headers.set('x-telegram-bot-api-secret-token', secret);
  const app = createHttp((bindings) => wire(bindings, harness.runtime), rooms);
  return await app.fetch(new Request(WEBHOOK, { method: 'POST', headers, body }), env);
}

const deliver = (update: object, options?: Parameters<typeof post>[1]) =>
  post(JSON.stringify(update), options);

async function inbox() {
  const { results } = await harness.env.DB.prepare(
    'SELECT key, channel, type, account, state, content FROM inbox ORDER BY key',
  ).all<{ key: string; type: string; content: string }>();
  return results;
}

async function work(): Promise<unknown[]> {
  return (await inbox()).map(({ content }) => JSON.parse(content));
}

describe('an update', () => {
  test('with a message is kept with what the bot needs, queued and answered with an empty 200', async () => {
    const response = await deliver(privateMessage({ text: '목록' }));
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(await inbox()).toEqual([
      {
        key: 'telegram:1',
        channel: 'telegram',
        type: 'message',
        account: null,
        state: 'waiting',
        content: JSON.stringify({
          channel: 'telegram',
          account: '',
          address: '42',
          text: '목록',
          language: 'ko',
        }),
      },
    ]);
    expect(harness.queues.waiting.map(({ queue, body }) => [queue, body])).toEqual([
      ['soshik-events', { key: 'telegram:1' }],
    ]);
    expect(harness.world.requests).toEqual([]);
  });

  test('with a button says its words, and the answer stops the waiting', async () => {
    const response = await deliver(pressed('상태 1', 'group'));
    expect(await response.json()).toEqual({
      method: 'answerCallbackQuery',
      callback_query_id: '777',
    });
    expect(await work()).toMatchObject([{ address: GROUP, text: '상태 1', language: 'ko' }]);
  });

  test.each([
    [standing('kicked'), { channel: 'telegram', blocked: '42' }],
    [standing('member'), { channel: 'telegram', unblocked: '42' }],
    [
      { update_id: 5, message: { chat: { id: -7, type: 'group' }, migrate_to_chat_id: -1001 } },
      { channel: 'telegram', migrated: { from: '-7', to: '-1001' } },
    ],
  ])('about a chat is work too: %#', async (update, content) => {
    expect((await deliver(update)).status).toBe(200);
    expect(await work()).toEqual([content]);
  });

  test('of a person whose app tells no language leaves it to the owner', async () => {
    await deliver(privateMessage({ text: 'x' }, { id: 42 }));
    expect(await work()).toEqual([{ channel: 'telegram', account: '', address: '42', text: 'x' }]);
  });

  test('that comes twice is stored once, and queued again while it is not done', async () => {
    await deliver(privateMessage({ text: 'x' }));
    await deliver(privateMessage({ text: 'x' }));
    expect([await inbox(), harness.queues.waiting]).toMatchObject([{ length: 1 }, { length: 2 }]);
  });
});

describe('in a group', () => {
  test('the name the bot was set up under tells its commands from those for others', async () => {
    const bot = { id: '700000001', username: 'soshik_bot', url: 'https://soshik.example/' };
    await writeSetting(harness.env.DB, BOT_SETTING, bot, harness.runtime.now());
    await deliver(groupMessage('/list@other_bot'));
    expect(await inbox()).toEqual([]);
    await deliver(groupMessage('/list@soshik_bot'));
    expect(await work()).toMatchObject([{ address: GROUP, text: '/list' }]);
  });

  test('what people say among themselves is not stored', async () => {
    expect((await deliver(groupMessage('안녕 모두'))).status).toBe(200);
    expect(await inbox()).toEqual([]);
  });
});

describe('nobody but Telegram is heard', () => {
  test.each([
    ['no secret', null],
    ['another secret', 'fake-other-secret'],
    ['a blank secret', ''],
    ['the start of the secret', SECRET.slice(0, -1)],
  ])('%s is answered with an empty 401', async (_name, secret) => {
    const response = await deliver(privateMessage({ text: 'x' }), { secret });
    expect([response.status, await response.text()]).toEqual([401, '']);
    expect(await inbox()).toEqual([]);
  });

  test.each([undefined, '', ' '])('with %j for a secret everybody is refused', async (unset) => {
    harness.redeploy({ TELEGRAM_WEBHOOK_SECRET: unset });
    for (const secret of [null, '', 'undefined', 'null', SECRET]) {
      expect((await deliver(privateMessage({ text: 'x' }), { secret })).status).toBe(401);
    }
  });

  test('a body over 1 MiB is refused', async () => {
    const response = await post(new Uint8Array(1024 * 1024 + 1));
    expect([response.status, await inbox()]).toEqual([413, []]);
  });

  test('other methods are not allowed', async () => {
    const app = createHttp((bindings) => wire(bindings, harness.runtime), rooms);
    const response = await app.fetch(new Request(WEBHOOK), harness.env);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

test.each(['', '{', 'null', '[]', '"x"', '{}', '{"update_id":1}', '{"update_id":1,"poll":{}}'])(
  'of %j with the right secret nothing is kept, and no second copy wanted',
  async (body) => {
    const response = await post(body);
    expect([response.status, await response.text(), await inbox()]).toEqual([200, '', []]);
  },
);

test('bytes that are no text are passed over', async () => {
  expect((await post(new Uint8Array([0xff, 0xfe, 0x00]))).status).toBe(200);
});

test('while storage is down Telegram is asked to come again', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const failing = {
    prepare() {
      throw new Error('D1_ERROR: storage is down');
    },
  };
  // A binding of the platform that fails; nothing of ours is replaced.
  const env: Env = { ...harness.env, DB: Object.assign(Object.create(null), failing) };
  expect((await deliver(privateMessage({ text: 'x' }), { env })).status).toBe(503);
});

test('an update whose queue failed is queued when it comes again', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const closed = { send: () => Promise.reject(new Error('queue is down')) };
  const env: Env = { ...harness.env, EVENTS: Object.assign(Object.create(null), closed) };
  expect((await deliver(privateMessage({ text: 'x' }), { env })).status).toBe(503);
  expect((await deliver(privateMessage({ text: 'x' }))).status).toBe(200);
  expect(harness.queues.waiting).toMatchObject([{ body: { key: 'telegram:1' } }]);
});

test('any JSON at all is answered 200 and sends nothing', async () => {
  const part = fc.oneof(fc.jsonValue(), fc.constant(privateMessage({ text: 'x' })));
  const update = fc.oneof(
    fc.jsonValue(),
    fc.record({ update_id: fc.nat(), message: part }),
    fc.record({ update_id: fc.nat(), callback_query: part }),
    fc.record({ update_id: fc.nat(), my_chat_member: part }),
  );
  await fc.assert(
    fc.asyncProperty(update, async (body) => {
      expect((await post(JSON.stringify(body))).status).toBe(200);
    }),
    { numRuns: 200 },
  );
  expect(harness.world.requests).toEqual([]);
});
