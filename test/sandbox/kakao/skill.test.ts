import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/time.ts';
import { createTestKakao, read } from './client.ts';
import { skillAnswerProblems } from './skill-answer.ts';

type Answer = (body: Record<string, unknown>, request: Request) => Response | Promise<Response>;

const says = (text: string, more: object = {}) => ({
  version: '2.0',
  template: { outputs: [{ simpleText: { text } }], ...more },
});

/** Kakao with a skill that answers as told. */
function withSkill(answer: Answer) {
  const stage = createTestKakao();
  const requests: Request[] = [];
  stage.kakao.reachBy(async (request) => {
    requests.push(request);
    return await answer(await request.clone().json(), request);
  });
  stage.kakao.connectSkill('https://soshik.example/skill', 'sandbox-kakao-skill-token');
  return { ...stage, requests };
}

describe('a skill call', () => {
  test('carries the token, the person and the utterance as the chatbot sends them', async () => {
    const { kakao, ko, requests } = withSkill(() => Response.json(says('네')));
    await kakao.say(ko.id, '도움말', {
      actionName: '레포상태',
      detailParams: { repoAlias: '1' },
      clientExtra: { page: 2 },
    });
    const [request] = requests;
    expect(request?.headers.get('x-skill-token')).toBe('sandbox-kakao-skill-token');
    expect(request?.headers.get('user-agent')).toBe('AHC/2.1');
    expect(await request?.json()).toMatchObject({
      bot: { id: kakao.app.bot.id },
      action: {
        name: '레포상태',
        params: { repoAlias: '1' },
        detailParams: { repoAlias: { groupName: '', origin: '1', value: '1' } },
        clientExtra: { page: 2 },
      },
      userRequest: {
        user: {
          id: ko.botUserKey,
          type: 'botUserKey',
          properties: { plusfriendUserKey: ko.plusfriendUserKey, isFriend: true },
        },
        utterance: '도움말\n',
        lang: 'ko',
      },
    });
  });

  test('names the app user only when the bot is joined to the app and the person logged in', async () => {
    const { kakao, ko } = withSkill(() => Response.json(says('네')));
    const properties = async () => {
      const { request } = await kakao.say(ko.id, 'a');
      return JSON.stringify(request['userRequest']);
    };
    kakao.issueTokens(ko.id);
    expect(await properties()).not.toContain('appUserId');
    kakao.app.bot.isLinked = true;
    expect(await properties()).toContain(`"appUserId":"${ko.id}"`);
    await kakao.blockBot(ko.id);
    expect(await properties()).not.toContain('isFriend');
  });

  test('a right answer appears in the chat with its buttons, and one can be pressed', async () => {
    const replies = [
      { label: '목록', action: 'message', messageText: '레포 목록', extra: { from: 'reply' } },
    ];
    const { kakao, ko, requests } = withSkill(() =>
      Response.json(says('무엇을 할까요?', { quickReplies: replies })),
    );
    const turn = await kakao.say(ko.id, '안녕');
    expect(turn).toMatchObject({ status: 200, problems: [] });
    expect(kakao.chat(ko.id)).toMatchObject([
      { from: 'person', via: 'utterance', text: '안녕' },
      { from: 'bot', via: 'skill', text: '무엇을 할까요?', quickReplies: [{ label: '목록' }] },
    ]);
    await kakao.press(ko.id, '목록');
    expect(await requests[1]?.json()).toMatchObject({
      action: { clientExtra: { from: 'reply' } },
      userRequest: { utterance: '레포 목록\n' },
    });
    await expect(kakao.press(ko.id, '없는 것')).rejects.toThrow('없는 것');
  });

  test.each<[string, Answer]>([
    ['no answer in time', () => new Promise<Response>(() => undefined)],
    ['a broken connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['an error status', () => Response.json(says('a'), { status: 500 })],
    ['no JSON', () => new Response('<p>a</p>', { headers: { 'content-type': 'text/html' } })],
    ['a wrong answer', () => Response.json(says(''))],
  ])('%s: the person reads the block’s own words', async (_, answer) => {
    const { kakao, ko } = withSkill(answer);
    kakao.app.waits.skillMs = 20;
    const turn = await kakao.say(ko.id, 'a');
    expect(turn.problems).toHaveLength(1);
    expect(kakao.chat(ko.id).at(-1)).toMatchObject({
      via: 'failure',
      text: kakao.app.bot.failureText,
    });
  });

  test('an answer after five seconds of the world’s clock comes too late', async () => {
    const stage = withSkill(() => {
      stage.clock.advance(5001);
      return Response.json(says('늦었어요'));
    });
    expect((await stage.kakao.say(stage.ko.id, 'a')).status).toBeNull();
  });

  test('an answer without outputs shows nothing', async () => {
    const nothing = { version: '2.0', template: { outputs: [] } };
    const { kakao, ko } = withSkill(() => Response.json(nothing));
    expect(await kakao.say(ko.id, 'a')).toMatchObject({ problems: [], entry: null });
    expect(kakao.chat(ko.id)).toHaveLength(1);
  });
});

const withCallback = v.object({ callbackUrl: v.optional(v.string(), '') });

describe('a slow answer', () => {
  const waiting = { version: '2.0', useCallback: true, data: { text: '찾고 있어요' } };

  async function started(options: { callback: boolean; groupKey?: string }) {
    const stage = withSkill(() => Response.json(waiting));
    const turn = await stage.kakao.say(stage.ko.id, '상태', options);
    const { callbackUrl } = v.parse(withCallback, turn.request['userRequest']);
    const finish = async (body: object, url = callbackUrl) =>
      await read(
        await stage.handleBot(new Request(url, { method: 'POST', body: JSON.stringify(body) })),
      );
    return { ...stage, turn, callbackUrl, finish };
  }

  test('shows the word to wait, then what is posted to the callback address, once', async () => {
    const { kakao, ko, finish } = await started({ callback: true });
    expect(await finish(says('찾았어요'))).toMatchObject({
      status: 200,
      json: { status: 'SUCCESS', taskId: expect.any(String) },
    });
    expect(kakao.chat(ko.id).map(({ via, text }) => [via, text])).toEqual([
      ['utterance', '상태'],
      ['waiting', '찾고 있어요'],
      ['callback', '찾았어요'],
    ]);
    expect((await finish(says('또'))).json).toMatchObject({ status: 'FAIL' });
    expect(kakao.chat(ko.id)).toHaveLength(3);
  });

  test('must come within a minute, in a group room within five', async () => {
    const inChannel = await started({ callback: true });
    inChannel.clock.advance(MINUTE_MS);
    expect((await inChannel.finish(says('a'))).json).toMatchObject({ status: 'FAIL' });
    const key = inChannel.kakao.rooms[0]?.key ?? '';
    const inRoom = await started({ callback: true, groupKey: key });
    inRoom.clock.advance(4 * MINUTE_MS);
    expect((await inRoom.finish(says('a'))).json).toMatchObject({ status: 'SUCCESS' });
    expect(inRoom.kakao.chat(key).at(-1)).toMatchObject({ via: 'callback', text: 'a' });
  });

  test.each([
    ['a wrong answer', says(''), (url: string) => url],
    ['another bot', says('a'), (url: string) => url.replace(/bots\/\w+/, 'bots/other')],
    ['an unknown token', says('a'), (url: string) => `${url}x`],
  ])('%s is refused', async (_, body, change) => {
    const { finish, callbackUrl } = await started({ callback: true });
    expect(await finish(body, change(callbackUrl))).toMatchObject({ json: { status: 'FAIL' } });
  });

  test('is no right answer where the block has no callback', async () => {
    const { turn, callbackUrl } = await started({ callback: false });
    expect(callbackUrl).toBe('');
    expect(turn.problems).toEqual(['useCallback: the block has no callback']);
  });
});

const button = (label = '보기') => ({
  label,
  action: 'webLink',
  webLinkUrl: 'https://soshik.example',
});
const reply = { label: '목록', action: 'message', messageText: '목록' };
const items = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `${index}` }));
const card = (textCard: object) => ({ version: '2.0', template: { outputs: [{ textCard }] } });
const list = (count: number, more: object = {}) => ({
  version: '2.0',
  template: {
    outputs: [{ listCard: { header: { title: '목록' }, items: items(count), ...more } }],
  },
});
const cards = (count: number) =>
  Array.from({ length: count }, () => ({ title: '제목', description: '가'.repeat(126) }));
