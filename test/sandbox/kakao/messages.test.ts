import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/lib/time.ts';
import { createTestKakao, type TestKakao, textTemplate } from './client.ts';

const memoPath = '/v2/api/talk/memo/default/send';
const friendsPath = '/v1/api/talk/friends/message/default/send';
const link = { web_url: 'https://soshik.example/menu' };

const bearerOf = ({ kakao }: TestKakao, personId: string) =>
  `Bearer ${kakao.issueTokens(personId).accessToken}`;

async function toSelf(stage: TestKakao, template: string) {
  const fields = { template_object: template };
  return await stage.api(memoPath, bearerOf(stage, stage.ko.id), fields);
}

interface FriendsPage {
  readonly elements: { readonly uuid: string; readonly allowed_msg: boolean }[];
  readonly total_count: number;
  readonly after_url: string | null;
}

async function page(stage: TestKakao, bearer: string, query = 'limit=100'): Promise<FriendsPage> {
  const url = `https://kapi.kakao.com/v1/api/talk/friends?${query}`;
  const request = new Request(url, { headers: { authorization: bearer } });
  return await (await stage.handle(request)).json();
}

/** uuids of all friends of the Korean reader, and a way to send to some of them. */
async function withFriends(stage: TestKakao) {
  const bearer = bearerOf(stage, stage.ko.id);
  const uuids = (await page(stage, bearer)).elements.map(({ uuid }) => uuid);
  const send = async (to: readonly string[], text = '점심') =>
    await stage.api(friendsPath, bearer, {
      receiver_uuids: JSON.stringify(to),
      template_object: textTemplate(text),
    });
  return { bearer, uuids, send };
}

describe('messages to oneself', () => {
  test('arrive in the chat with oneself', async () => {
    const stage = createTestKakao();
    expect(await toSelf(stage, textTemplate('안녕'))).toEqual({
      status: 200,
      json: { result_code: 0 },
    });
    expect(stage.kakao.memo(stage.ko.id)).toEqual([
      { at: stage.clock.now(), template: JSON.parse(textTemplate('안녕')), lostLinks: [] },
    ]);
    expect(stage.kakao.memo(stage.en.id)).toEqual([]);
  });

  test('lose the links of domains that are not registered', async () => {
    const stage = createTestKakao();
    const foreign = 'https://www.github.com/a/b';
    expect((await toSelf(stage, textTemplate('새 커밋', foreign))).status).toBe(200);
    expect(stage.kakao.memo(stage.ko.id)).toMatchObject([
      { template: { text: '새 커밋', link: {} }, lostLinks: [foreign] },
    ]);
  });

  test('are refused as JSON, without a token, and without consent', async () => {
    const stage = createTestKakao();
    const body = JSON.stringify({ template_object: textTemplate('a') });
    const headers = {
      authorization: bearerOf(stage, stage.ko.id),
      'content-type': 'application/json',
    };
    const url = `https://kapi.kakao.com${memoPath}`;
    const asJson = await stage.handle(new Request(url, { method: 'POST', headers, body }));
    expect(asJson.status).toBe(400);
    const fields = { template_object: textTemplate('a') };
    expect(await stage.api(memoPath, 'Bearer unknown', fields)).toMatchObject({
      status: 401,
      json: { code: -401 },
    });
    stage.kakao.withdrawScope(stage.ko.id, 'talk_message');
    const bearer = `Bearer ${stage.kakao.issueTokens(stage.ko.id, ['friends']).accessToken}`;
    expect(await stage.api(memoPath, bearer, fields)).toMatchObject({
      status: 403,
      json: { code: -402, required_scopes: ['talk_message'] },
    });
  });

  test('do not reach who gave up KakaoTalk', async () => {
    const stage = createTestKakao();
    stage.kakao.leaveTalk(stage.ko.id);
    expect(await toSelf(stage, textTemplate('a'))).toMatchObject({ json: { code: -501 } });
  });

  test('count for the app alone, until told to count for the sender too', async () => {
    const stage = createTestKakao();
    stage.kakao.app.quota.senderPerDay = 1;
    for (const text of ['a', 'b'])
      expect((await toSelf(stage, textTemplate(text))).status).toBe(200);
    expect(stage.kakao.today(stage.ko.id)).toEqual({ app: 2, sent: 0, received: 0 });
    stage.kakao.app.countsMemos = true;
    expect((await toSelf(stage, textTemplate('c'))).status).toBe(200);
    expect(await toSelf(stage, textTemplate('d'))).toMatchObject({ json: { code: -532 } });
    stage.kakao.app.quota.appPerDay = 3;
    stage.kakao.app.countsMemos = false;
    expect(await toSelf(stage, textTemplate('e'))).toMatchObject({ json: { code: -10 } });
  });
});

