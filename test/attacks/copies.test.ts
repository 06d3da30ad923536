import { beforeEach, describe, expect, test } from 'vitest';
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
