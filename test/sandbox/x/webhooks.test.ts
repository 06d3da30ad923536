import { describe, expect, test } from 'vitest';
import { createWorld, sandboxAppBearer, sandboxSecrets, type World } from '../world.ts';
import { call, idIn, type Told } from './client.ts';
import { answerCrc, webhookUrl as url } from './webhook-side.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const minute = 60_000;
const hour = 60 * minute;
const bearer = sandboxAppBearer;

type Answer = 'right' | 'consumer' | 'wrong' | 'redirect' | 'down';

interface Side {
  /** How it answers a CRC. */
  answer: Answer;
  /** How it answers an event, once `open` has come. */
  status: number;
  open: Promise<void>;
  crcs: number;
  readonly got: unknown[];
}

/** The webhook's side: its answers can be changed, what it got is kept. */
function webhookOf(world: World): Side {
  const side: Side = { answer: 'right', status: 200, open: Promise.resolve(), crcs: 0, got: [] };
  world.x.reachBy(async (request) => {
    if (request.method === 'POST') {
      await side.open;
      side.got.push(await request.json());
      return new Response(null, { status: side.status });
    }
    side.crcs += 1;
    switch (side.answer) {
      case 'right':
        return await answerCrc(request);
      case 'consumer':
        return await answerCrc(request, sandboxSecrets.TWITTER_API_SECRET);
      case 'wrong':
        return await answerCrc(request, 'another secret');
      case 'redirect':
        return Response.redirect(`${url}/`, 301);
      case 'down':
        return new Response(null, { status: 503 });
      default:
        return side.answer satisfies never;
    }
  });
  return side;
}

const register = async (world: World, address = url) =>
  await call(world, 'POST', '/2/webhooks', { bearer, body: { url: address } });
const list = async (world: World) => (await call(world, 'GET', '/2/webhooks', { bearer })).json;
const revalidate = async (world: World, id: string) =>
  await call(world, 'PUT', `/2/webhooks/${id}`, { bearer });

