import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import type { EnvelopeKind } from '../sandbox/x/envelopes.ts';
import { answers, connectWebhook, createHarness, type Harness, reader } from '../worker/harness.ts';
import { storedKeys } from './attack.ts';

const ENVELOPES: readonly EnvelopeKind[] = ['xaa', 'aaa', 'v1'];
const HALF_HOUR_MS = 30 * 60_000;

async function connected(...changes: Parameters<typeof createHarness>): Promise<Harness> {
  const harness = await createHarness(...changes);
  await connectWebhook(harness);
  return harness;
}

/** The next tick of the `*\/30` cron, and all it sets in motion. */
async function nextCron(harness: Harness): Promise<void> {
  await harness.cron((Math.floor(harness.world.clock.now() / HALF_HOUR_MS) + 1) * HALF_HOUR_MS);
  await harness.settle();
}

/** What a person was answered, after every retry and the next crons. */
async function answersInTheEnd(harness: Harness, personId: string): Promise<string[]> {
  await harness.settle();
  await nextCron(harness);
  await nextCron(harness);
  return answers(harness, personId);
}

describe('copies of one message', () => {
  let harness: Harness;
  let person: { readonly id: string };
  beforeEach(async () => {
    harness = await connected();
    person = reader(harness, 'ko');
  });

  test.each(ENVELOPES)('a hundred, fifty of them at once, as %s: one reply', async (kind) => {
    const { x } = harness.world;
    const event = x.envelope(kind, x.write(person.id, '도움말'));
    const atOnce = await Promise.all(Array.from({ length: 50 }, () => x.deliver(event)));
    await harness.settle();
    const later = await x.deliver(event, { copies: 50 });
    expect(harness.queues.waiting).toEqual([]);
    const all = [...atOnce.flat(), ...later];
    expect(all.map((answer) => answer.status)).toEqual(Array.from({ length: 100 }, () => 200));
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
    expect(await storedKeys(harness)).toHaveLength(1);
  });

  test('while the reply is being worked on: one reply', async () => {
    const { x } = harness.world;
    const event = x.envelope('xaa', x.write(person.id, '도움말'));
    await x.deliver(event);
    await Promise.all([harness.settle(), x.deliver(event), x.deliver(event)]);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });

  test('a day later, as X replays them: no second reply', async () => {
    const { x } = harness.world;
    const event = x.envelope('xaa', x.write(person.id, '도움말'));
    await x.deliver(event);
    await harness.settle();
    harness.world.clock.advance(24 * 60 * 60_000);
    await nextCron(harness);
    await x.deliver(event);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });

  test.each([
    ['one after the other', false],
    ['at once', true],
  ])('in three envelopes, %s: one reply', async (_name, atOnce) => {
    const { x } = harness.world;
    const message = x.write(person.id, '도움말');
    const events = ENVELOPES.map((kind) => x.envelope(kind, message));
    if (atOnce) await Promise.all(events.map((event) => x.deliver(event)));
    else for (const event of events) await x.deliver(event);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
    expect(await storedKeys(harness)).toHaveLength(1);
  });

  test('twice in one body: one reply', async () => {
    const { x } = harness.world;
    const envelope = x.envelope('xaa', x.write(person.id, '도움말'));
    const data = 'data' in envelope ? envelope.data : null;
    await x.deliver({ data: [data, data] });
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });

  test('the same words in two messages are no copies: two replies', async () => {
    await harness.world.x.say(person.id, '도움말');
    await harness.world.x.say(person.id, '도움말');
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(2);
  });

  test('delivered to two people at once: one reply each', async () => {
    const { x } = harness.world;
    const other = reader(harness, 'en');
    await Promise.all([
      x.say(person.id, '도움말', { copies: 10 }),
      x.say(other.id, 'help', { copies: 10 }),
    ]);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
    expect(answers(harness, other.id)).toHaveLength(1);
  });

  test.each(ENVELOPES)('of what the bot itself said, as %s: no reply', async (kind) => {
    const { x } = harness.world;
    await x.say(person.id, '도움말');
    await harness.settle();
    const own = x.conversation(person.id).find(({ from }) => from === x.bot.id);
    if (!own) throw new Error('the bot said nothing');
    const [answer] = await x.deliver(x.envelope(kind, own), { copies: 3 });
    expect(answer?.status).toBe(200);
    expect(harness.queues.waiting).toEqual([]);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });
});

