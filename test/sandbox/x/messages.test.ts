import { describe, expect, test } from 'vitest';
import { createPng } from '../png.ts';
import { createWorld, type World } from '../world.ts';
import { call, idIn, upload } from './client.ts';

const startAt = Date.UTC(2026, 10, 22, 9);
const hana = '1700000000000000101';
const minute = 60_000;
const png = await createPng(4, 3, () => [200, 30, 40]);

const send = async (world: World, to: string, body: object) =>
  await call(world, 'POST', `/2/dm_conversations/with/${to}/messages`, { body });

const notAllowed = {
  title: 'Forbidden',
  detail: 'You do not have permission to DM one or more participants.',
  type: 'about:blank',
  status: 403,
};

describe('direct messages', () => {
  test('a message is kept in the conversation and gets two ids', async () => {
    const world = createWorld({ startAt });
    world.x.write(hana, '고양이');
    const { status, json } = await send(world, hana, { text: '야옹' });
    const [question, answer] = world.x.conversation(hana);
    expect(status).toBe(201);
    expect(json).toEqual({
      data: { dm_conversation_id: `1700000000000000001-${hana}`, dm_event_id: answer?.id },
    });
    expect(question).toMatchObject({ from: hana, to: world.x.bot.id, text: '고양이', at: startAt });
    expect(answer).toMatchObject({ from: world.x.bot.id, to: hana, text: '야옹' });
  });

  test('a picture may come instead of a text', async () => {
    const world = createWorld({ startAt });
    const attachments = [{ media_id: await upload(world, png, 'dm_image') }];
    expect((await send(world, hana, { attachments })).status).toBe(201);
    expect(world.x.conversation(hana)[0]?.media?.type).toBe('image/png');
    const wrongPlace = [{ media_id: await upload(world, png, 'tweet_image') }];
    expect((await send(world, hana, { attachments: wrongPlace })).status).toBe(400);
  });

  test.each([
    ['neither text nor picture', {}],
    ['an empty text', { text: '' }],
    ['a blank text', { text: ' \n ' }],
    ['10,001 characters', { text: '가'.repeat(10_001) }],
    ['an unknown key', { text: 'a', quick_reply: {} }],
    ['two pictures', { text: 'a', attachments: [{ media_id: '1' }, { media_id: '2' }] }],
  ])('%s is an invalid request', async (_, body) => {
    const world = createWorld({ startAt });
    const { status, json } = await send(world, hana, body);
    expect(status).toBe(400);
    expect(json).toMatchObject({ title: 'Invalid Request' });
    expect(world.x.conversation(hana)).toEqual([]);
  });

  test('10,000 characters are taken', async () => {
    const world = createWorld({ startAt });
    expect((await send(world, hana, { text: '🐾'.repeat(10_000) })).status).toBe(201);
  });

  test('a person who blocked the bot and one who is not there get nothing', async () => {
    const world = createWorld({ startAt });
    world.x.block(hana);
    const blocked = await send(world, hana, { text: 'a' });
    const nobody = await send(world, '42', { text: 'a' });
    expect([blocked.status, nobody.status]).toEqual([403, 403]);
    expect([blocked.json, nobody.json]).toEqual([notAllowed, notAllowed]);
    world.x.unblock(hana);
    expect((await send(world, hana, { text: 'a' })).status).toBe(201);
    expect((await send(world, 'hana', { text: 'a' })).status).toBe(400);
  });

  test('15 messages fit a quarter of an hour, more once the number is raised', async () => {
    const world = createWorld({ startAt });
    for (let count = 0; count < 15; count += 1) await send(world, hana, { text: `${count}` });
    const over = await send(world, hana, { text: '15' });
    expect(over.status).toBe(429);
    expect(over.headers.get('x-rate-limit-remaining')).toBe('0');
    expect(over.headers.get('x-user-limit-24hour-remaining')).toBe('1425');
    world.x.limits.directMessages.per15Min = 16;
    expect((await send(world, hana, { text: '15' })).status).toBe(201);
    world.clock.advance(15 * minute);
    expect((await send(world, hana, { text: '16' })).status).toBe(201);
  });

  test('1,440 messages fit a day, whatever the quarter allows', async () => {
    const world = createWorld({ startAt });
    expect(world.x.limits.directMessages.perUserDay).toBe(1440);
    world.x.limits.directMessages.perUserDay = 2;
    await send(world, hana, { text: '1' });
    await send(world, hana, { text: '2' });
    const over = await send(world, hana, { text: '3' });
    expect(over.status).toBe(429);
    expect(over.headers.get('x-rate-limit-remaining')).toBe('13');
    expect(over.headers.get('x-user-limit-24hour-remaining')).toBe('0');
    const reset = Number(over.headers.get('x-user-limit-24hour-reset')) * 1000;
    expect(reset).toBe(startAt + 24 * 60 * minute);
    world.clock.advance(reset - startAt);
    expect((await send(world, hana, { text: '3' })).status).toBe(201);
  });

  test('ids of messages grow like those of posts', async () => {
    const world = createWorld({ startAt });
    const first = BigInt(world.x.write(hana, 'a').id);
    const posted = await call(world, 'POST', '/2/tweets', { body: { text: 'a' } });
    expect(BigInt(idIn(posted.json))).toBeGreaterThan(first);
  });
});