const content = { title: '제목', image_url: 'https://soshik.example/a.png', link };
const button = { title: '보기', link };
const list = { object_type: 'list', header_title: '소식', header_link: link };

describe('templates', () => {
  test.each([
    ['200 characters', { object_type: 'text', text: '가'.repeat(200), link }],
    ['two buttons', { object_type: 'text', text: 'a', link, buttons: [button, button] }],
    ['a feed', { object_type: 'feed', content, social: { like_count: 1 } }],
    ['three contents', { ...list, contents: [content, content, content] }],
    ['a place', { object_type: 'location', address: '서울', content }],
    ['goods', { object_type: 'commerce', content, commerce: { regular_price: 1000 } }],
    ['a date', { object_type: 'calendar', id_type: 'event', id: 'e1', content }],
  ])('%s: accepted', async (_, template) => {
    expect((await toSelf(createTestKakao(), JSON.stringify(template))).status).toBe(200);
  });

  test.each([
    ['201 characters', { object_type: 'text', text: '가'.repeat(201), link }],
    ['no text', { object_type: 'text', text: '', link }],
    ['no link', { object_type: 'text', text: 'a' }],
    ['a link that is none', { object_type: 'text', text: 'a', link: { web_url: 'menu' } }],
    ['an unknown member', { object_type: 'text', text: 'a', link, color: 'red' }],
    ['an unknown kind', { object_type: 'poem', text: 'a', link }],
    ['three buttons', { object_type: 'text', text: 'a', link, buttons: [button, button, button] }],
    ['one content', { ...list, contents: [content] }],
    ['four contents', { ...list, contents: [content, content, content, content] }],
    ['a long header', { ...list, header_title: 'a'.repeat(201), contents: [content, content] }],
    ['empty content', { object_type: 'feed', content: { link } }],
    [
      'six items',
      {
        object_type: 'feed',
        content,
        item_content: { items: Array.from({ length: 6 }, () => ({ item: 'a', item_op: 'b' })) },
      },
    ],
    ['a long sum', { object_type: 'feed', content, item_content: { sum: '1234567' } }],
    [
      'two map buttons',
      { object_type: 'location', address: '서울', content, buttons: [button, button] },
    ],
    ['a word as price', { object_type: 'commerce', content, commerce: { regular_price: '1000' } }],
  ])('%s: refused with -2, and nothing arrives', async (_, template) => {
    const stage = createTestKakao();
    expect(await toSelf(stage, JSON.stringify(template))).toMatchObject({
      status: 400,
      json: { code: -2, msg: expect.stringContaining('template_object') },
    });
    expect(stage.kakao.memo(stage.ko.id)).toEqual([]);
    expect(stage.kakao.refusals).toHaveLength(1);
  });

  test('no JSON is refused', async () => {
    expect(await toSelf(createTestKakao(), 'a')).toMatchObject({ json: { code: -2 } });
  });
});

describe('the friends list', () => {
  test('pages by after_url over all twelve, each under a uuid of the viewer’s own', async () => {
    const stage = createTestKakao();
    const bearer = bearerOf(stage, stage.ko.id);
    const first = await page(stage, bearer, 'limit=5');
    expect([first.elements.length, first.total_count]).toEqual([5, 12]);
    const uuids = first.elements.map(({ uuid }) => uuid);
    let next = first.after_url;
    while (next !== null) {
      const { elements, after_url } = await page(stage, bearer, new URL(next).search.slice(1));
      uuids.push(...elements.map(({ uuid }) => uuid));
      next = after_url;
    }
    expect(new Set(uuids).size).toBe(12);
    const others = await page(stage, bearerOf(stage, stage.en.id));
    expect(others.elements.map(({ uuid }) => uuid)).not.toEqual(
      expect.arrayContaining(uuids.slice(0, 1)),
    );
  });

  test('after_url stays on the address that was used', async () => {
    const stage = createTestKakao();
    const headers = {
      authorization: bearerOf(stage, stage.ko.id),
      'x-sandbox-url': 'http://127.0.0.1:8788/kapi/v1/api/talk/friends',
    };
    const url = 'https://kapi.kakao.com/v1/api/talk/friends';
    const body: FriendsPage = await (await stage.handle(new Request(url, { headers }))).json();
    expect(body.after_url).toBe(
      'http://127.0.0.1:8788/kapi/v1/api/talk/friends?offset=10&limit=10',
    );
  });

  test('before the review only members are listed', async () => {
    const stage = createTestKakao();
    const bearer = bearerOf(stage, stage.ko.id);
    stage.kakao.app.memberIds = stage.kakao.friends.slice(0, 3).map(({ id }) => id);
    expect((await page(stage, bearer)).total_count).toBe(3);
    stage.kakao.app.isFriendsApproved = true;
    expect((await page(stage, bearer)).total_count).toBe(12);
  });

  test('too large a page is refused', async () => {
    const stage = createTestKakao();
    const told = await stage.api('/v1/api/talk/friends?limit=101', bearerOf(stage, stage.ko.id));
    expect(told).toMatchObject({ status: 400, json: { code: -2 } });
  });
});

