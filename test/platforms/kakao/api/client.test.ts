import { describe, expect, test } from 'vitest';
import { createKakaoClient } from '../../../../src/platforms/kakao/api/client.ts';
import type { Recorded } from '../../../recorder.ts';
import { json, recorder } from '../../../recorder.ts';

const API = 'https://kapi.example';
const template = { object_type: 'text', text: '점심\n& 저녁', link: {} } as const;

function clientThatGets(
  respond: (call: Recorded) => Response | Promise<Response>,
  accessToken = 'fake-token',
) {
  const { runtime, sent } = recorder(respond);
  return { kakao: createKakaoClient({ runtime, apiUrl: API, accessToken }), sent };
}

describe('the person', () => {
  test('is known by a number; name and picture are left where they are', async () => {
    const { kakao, sent } = clientThatGets(() =>
      json({ id: 4_000_000_001, kakao_account: { profile: { nickname: '라이언' } } }),
    );
    expect(await kakao.me()).toEqual({ ok: true, value: { id: '4000000001' } });
    expect(sent[0]).toMatchObject({ method: 'GET', url: `${API}/v2/user/me` });
    expect(sent[0]?.headers['authorization']).toBe('Bearer fake-token');
  });

  test('an answer that names nobody is no success', async () => {
    const { kakao } = clientThatGets(() => json({ id: 'me' }));
    expect(await kakao.me()).toMatchObject({ ok: false, reason: 'retry' });
  });

  test('logging out and unlinking are posts of the token alone', async () => {
    const { kakao, sent } = clientThatGets(() => json({ id: 1 }));
    expect(await kakao.logout()).toEqual({ ok: true, value: null });
    expect(await kakao.unlink()).toEqual({ ok: true, value: null });
    expect(sent.map(({ method, url, text }) => [method, url, text])).toEqual([
      ['POST', `${API}/v1/user/logout`, ''],
      ['POST', `${API}/v1/user/unlink`, ''],
    ]);
  });

  test.each(['', ' ', 'two words', '토큰', 'line\nbreak'])(
    'nothing is sent with %j for a token',
    async (accessToken) => {
      const { kakao, sent } = clientThatGets(() => json({ id: 1 }), accessToken);
      expect(await kakao.me()).toMatchObject({ reason: 'unauthorized', mayHaveActed: false });
      expect(sent).toEqual([]);
    },
  );
});