const reason = (told: Told) => [told.status, /"message":"(\w+): /.exec(told.text)?.[1]];

describe('registering', () => {
  test('a webhook that answers the CRC is registered and listed', async () => {
    const world = createWorld({ startAt });
    const side = webhookOf(world);
    expect(await list(world)).toEqual({ meta: { result_count: 0 } });
    const told = await register(world);
    const webhook = {
      id: idIn(told.json),
      url,
      valid: true,
      created_at: new Date(startAt).toISOString(),
    };
    expect([told.status, told.json]).toEqual([200, { data: webhook }]);
    expect(side.crcs).toBe(1);
    expect(await list(world)).toEqual({ data: [webhook], meta: { result_count: 1 } });
    expect(told.headers.get('x-rate-limit-limit')).toBe('450');
  });

  const answers: [Answer, RegExp][] = [
    ['wrong', /is not sha256=/],
    ['consumer', /made with the consumer secret/],
    ['redirect', /redirects \(301\)/],
    ['down', /answered 503/],
  ];
  test.each(answers)('an answer that is %s fails the CRC', async (answer, words) => {
    const world = createWorld({ startAt });
    webhookOf(world).answer = answer;
    const told = await register(world);
    expect(reason(told)).toEqual([400, 'CrcValidationFailed']);
    expect(told.text).toMatch(words);
    expect(world.x.webhooks()).toEqual([]);
  });

  test('an app that X checks by its consumer secret wants that one', async () => {
    const world = createWorld({ startAt });
    const side = webhookOf(world);
    world.x.app.crcSecret = 'consumer';
    expect(reason(await register(world))).toEqual([400, 'CrcValidationFailed']);
    side.answer = 'consumer';
    expect((await register(world)).status).toBe(200);
  });

  test('nobody is reached before there is a way', async () => {
    const world = createWorld({ startAt });
    expect(reason(await register(world))).toEqual([400, 'CrcValidationFailed']);
  });

  test.each([
    'soshik.example',
    'http://soshik.example/webhook',
    'https://soshik.example:8443/webhook',
    'http://localhost:8787/webhook',
    'https://127.0.0.1/webhook',
    `https://soshik.example/${'a'.repeat(200)}`,
  ])('the address %s is refused', async (address) => {
    const world = createWorld({ startAt });
    webhookOf(world);
    expect(reason(await register(world, address))).toEqual([400, 'UrlValidationFailed']);
  });

  test('this machine is taken where the app allows it', async () => {
    const world = createWorld({ startAt });
    webhookOf(world);
    world.x.app.allowLocalWebhooks = true;
    expect((await register(world, 'http://localhost:8787/webhook')).status).toBe(200);
    expect(reason(await register(world, 'http://soshik.example:8787/webhook'))).toEqual([
      400,
      'UrlValidationFailed',
    ]);
  });

  test('the same address twice and one too many are named, until one is deleted', async () => {
    const world = createWorld({ startAt });
    webhookOf(world);
    const id = idIn((await register(world)).json);
    expect(reason(await register(world))).toEqual([400, 'DuplicateUrlFailed']);
    const other = 'https://soshik.example/other';
    expect(reason(await register(world, other))).toEqual([400, 'WebhookLimitExceeded']);
    const gone = await call(world, 'DELETE', `/2/webhooks/${id}`, { bearer });
    expect(gone.json).toEqual({ data: { deleted: true } });
    expect((await register(world, other)).status).toBe(200);
    const again = await call(world, 'DELETE', `/2/webhooks/${id}`, { bearer });
    expect(reason(again)).toEqual([400, 'WebhookIdInvalid']);
  });

  test('of two registrations at once one wins', async () => {
    const world = createWorld({ startAt });
    webhookOf(world);
    const told = await Promise.all([register(world), register(world)]);
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200, 400]));
    expect(world.x.webhooks()).toHaveLength(1);
  });

  test('a user token is refused, unknown keys too', async () => {
    const world = createWorld({ startAt });
    webhookOf(world);
    const user = await call(world, 'POST', '/2/webhooks', { body: { url } });
    expect([user.status, user.text]).toEqual([403, expect.stringContaining('Application-Only]')]);
    const body = { url, name: 'x' };
    expect((await call(world, 'POST', '/2/webhooks', { bearer, body })).status).toBe(400);
  });
});

describe('staying valid', () => {
  test('a wrong answer makes it invalid at once, a right one valid again', async () => {
    const world = createWorld({ startAt });
    const side = webhookOf(world);
    const id = idIn((await register(world)).json);
    side.answer = 'wrong';
    expect((await revalidate(world, id)).json).toEqual({ data: { valid: false } });
    expect(await list(world)).toMatchObject({ data: [{ id, valid: false }] });
    side.answer = 'right';
    expect((await revalidate(world, id)).json).toEqual({ data: { valid: true } });
    expect(await list(world)).toMatchObject({ data: [{ id, valid: true }] });
    world.x.app.revalidation = 'attempted';
    expect((await revalidate(world, id)).json).toEqual({ data: { attempted: true } });
    expect(reason(await revalidate(world, '42'))).toEqual([400, 'WebhookIdInvalid']);
  });

  test('a webhook that is down becomes invalid after 28 hours without a right answer', async () => {
    const world = createWorld({ startAt });
    const side = webhookOf(world);
    await register(world);
    side.answer = 'down';
    world.clock.advance(28 * hour);
    await world.x.checkWebhooks();
    expect(world.x.webhooks()).toMatchObject([{ valid: true }]);
    world.clock.advance(1);
    await world.x.checkWebhooks();
    expect(world.x.webhooks()).toMatchObject([{ valid: false }]);
  });

  test('a redirect makes it invalid in the next check, and it hears nothing then', async () => {
    const world = createWorld({ startAt });
    const side = webhookOf(world);
    await register(world);
    await world.x.deliver({ hello: 1 });
    side.answer = 'redirect';
    await world.x.checkWebhooks();
    await world.x.deliver({ hello: 2 });
    expect(side.got).toEqual([{ hello: 1 }]);
  });
});

