import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSkillRequest } from '../../../../src/platforms/kakao/api/bot.ts';

const user = { id: 'fake-user', type: 'botUserKey' };

/** As in docs/platforms/kakao.md, Skill requests. */
const sample = {
  bot: { id: '5ffffffffffffffffffffff1!', name: '깃허벨' },
  intent: { id: 'x', name: 'x', extra: { reason: { code: 1, message: 'OK' } } },
  action: {
    id: 'x',
    name: '레포 등록',
    params: { repo: 'owner/name' },
    detailParams: { repo: { groupName: '', origin: 'owner/name', value: 'owner/name' } },
    clientExtra: { page: 2 },
  },
  userRequest: {
    block: { id: 'x', name: 'x' },
    user: {
      ...user,
      properties: {
        botUserKey: 'fake-user',
        bot_user_key: 'fake-user',
        plusfriendUserKey: 'fake-friend',
        plusfriend_user_key: 'fake-friend',
        isFriend: true,
        appUserId: '4000000001',
        app_user_id: '4000000001',
        appUserStatus: 'REGISTERED',
      },
    },
    utterance: '관심 레포 추가\n',
    params: { surface: 'Kakaotalk.plusfriend' },
    lang: 'ko',
    timezone: 'Asia/Seoul',
    callbackUrl: 'https://bot-api.kakao.com/v1/bots/x/callback/y',
  },
  contexts: [],
  flow: { trigger: { type: 'TEXT_INPUT' } },
};

function read(userRequest: object, rest: object = {}) {
  const body = { ...rest, userRequest: { user, utterance: '', ...userRequest } };
  return readSkillRequest(body) ?? expect.unreachable();
}

describe('a skill request', () => {
  test('as documented is read whole', () => {
    expect(readSkillRequest(sample)).toEqual({
      userKey: 'fake-user',
      secondKey: 'fake-friend',
      botId: '5ffffffffffffffffffffff1',
      groupKey: null,
      appUserId: '4000000001',
      utterance: '관심 레포 추가',
      detailParams: { repo: 'owner/name' },
      callbackUrl: 'https://bot-api.kakao.com/v1/bots/x/callback/y',
      language: 'ko',
    });
  });

  test('of the test console is read with nothing but the person', () => {
    const body = {
      userRequest: { user: { id: 'x', type: 'accountId', properties: {} }, lang: null },
    };
    expect(readSkillRequest(body)).toEqual({
      userKey: 'x',
      secondKey: null,
      botId: null,
      groupKey: null,
      appUserId: null,
      utterance: '',
      detailParams: {},
      callbackUrl: null,
      language: null,
    });
  });

  test('names under_score are taken too', () => {
    const properties = { plusfriend_user_key: 'fake-friend', app_user_id: 4000000001 };
    expect(read({ user: { ...user, properties } })).toMatchObject({
      secondKey: 'fake-friend',
      appUserId: '4000000001',
    });
  });

  test.each([
    [{ type: 'botGroupKey', id: 'g1', properties: { botGroupKey: 'g2' } }, 'g2'],
    [{ type: 'botGroupKey', id: 'g1' }, 'g1'],
    [{ type: 'other', id: 'g1' }, null],
    [7, null],
    [null, null],
  ])('of the room %j', (chat, groupKey) => {
    expect(read({ chat }).groupKey).toBe(groupKey);
  });

  test.each([
    ['ko', 'ko'],
    ['kr', 'ko'],
    ['ko-KR', 'ko'],
    ['en', 'en'],
    ['en-US', 'en'],
    ['ja', null],
    ['entity', null],
    ['', null],
    [5, null],
  ])('in the language %j', (lang, language) => {
    expect(read({ lang }).language).toBe(language);
  });

  test('parameters that are no texts come as JSON', () => {
    const action = {
      params: { day: '{"date":"2026-11-22"}', only: 'params' },
      detailParams: {
        day: { value: { date: '2026-11-22' } },
        number: { value: 2 },
        gone: { value: null },
        bare: 'text',
        barcode: { origin: 'x', value: '{"barcodeData":"{}"}' },
      },
    };
    expect(read({}, { action }).detailParams).toEqual({
      day: '{"date":"2026-11-22"}',
      only: 'params',
      number: '2',
      bare: 'text',
      barcode: '{"barcodeData":"{}"}',
    });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'x'],
    ['an array', []],
    ['nobody', { userRequest: {} }],
    ['a blank person', { userRequest: { user: { id: ' ' } } }],
    ['a person who is a number', { userRequest: { user: { id: 7 } } }],
    ['a person with an endless name', { userRequest: { user: { id: 'x'.repeat(201) } } }],
  ])('that holds %s is none', (_name, body) => {
    expect(readSkillRequest(body)).toBe(null);
  });
});

test('10,000 random payloads are read or refused, never thrown at', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const partly = (value: object) =>
    fc
      .tuple(fc.constantFrom(...Object.keys(value)), anything)
      .map(([name, other]) => ({ ...value, [name]: other }));
  const payload = fc.oneof(
    anything,
    partly(sample),
    partly(sample.userRequest).map((userRequest) => ({ ...sample, userRequest })),
    partly(sample.action).map((action) => ({ ...sample, action })),
    partly(sample.userRequest.user.properties).map((properties) => ({
      ...sample,
      userRequest: { ...sample.userRequest, user: { ...user, properties } },
    })),
  );
  let refused = 0;
  fc.assert(
    fc.property(payload, (body) => {
      const request = readSkillRequest(body);
      if (request === null) refused += 1;
      else
        expect(Object.values(request.detailParams).every((it) => typeof it === 'string')).toBe(
          true,
        );
    }),
    { numRuns: 10_000 },
  );
  expect(refused).toBeGreaterThan(1000);
  expect(refused).toBeLessThan(9000);
});