test('a message to oneself is a form with the template as JSON', async () => {
  const { kakao, sent } = clientThatGets(() => json({ result_code: 0 }));
  expect(await kakao.sendToMe(template)).toEqual({ ok: true, value: null });
  expect(sent[0]?.url).toBe(`${API}/v2/api/talk/memo/default/send`);
  expect(sent[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=utf-8');
  const form = new URLSearchParams(sent[0]?.text);
  expect([...form.keys()]).toEqual(['template_object']);
  expect(JSON.parse(form.get('template_object') ?? '')).toEqual(template);
});

describe('messages to friends', () => {
  const five = ['u1', 'u2', 'u3', 'u4', 'u5'];

  test('go out as a JSON array of uuids', async () => {
    const { kakao, sent } = clientThatGets(() => json({ successful_receiver_uuids: five }));
    const done = await kakao.sendToFriends(five, template);
    expect(done).toEqual({ ok: true, value: { delivered: five, failed: [] } });
    expect(sent[0]?.url).toBe(`${API}/v1/api/talk/friends/message/default/send`);
    const form = new URLSearchParams(sent[0]?.text);
    expect(JSON.parse(form.get('receiver_uuids') ?? '')).toEqual(five);
    expect(JSON.parse(form.get('template_object') ?? '')).toEqual(template);
  });

  test('that fail for some say why for each', async () => {
    const { kakao } = clientThatGets(() =>
      json({
        successful_receiver_uuids: ['u5', 'u1'],
        failure_info: [
          { code: -530, msg: 'refused', receiver_uuids: ['u2', 'u4'] },
          { code: -533, msg: 'limit', receiver_uuids: ['u3'] },
        ],
      }),
    );
    const done = await kakao.sendToFriends(five, template);
    expect(done.ok && done.value.delivered).toEqual(['u1', 'u5']);
    expect(done.ok && done.value.failed).toMatchObject([
      { uuid: 'u2', failure: { reason: 'unreachable', code: -530, mayHaveActed: false } },
      { uuid: 'u3', failure: { reason: 'quota', quota: 'receiver', detail: 'limit' } },
      { uuid: 'u4', failure: { reason: 'unreachable' } },
    ]);
  });

  test('that fail for all are told for each too', async () => {
    const failure_info = [{ code: -536, msg: 'pair', receiver_uuids: ['u1'] }];
    const { kakao } = clientThatGets(() => json({ failure_info }));
    const done = await kakao.sendToFriends(['u1'], template);
    expect(done.ok && done.value.delivered).toEqual([]);
    expect(done.ok && done.value.failed).toMatchObject([{ failure: { quota: 'pair' } }]);
  });

  test('may have arrived where Kakao says nothing of a friend', async () => {
    const { kakao } = clientThatGets(() =>
      json({ successful_receiver_uuids: ['u1', 'stranger'], failure_info: [{ code: -530 }] }),
    );
    const done = await kakao.sendToFriends(['u1', 'u2'], template);
    expect(done.ok && done.value).toMatchObject({
      delivered: ['u1'],
      failed: [{ uuid: 'u2', failure: { reason: 'retry', mayHaveActed: true } }],
    });
  });

  test('that failed for a reason nobody knows did not arrive', async () => {
    const failure_info = [{ code: -999, msg: 'new', receiver_uuids: ['u1'] }];
    const { kakao } = clientThatGets(() => json({ failure_info }));
    const done = await kakao.sendToFriends(['u1'], template);
    expect(done.ok && done.value.failed).toMatchObject([
      { failure: { reason: 'invalid', code: -999, detail: 'new', mayHaveActed: false } },
    ]);
  });

  test('a friend whom Kakao names as reached and failed counts as reached', async () => {
    const { kakao } = clientThatGets(() =>
      json({
        successful_receiver_uuids: ['u1'],
        failure_info: [{ code: -1, msg: '', receiver_uuids: ['u1'] }],
      }),
    );
    const done = await kakao.sendToFriends(['u1'], template);
    expect(done).toEqual({ ok: true, value: { delivered: ['u1'], failed: [] } });
  });

  test('an answer that tells of nobody may have acted', async () => {
    const { kakao } = clientThatGets(() => json({}));
    const done = await kakao.sendToFriends(['u1'], template);
    expect(done).toMatchObject({ ok: false, reason: 'retry', mayHaveActed: true });
  });

  test.each([
    ['nobody', []],
    ['six', [...five, 'u6']],
    ['the same friend twice', ['u1', 'u1']],
    ['a friend without a uuid', ['u1', ' ']],
  ])('to %s are never sent', async (_name, uuids) => {
    const { kakao, sent } = clientThatGets(() => json({}));
    const done = await kakao.sendToFriends(uuids, template);
    expect(done).toMatchObject({ ok: false, reason: 'invalid', status: null, mayHaveActed: false });
    expect(sent).toEqual([]);
  });
});

describe('the list of friends', () => {
  const next = `${API}/v1/api/talk/friends?offset=100&limit=100&order=asc`;

  test('is read page by page', async () => {
    const { kakao, sent } = clientThatGets(({ url }) =>
      url === next
        ? json({ elements: [{ uuid: 'u3' }], total_count: 3, after_url: null })
        : json({
            elements: [
              { id: 1, uuid: 'u1', profile_nickname: '어피치', favorite: false, allowed_msg: true },
              { id: 2, uuid: 'u2', profile_nickname: '', allowed_msg: false },
            ],
            total_count: 3,
            before_url: null,
            after_url: next,
          }),
    );
    const first = await kakao.friends();
    expect(first).toEqual({
      ok: true,
      value: {
        friends: [
          { uuid: 'u1', isAllowed: true },
          { uuid: 'u2', isAllowed: false },
        ],
        nextUrl: next,
      },
    });
    const second = await kakao.friends((first.ok && first.value.nextUrl) || expect.unreachable());
    expect(second.ok && second.value).toEqual({
      friends: [{ uuid: 'u3', isAllowed: true }],
      nextUrl: null,
    });
    expect(sent.map(({ url }) => url)).toEqual([`${API}/v1/api/talk/friends?limit=100`, next]);
  });

  test('one friend that cannot be read hides no other', async () => {
    const elements = [7, { uuid: '' }, { nickname: 'x' }, { uuid: 'u1', allowed_msg: 'yes' }];
    const { kakao } = clientThatGets(() => json({ elements }));
    const page = await kakao.friends();
    expect(page.ok && page.value.friends.map(({ uuid }) => uuid)).toEqual(['u1']);
  });

  test.each([
    'https://evil.example/v1/api/talk/friends?offset=1',
    'https://kapi.example.evil.example/v1/api/talk/friends?offset=1',
    'https://kapi.example@evil.example/v1/api/talk/friends?offset=1',
    'http://kapi.example/v1/api/talk/friends?offset=1',
    `${API}/v1/user/unlink`,
    '/v1/api/talk/friends?offset=1',
    '',
  ])('the token never goes to %s', async (address) => {
    const { kakao, sent } = clientThatGets(() => json({ elements: [] }));
    expect(await kakao.friends(address)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(sent).toEqual([]);
  });
});
