import { describe, expect, test } from 'vitest';
import { sandboxSecrets } from '../secrets.ts';
import { createTestKakao, read, type Told } from './client.ts';

const restKey = `KakaoAK ${sandboxSecrets.KAKAO_REST_API_KEY}`;

function withBot() {
  const stage = createTestKakao();
  const call = async (path: string, body?: object, authorization = restKey): Promise<Told> => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const url = `https://bot-api.kakao.com${path}`;
    return await read(
      await stage.handleBot(new Request(url, { ...init, headers: { authorization } })),
    );
  };
  const { id } = stage.kakao.app.bot;
  const talk = async (body: object, botId = id) => await call(`/v2/bots/${botId}/talk`, body);
  const group = async (body: object) => await call(`/v2/bots/${id}/group`, body);
  const result = async ({ json }: Told): Promise<Told> => {
    const task = json !== null && typeof json === 'object' && 'taskId' in json ? json.taskId : '';
    return await call(`/v1/tasks/${String(task)}`);
  };
  return { ...stage, call, talk, group, result };
}

const news = { name: 'news', data: { text: '[별명] 새 커밋 2건' } };
const to = (...ids: string[]) => ids.map((id) => ({ type: 'botUserKey', id }));

describe('the Event API', () => {
  test.each(['botUserKey', 'plusfriendUserKey', 'appUserId'])(
    'writes to a person first, found by their %s, for 15 won',
    async (type) => {
      const { kakao, ko, talk, result } = withBot();
      const id = { ...ko, appUserId: ko.id }[type];
      const before = kakao.app.bot.walletWon;
      const told = await talk({ event: news, user: [{ type, id }] });
      expect(told).toMatchObject({ status: 200, json: { status: 'SUCCESS' } });
      await kakao.settled();
      expect(kakao.chat(ko.id)).toMatchObject([{ via: 'event', text: '[별명] 새 커밋 2건' }]);
      expect(before - kakao.app.bot.walletWon).toBe(15);
      expect((await result(told)).json).toMatchObject({ status: 'ALL SUCCESS', successCount: 1 });
    },
  );

  test('is accepted at once, and its result names those who were not reached', async () => {
    const { kakao, ko, en, talk, result } = withBot();
    await kakao.blockBot(en.id);
    const told = await talk({ event: news, user: to(ko.botUserKey, en.botUserKey, 'nobody') });
    expect(told.json).toMatchObject({ status: 'SUCCESS' });
    await kakao.settled();
    expect((await result(told)).json).toMatchObject({
      status: '2 FAIL',
      allRequestCount: 3,
      successCount: 1,
      userKeyResolvingFailCount: 1,
      fail: {
        count: 2,
        list: expect.arrayContaining([expect.objectContaining({ userId: 'nobody' })]),
      },
    });
    expect(kakao.chat(en.id)).toEqual([]);
    await kakao.addBot(en.id);
    await talk({ event: news, user: to(en.botUserKey) });
    await kakao.settled();
    expect(kakao.chat(en.id)).toHaveLength(1);
  });

  test('asks the skill with the params for a block that has one', async () => {
    const { kakao, ko, talk } = withBot();
    kakao.app.bot.events['asked'] = null;
    const bodies: unknown[] = [];
    kakao.reachBy(async (request) => {
      bodies.push(await request.json());
      return Response.json({
        version: '2.0',
        template: { outputs: [{ simpleText: { text: 'a' } }] },
      });
    });
    kakao.connectSkill('https://soshik.example/skill', 'token');
    await talk({ event: { name: 'asked' }, user: to(ko.botUserKey), params: { repo: 'a/b' } });
    await kakao.settled();
    expect(bodies).toMatchObject([{ userRequest: { params: { repo: 'a/b' } } }]);
    expect(kakao.chat(ko.id)).toMatchObject([{ via: 'event', text: 'a' }]);
  });

  test.each<[string, object]>([
    ['an unknown event', { event: { name: 'other' }, user: to('a') }],
    ['nobody', { event: news, user: [] }],
    ['101 people', { event: news, user: Array.from({ length: 101 }, () => to('a')).flat() }],
    ['an unknown kind of key', { event: news, user: [{ type: 'email', id: 'a' }] }],
  ])('%s: FAIL, with a status as told', async (_, body) => {
    const { kakao, talk } = withBot();
    expect(await talk(body)).toMatchObject({ status: 200, json: { status: 'FAIL' } });
    kakao.app.bot.failStatus = 400;
    expect(await talk(body)).toMatchObject({ status: 400, json: { status: 'FAIL' } });
  });

  test('another bot, an empty wallet and a wrong key are refused, the dev channel is not', async () => {
    const { kakao, ko, talk, call } = withBot();
    const body = { event: news, user: to(ko.botUserKey) };
    expect((await talk(body, 'ffffffffffffffffffffffff')).json).toMatchObject({ status: 'FAIL' });
    expect((await talk(body, `${kakao.app.bot.id}!`)).status).toBe(200);
    kakao.app.bot.walletWon = 14;
    expect((await talk(body)).json).toMatchObject({ status: 'FAIL' });
    const path = `/v2/bots/${kakao.app.bot.id}/talk`;
    expect((await call(path, body, 'KakaoAK wrong')).status).toBe(401);
  });

  test('writes into a group room it was invited to, free of charge', async () => {
    const { kakao, group, call, result } = withBot();
    const before = kakao.app.bot.walletWon;
    const key = kakao.rooms[0]?.key ?? '';
    const rooms = [key, 'elsewhere'].map((id) => ({ type: 'botGroupKey', id }));
    const told = await group({ event: news, chat: rooms });
    await kakao.settled();
    expect((await result(told)).json).toMatchObject({ status: '1 FAIL', successCount: 1 });
    expect(kakao.chat(key)).toMatchObject([{ via: 'event', text: news.data.text }]);
    expect(kakao.app.bot.walletWon).toBe(before);
    expect((await call(`/v3/bots/${kakao.app.bot.id}/group-chat-rooms`)).json).toMatchObject({
      groupChatRooms: [{ botGroupKey: key }],
    });
    const members = await call(`/v2/bots/${kakao.app.bot.id}/group-chat-rooms/${key}/members`);
    expect(members.json).toEqual({
      users: kakao.people.map(({ botUserKey }) => ({ botUserKey })),
    });
  });
});
