import { describe, expect, test } from 'vitest';
import { answerLater, createKakaoBotClient } from '../../../../src/platforms/kakao/api/bot.ts';
import { textAnswer } from '../../../../src/platforms/kakao/api/skillAnswer.ts';
import { json, recorder } from '../../../recorder.ts';

const BOT = 'https://bot-api.example';
const event = { name: 'repo_changed', data: { text: '[별명] 새 커밋 2건' } };
const users = [{ type: 'botUserKey', id: 'fake-user' }] as const;
const accepted = { taskId: 'fake-task', status: 'SUCCESS', timestamp: 1 };

function botThatGets(
  respond: () => Response | Promise<Response>,
  restApiKey = 'fake-key',
  botId = 'fake-bot!',
) {
  const { runtime, sent } = recorder(respond);
  return { bot: createKakaoBotClient({ runtime, botUrl: BOT, restApiKey, botId }), sent };
}

describe('an event', () => {
  test('goes to people with the key of the app', async () => {
    const { bot, sent } = botThatGets(() => json(accepted));
    const done = await bot.sendEvent({ event, users, params: { repo: 'owner/name' } });
    expect(done).toEqual({ ok: true, value: { taskId: 'fake-task' } });
    expect(sent[0]).toMatchObject({ method: 'POST', url: `${BOT}/v2/bots/fake-bot!/talk` });
    expect(sent[0]?.headers).toMatchObject({
      authorization: 'KakaoAK fake-key',
      'content-type': 'application/json',
    });
    expect(JSON.parse(sent[0]?.text ?? '')).toEqual({
      event,
      user: users,
      params: { repo: 'owner/name' },
    });
  });

  test('goes to rooms', async () => {
    const { bot, sent } = botThatGets(() => json(accepted));
    expect((await bot.sendGroupEvent({ event, rooms: ['r1', 'r2'] })).ok).toBe(true);
    expect(sent[0]?.url).toBe(`${BOT}/v2/bots/fake-bot!/group`);
    expect(JSON.parse(sent[0]?.text ?? '')).toEqual({
      event,
      chat: [
        { id: 'r1', type: 'botGroupKey' },
        { id: 'r2', type: 'botGroupKey' },
      ],
    });
  });

  test('that Kakao does not take was not sent, and may be tried again', async () => {
    const refusal = { taskId: null, status: 'FAIL', message: 'fake words' };
    const { bot } = botThatGets(() => json(refusal));
    expect(await bot.sendEvent({ event, users })).toMatchObject({
      ok: false,
      reason: 'retry',
      detail: 'fake words',
      mayHaveActed: false,
    });
  });

  test('with a dead key is told by the code', async () => {
    const { bot } = botThatGets(() => json({ code: -401, msg: 'wrong appKey' }, 401));
    expect(await bot.sendEvent({ event, users })).toMatchObject({ reason: 'unauthorized' });
  });

  test.each([
    ['no receivers', event, 0],
    ['101 receivers', event, 101],
    ['no name', { name: ' ' }, 1],
  ])('with %s is never sent', async (_name, given, count) => {
    const { bot, sent } = botThatGets(() => json(accepted));
    const ids = Array.from({ length: count }, (_, index) => `fake-${index}`);
    const many = ids.map((id) => ({ type: 'appUserId', id }) as const);
    expect(await bot.sendEvent({ event: given, users: many })).toMatchObject({ reason: 'invalid' });
    expect(await bot.sendGroupEvent({ event: given, rooms: ids })).toMatchObject({
      reason: 'invalid',
    });
    expect(sent).toEqual([]);
  });

  test('to a hundred people is sent, to nobody in particular never', async () => {
    const { bot, sent } = botThatGets(() => json(accepted));
    const rooms = Array.from({ length: 100 }, (_, index) => `fake-${index}`);
    expect((await bot.sendGroupEvent({ event, rooms })).ok).toBe(true);
    expect((await bot.sendGroupEvent({ event, rooms: [...rooms.slice(1), ''] })).ok).toBe(false);
    expect(sent).toHaveLength(1);
  });

  test.each(['', '한글키', 'two words'])('is never sent with %j for a key', async (restApiKey) => {
    const { bot, sent } = botThatGets(() => json(accepted), restApiKey);
    expect(await bot.sendEvent({ event, users })).toMatchObject({ reason: 'configuration' });
    expect(sent).toEqual([]);
  });

  test("stays with its bot whatever the bot's id holds", async () => {
    const { bot, sent } = botThatGets(() => json(accepted), 'fake-key', '../../v1/tasks?');
    await bot.sendEvent({ event, users });
    expect(sent[0]?.url).toBe(`${BOT}/v2/bots/..%2F..%2Fv1%2Ftasks%3F/talk`);
  });
});

describe('a late answer', () => {
  const address = `${BOT}/v1/bots/fake-bot/callback/fake-token`;
  const answer = textAnswer('끝났어요');

  test('goes to the callback address without any key', async () => {
    const { runtime, sent } = recorder(() => json(accepted));
    const done = await answerLater({ runtime, botUrl: BOT }, address, answer);
    expect(done).toEqual({ ok: true, value: { taskId: 'fake-task' } });
    expect(sent[0]).toMatchObject({ method: 'POST', url: address });
    expect(sent[0]?.headers['authorization']).toBeUndefined();
    expect(JSON.parse(sent[0]?.text ?? '')).toEqual(answer);
  });

  test('whose address is used up is refused', async () => {
    const { runtime } = recorder(() => json({ status: 'ERROR', message: 'invalid token' }));
    const done = await answerLater({ runtime, botUrl: BOT }, address, answer);
    expect(done).toMatchObject({ ok: false, detail: 'invalid token' });
  });

  test.each([
    'https://evil.example/callback',
    `${BOT}.evil.example/callback`,
    `${BOT}@evil.example/callback`,
    `${BOT}:8443/callback`,
    'http://bot-api.example/callback',
    'not an address',
  ])('never goes to %s', async (elsewhere) => {
    const { runtime, sent } = recorder(() => json(accepted));
    const done = await answerLater({ runtime, botUrl: BOT }, elsewhere, answer);
    expect(done).toMatchObject({ ok: false, reason: 'invalid' });
    expect(sent).toEqual([]);
  });
});