describe('what was captured before the keys of that time were forgotten', () => {
  const DAY_MS = 24 * HALF_HOUR_MS * 2;
  let harness: Harness;
  beforeEach(async () => {
    harness = await connected();
  });

  test.each(ENVELOPES)(
    'is passed over by X’s door as %s, and what is a day old is not',
    async (kind) => {
      const { x, clock } = harness.world;
      const person = reader(harness, 'ko');
      const event = x.envelope(kind, x.write(person.id, '도움말'));
      clock.advance(DAY_MS);
      await x.deliver(event);
      expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
      clock.advance(41 * DAY_MS);
      await nextCron(harness);
      expect(await storedKeys(harness)).toEqual([]);
      const [answer] = await x.deliver(event);
      expect(answer?.status).toBe(200);
      expect(await storedKeys(harness)).toEqual([]);
      expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
    },
  );

  const v2 = (created_at: string) => ({
    data: {
      event_uuid: created_at,
      event_type: 'dm.received',
      filter: { user_id: harness.world.x.bot.id },
      payload: {
        id: `18${Date.parse(created_at)}`,
        event_type: 'MessageCreate',
        sender_id: reader(harness, 'ko').id,
        text: '도움말',
        created_at,
      },
    },
  });
  const YEAR_2014 = Date.UTC(2014, 0, 1);

  test('is passed over in the shape of API v2', async () => {
    const [answer] = await harness.world.x.deliver(v2(new Date(YEAR_2014).toISOString()));
    expect(answer?.status).toBe(200);
    expect(await storedKeys(harness)).toEqual([]);
    await harness.world.x.deliver(v2(new Date(harness.world.clock.now()).toISOString()));
    expect(await storedKeys(harness)).toHaveLength(1);
  });

  test.each([
    ['a message', 'message', { from: { id: 5, language_code: 'ko' }, text: '도움말' }],
    ['a post of a channel', 'channel_post', { text: '/watch hana/garden' }],
    ['word of a block', 'my_chat_member', { new_chat_member: { status: 'kicked' } }],
  ])('is passed over by Telegram’s door: %s', async (_what, kind, content) => {
    const type = kind === 'channel_post' ? 'channel' : 'private';
    const entities = [{ type: 'bot_command', offset: 0, length: 6 }];
    const update = (update_id: number, at: number) => ({
      update_id,
      [kind]: { message_id: 1, chat: { id: 5, type }, date: at / 1000, ...content, entities },
    });
    const answer = await harness.fetch(fromTelegram(update(1, YEAR_2014)));
    expect(answer.status).toBe(200);
    expect(await storedKeys(harness)).toEqual([]);
    await harness.fetch(fromTelegram(update(2, harness.world.clock.now())));
    expect(await storedKeys(harness)).toHaveLength(1);
  });
});

function fromTelegram(update: object): Request {
  return new Request('https://soshik.example/webhook/telegram', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': sandboxSecrets.TELEGRAM_WEBHOOK_SECRET,
    },
    body: JSON.stringify(update),
  });
}

/** `target`, whose calls of one method fail while `fails` says so of their first argument. */
function failing<Target extends object>(
  target: Target,
  method: keyof Target,
  fails: (argument: unknown) => boolean,
): Target {
  return new Proxy(target, {
    get(_, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...values: unknown[]): unknown => {
        if (property === method && fails(values[0])) throw new Error('simulated outage');
        return Reflect.apply(value, target, values);
      };
    },
  });
}

/** The Worker, whose queue of events takes nothing the first few times. */
function withQueueFailing(times: number): Promise<Harness> {
  let failures = times;
  const fails = (): boolean => failures-- > 0;
  return connected({}, ({ env, runtime }) => ({
    runtime,
    env: { ...env, EVENTS: failing(failing(env.EVENTS, 'sendBatch', fails), 'send', fails) },
  }));
}

/** The Worker whose D1 fails once at the first statement that begins with `sql`. */
function withStatementFailing(sql: string): Promise<Harness> {
  let failures = 1;
  return connected({}, ({ env, runtime }) => ({
    runtime,
    env: {
      ...env,
      DB: failing(env.DB, 'prepare', (text) => String(text).startsWith(sql) && failures-- > 0),
    },
  }));
}

describe('an outage', () => {
  test('of the statement that keeps the event: 503, and the retry brings one reply', async () => {
    const harness = await withStatementFailing('INSERT INTO inbox');
    const person = reader(harness, 'ko');
    const said = await harness.world.x.say(person.id, '도움말', {
      wait: (ms) => harness.world.clock.advance(ms),
    });
    expect(said.map(({ status }) => status)).toEqual([503, 200]);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
    expect(await storedKeys(harness)).toHaveLength(1);
  });

  test('of the statement that asks what a copy left to do: 503, and still one reply', async () => {
    const harness = await withStatementFailing('SELECT key FROM inbox');
    const person = reader(harness, 'ko');
    const said = await harness.world.x.say(person.id, '도움말', {
      copies: 2,
      wait: (ms) => harness.world.clock.advance(ms),
    });
    expect(said.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(said.filter(({ status }) => status === 503)).toHaveLength(1);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
    expect(await storedKeys(harness)).toHaveLength(1);
  });

  test('of the queue: 503, and the retry brings one reply', async () => {
    const harness = await withQueueFailing(1);
    const person = reader(harness, 'ko');
    const said = await harness.world.x.say(person.id, '도움말');
    expect(said.map(({ status }) => status)).toEqual([503, 200]);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });

  test('of the queue until X gives up: the next cron brings one reply', async () => {
    const harness = await withQueueFailing(4);
    const person = reader(harness, 'ko');
    const said = await harness.world.x.say(person.id, '도움말', {
      wait: (ms) => harness.world.clock.advance(ms),
    });
    expect(said.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    await harness.settle();
    expect(answers(harness, person.id)).toEqual([]);
    await nextCron(harness);
    expect(answers(harness, person.id)).toHaveLength(1);
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });

  test('of the queue for half of fifty copies at once: one reply', async () => {
    const harness = await withQueueFailing(25);
    const person = reader(harness, 'ko');
    const { x } = harness.world;
    const event = x.envelope('xaa', x.write(person.id, '도움말'));
    await Promise.all(Array.from({ length: 50 }, () => x.deliver(event)));
    expect(await answersInTheEnd(harness, person.id)).toHaveLength(1);
  });
});