const carousel = (count: number) => ({
  version: '2.0',
  template: { outputs: [{ carousel: { type: 'textCard', items: cards(count) } }] },
});
const channel = { inGroup: false, mayWait: false };
const room = { inGroup: true, mayWait: false };

describe('an answer', () => {
  test.each<[string, object]>([
    ['1,000 characters', says('가'.repeat(1000))],
    ['ten quick replies', says('a', { quickReplies: Array.from({ length: 10 }, () => reply) })],
    ['three buttons', card({ title: 'a', buttons: [button(), button(), button()] })],
    ['a label of 14 characters', card({ title: 'a', buttons: [button('가'.repeat(14))] })],
    ['a full text card', card({ title: '가'.repeat(50), description: '가'.repeat(350) })],
    ['five items', list(5, { buttons: [button(), button()] })],
    ['ten cards', carousel(10)],
    ['a context', { ...says('a'), context: { values: [{ name: 'w', lifeSpan: 0 }] } }],
    ['data', { ...says('a'), data: { x: 1 } }],
  ])('with %s is right', (_, answer) => {
    expect(skillAnswerProblems(answer, channel)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['null', null],
    ['another version', { ...says('a'), version: '1.0' }],
    ['no template', { version: '2.0' }],
    ['an unknown member', { ...says('a'), color: 'red' }],
    ['an unknown component', { version: '2.0', template: { outputs: [{ poem: { text: 'a' } }] } }],
    ['1,001 characters', says('가'.repeat(1001))],
    [
      'four outputs',
      {
        version: '2.0',
        template: { outputs: Array.from({ length: 4 }, () => ({ simpleText: { text: 'a' } })) },
      },
    ],
    ['eleven quick replies', says('a', { quickReplies: Array.from({ length: 11 }, () => reply) })],
    ['a quick reply to a page', says('a', { quickReplies: [button()] })],
    ['four buttons', card({ title: 'a', buttons: Array.from({ length: 4 }, () => button()) })],
    [
      'three buttons in a row',
      card({ title: 'a', buttonLayout: 'horizontal', buttons: [button(), button(), button()] }),
    ],
    [
      'wide buttons in a row',
      card({ title: 'a', buttonLayout: 'horizontal', buttons: [button('가'.repeat(9)), button()] }),
    ],
    ['a label of 15 characters', card({ title: 'a', buttons: [button('가'.repeat(15))] })],
    [
      'a button that leads nowhere',
      card({ title: 'a', buttons: [{ label: 'a', action: 'webLink', webLinkUrl: '/menu' }] }),
    ],
    ['an empty text card', card({ buttons: [button()] })],
    ['a long text card', card({ title: '가'.repeat(50), description: '가'.repeat(351) })],
    ['six items', list(6)],
    ['three buttons under a list', list(2, { buttons: [button(), button(), button()] })],
    ['eleven cards', carousel(11)],
    ['a bubble over 30 KB', list(1, { items: [{ title: '가'.repeat(11_000) }] })],
  ])('with %s is wrong', (_, answer) => {
    expect(skillAnswerProblems(answer, channel)).not.toEqual([]);
  });

  test.each<[string, object]>([
    ['quick replies', says('a', { quickReplies: [reply] })],
    ['a carousel', carousel(2)],
    ['six buttons', card({ title: 'a', buttons: Array.from({ length: 6 }, () => button()) })],
  ])('with %s is wrong in a group room', (_, answer) => {
    expect(skillAnswerProblems(answer, room)).not.toEqual([]);
  });

  test('a room takes five buttons, and its request names no key of the channel', async () => {
    const five = card({ title: 'a', buttons: Array.from({ length: 5 }, () => button()) });
    const { kakao, ko } = withSkill(() => Response.json(five));
    const groupKey = kakao.rooms[0]?.key ?? '';
    const turn = await kakao.say(ko.id, '안녕', { groupKey });
    expect(turn.problems).toEqual([]);
    expect(turn.request).toMatchObject({
      userRequest: { chat: { id: groupKey, properties: { botGroupKey: groupKey } } },
    });
    expect(JSON.stringify(turn.request)).not.toContain(ko.plusfriendUserKey);
    expect([kakao.chat(groupKey).length, kakao.chat(ko.id).length]).toEqual([2, 0]);
  });
});