describe('messages to friends', () => {
  test('one blocked friend of five is told, the others get the message', async () => {
    const stage = createTestKakao();
    const { uuids, send, bearer } = await withFriends(stage);
    const blocked = stage.kakao.friends[1]?.id ?? '';
    stage.kakao.refuseMessages(blocked, { isListed: false });
    expect((await page(stage, bearer)).elements.every((friend) => friend.allowed_msg)).toBe(true);
    const [one, two, ...rest] = uuids.slice(0, 5);
    expect(await send(uuids.slice(0, 5))).toEqual({
      status: 200,
      json: {
        successful_receiver_uuids: [one, ...rest],
        failure_info: [{ code: -530, msg: expect.any(String), receiver_uuids: [two] }],
      },
    });
    const got = stage.kakao.friends.map(({ id }) => stage.kakao.delivered(id).length);
    expect(got).toEqual([1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(stage.kakao.delivered(stage.kakao.friends[0]?.id ?? '')).toMatchObject([
      { from: stage.ko.id, template: { text: '점심' } },
    ]);
  });

  test('who refuses is listed as such, until they accept', async () => {
    const stage = createTestKakao();
    const { bearer } = await withFriends(stage);
    const friend = stage.kakao.friends[0]?.id ?? '';
    stage.kakao.refuseMessages(friend);
    expect((await page(stage, bearer)).elements[0]?.allowed_msg).toBe(false);
    stage.kakao.acceptMessages(friend);
    expect((await page(stage, bearer)).elements[0]?.allowed_msg).toBe(true);
  });

  test.each([
    ['six', (uuids: string[]) => uuids.slice(0, 6)],
    ['none', () => []],
    ['the same twice', (uuids: string[]) => [uuids[0] ?? '', uuids[0] ?? '']],
  ])('%s: refused', async (_, choose) => {
    const { uuids, send } = await withFriends(createTestKakao());
    expect(await send(choose(uuids))).toMatchObject({ status: 400, json: { code: -2 } });
  });

  test('nobody reached is an error, or a list when told so', async () => {
    const stage = createTestKakao();
    const { send } = await withFriends(stage);
    expect(await send(['nobody'])).toMatchObject({ status: 400, json: { code: -502 } });
    stage.kakao.app.whenNobodyIsReached = 'list';
    expect(await send(['nobody'])).toMatchObject({
      status: 200,
      json: { successful_receiver_uuids: [], failure_info: [{ code: -502 }] },
    });
  });

  test('an ended friendship is -502, an ended KakaoTalk -501', async () => {
    const stage = createTestKakao();
    const { uuids, send } = await withFriends(stage);
    const [one, two] = stage.kakao.friends;
    stage.kakao.unfriend(stage.ko.id, one?.id ?? '');
    stage.kakao.leaveTalk(two?.id ?? '');
    expect((await send(uuids.slice(0, 3))).json).toMatchObject({
      failure_info: [{ code: -502 }, { code: -501 }],
    });
  });

  test.each([
    ['senderPerDay', -532],
    ['receiverPerDay', -533],
    ['pairPerDay', -536],
    ['appPerDay', -10],
  ] as const)('%s used up is %i until the next day in Korea', async (limit, code) => {
    const stage = createTestKakao();
    stage.kakao.app.quota[limit] = 1;
    const { uuids, send } = await withFriends(stage);
    const first = uuids.slice(0, 1);
    expect((await send(first)).status).toBe(200);
    expect(await send(first)).toMatchObject({ status: 400, json: { code } });
    stage.clock.advance(DAY_MS / 2 - 1);
    const late = await withFriends(stage);
    expect(await late.send(first)).toMatchObject({ json: { code } });
    stage.clock.advance(1);
    expect((await late.send(first)).status).toBe(200);
  });
});