const date = (at: number) => new Date(at).toISOString().replaceAll(/[-T:]/g, '').slice(0, 12);

const replay = async (world: World, id: string, from: number, to: number) =>
  await call(world, 'POST', '/2/webhooks/replay', {
    bearer,
    body: { webhook_id: id, from_date: date(from), to_date: date(to) },
  });

/** A registered webhook and three events an hour apart, the last of which it missed. */
async function afterThree() {
  const world = createWorld({ startAt });
  const side = webhookOf(world);
  const id = idIn((await register(world)).json);
  for (const number of [1, 2, 3]) {
    if (number === 3) {
      side.answer = 'wrong';
      await world.x.checkWebhooks();
    }
    await world.x.deliver({ number });
    world.clock.advance(hour);
  }
  side.answer = 'right';
  side.got.length = 0;
  return { world, side, id };
}

describe('replay', () => {
  test('events come again, those that were missed too, then the word that it is over', async () => {
    const { world, side, id } = await afterThree();
    const told = await replay(world, id, startAt + hour, world.clock.now());
    expect(told.json).toEqual({
      data: { job_id: idIn(told.json, 'job_id'), created_at: expect.any(String) },
    });
    await world.x.settled();
    expect(side.got).toEqual([
      { number: 2 },
      { number: 3 },
      {
        replay_job_status: {
          webhook_id: id,
          job_state: 'Complete',
          job_state_description: expect.any(String),
          job_id: idIn(told.json, 'job_id'),
        },
      },
    ]);
  });

  test('a refused event is not tried again and leaves the job incomplete', async () => {
    const { world, side, id } = await afterThree();
    side.status = 503;
    await replay(world, id, startAt, startAt + minute);
    await world.x.settled();
    expect(side.got).toMatchObject([
      { number: 1 },
      { replay_job_status: { job_state: 'Incomplete' } },
      { replay_job_status: {} },
      { replay_job_status: {} },
      { replay_job_status: {} },
    ]);
  });

  test('one job at a time for a webhook', async () => {
    const { world, side, id } = await afterThree();
    const { promise, resolve } = Promise.withResolvers<void>();
    side.open = promise;
    await replay(world, id, startAt, startAt + hour);
    const conflict = await replay(world, id, startAt, startAt + hour);
    expect(reason(conflict)).toEqual([409, 'ReplayConflictError']);
    resolve();
    await world.x.settled();
    expect((await replay(world, id, startAt, startAt + hour)).status).toBe(200);
    await world.x.settled();
  });

  test('dates beyond 24 hours, in the future, turned around or no dates are refused', async () => {
    const { world, id } = await afterThree();
    const now = world.clock.now();
    for (const [from, to] of [
      [now - 25 * hour, now],
      [now - hour, now + minute],
      [now, now - hour],
    ] as const) {
      expect(reason(await replay(world, id, from, to))).toEqual([400, 'QueryParamInvalid']);
    }
    for (const from_date of ['2026-11-22', '202613010000', '202602300000']) {
      const body = { webhook_id: id, from_date, to_date: date(now) };
      const told = await call(world, 'POST', '/2/webhooks/replay', { bearer, body });
      expect(reason(told)).toEqual([400, 'QueryParamInvalid']);
    }
    world.x.app.replayDates = 'legacy';
    expect(reason(await replay(world, id, now - hour, now))).toEqual([400, 'QueryParamInvalid']);
    expect((await replay(world, id, now - hour, now - 10 * minute)).status).toBe(200);
    await world.x.settled();
  });

  test('a webhook that answers wrongly is asked first and gets nothing', async () => {
    const { world, side, id } = await afterThree();
    side.answer = 'wrong';
    const told = await replay(world, id, startAt, startAt + hour);
    expect(reason(told)).toEqual([400, 'CrcValidationFailed']);
    expect(reason(await replay(world, '42', startAt, startAt + hour))).toEqual([
      400,
      'WebhookIdInvalid',
    ]);
    expect(side.got).toEqual([]);
  });
});
