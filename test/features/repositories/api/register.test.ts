import { beforeEach, describe, expect, test } from 'vitest';
import { watchesOf } from '../../../../src/features/repositories/store/watches.ts';
import { findPerson, meetPerson } from '../../../../src/store/people.ts';
import {
  type ApiDesk,
  createApiDesk,
  garden,
  HOOK,
  KAKAO_ID,
  registered,
} from '../../../pages/api/apiDesk.ts';
import { fakeKey } from '../../../store/keys.ts';
import { START } from '../../../worker/harness.ts';

let desk: ApiDesk;
beforeEach(async () => {
  desk = await createApiDesk();
});

const DONE = { code: 200, message: '정상적으로 api 호출 완료' };

async function watched(channel: string, address: string) {
  const person = await findPerson(desk.harness.env.DB, channel, address);
  return person && (await watchesOf(desk.harness.env.DB, person.id, START));
}

async function refused(values: Record<string, string>, status: number, message: string) {
  const answer = await desk.call('POST', '/api/', { ...garden, ...values });
  expect(answer).toMatchObject({ status, body: { code: status, message } });
}

describe('POST /api/', () => {
  test('registers what is in JSON, and says it as the seed did', async () => {
    expect(await registered(desk)).toEqual(DONE);
    expect(await watched('kakao', KAKAO_ID)).toMatchObject([
      {
        nickname: '정원',
        repository: { owner: 'hana', name: 'garden' },
        branch: { name: 'main' },
      },
    ]);
  });

  test.each([
    ['a form', new URLSearchParams(garden)],
    [
      'a form in parts',
      (() => {
        const form = new FormData();
        for (const [name, value] of Object.entries(garden)) form.set(name, value);
        return form;
      })(),
    ],
  ])('takes %s, without the slash at the end too', async (_name, form) => {
    const request = new Request('https://x.example/', { method: 'POST', body: form });
    const type = request.headers.get('content-type');
    const answer = await desk.send('POST', '/api', type, await request.arrayBuffer());
    expect(answer).toMatchObject({ status: 200, body: DONE });
    expect(await watched('kakao', KAKAO_ID)).toHaveLength(1);
  });

  test('takes the number of a Telegram chat as a number', async () => {
    const body = JSON.stringify({ ...garden, type: 'telegram', id: -1001234567890 });
    expect(await desk.send('POST', '/api/', 'application/json; charset=utf-8', body)).toMatchObject(
      {
        status: 200,
      },
    );
    expect(await watched('telegram', '-1001234567890')).toHaveLength(1);
  });

  test('takes every form of an address, and a branch with slashes', async () => {
    await registered(desk, {
      ...garden,
      fav_repository: 'git@github.com:hana/garden.git',
      branch: 'feat/roses',
    });
    expect(await watched('kakao', KAKAO_ID)).toMatchObject([{ branch: { name: 'feat/roses' } }]);
  });

  test('knows a person of the chatbot by either of their keys', async () => {
    const { DB } = desk.harness.env;
    const who = {
      channel: 'kakao',
      address: 'fake-bot-user-key',
      secondAddress: KAKAO_ID,
      language: 'ko',
    } as const;
    const person = await meetPerson(DB, who, 1);
    await registered(desk);
    await registered(desk, { ...garden, id: who.address, branch: 'dev', nick_name: '개발' });
    expect(await watchesOf(DB, person.id, START)).toHaveLength(2);
  });

  test('leaves somebody on X at the account they write to', async () => {
    const { DB } = desk.harness.env;
    const who = { channel: 'twitter', address: '42', account: '7', language: 'ko' } as const;
    await meetPerson(DB, who, 1);
    await registered(desk, { ...garden, type: 'twitter', id: '42' });
    expect(await DB.prepare('SELECT account FROM people').all()).toMatchObject({
      results: [{ account: '7' }],
    });
  });

  test('lets the account that posts speak to somebody new on X', async () => {
    await registered(desk, { ...garden, type: 'twitter', id: '42' });
    expect(await desk.harness.env.DB.prepare('SELECT account FROM people').all()).toMatchObject({
      results: [{ account: '1700000000000000001' }],
    });
  });

  test('again with another nickname only changes the nickname', async () => {
    await registered(desk);
    await registered(desk, { ...garden, nick_name: '뜰' });
    expect(await watched('kakao', KAKAO_ID)).toMatchObject([{ nickname: '뜰' }]);
  });

  test('sets the options that are said, and keeps the others', async () => {
    await registered(desk, { ...garden, options: '릴리스만 태그 v2.* 매일 9시' });
    await registered(desk, { ...garden, options: 'daily 18' });
    expect(await watched('kakao', KAKAO_ID)).toMatchObject([
      { options: { commits: false, releases: true, tagPattern: 'v2.*', digestHour: 18 } },
    ]);
  });
});

describe('a webhook', () => {
  const hook = { ...garden, type: 'webhook', id: HOOK };

  test('is given the secret of its address, the same every time', async () => {
    const first = await registered(desk, hook);
    expect(first).toEqual({ ...DONE, secret: expect.stringMatching(/^whsec_.{40,}$/) });
    expect(await registered(desk, { ...hook, id: 'HTTPS://hooks.example.com:443/soshik' })).toEqual(
      first,
    );
    expect(await watched('webhook', HOOK)).toHaveLength(1);
    expect(await registered(desk, { ...hook, id: `${HOOK}/2` })).not.toEqual(first);
  });

  test('that wished for no more news gets news when it is registered again', async () => {
    const { DB } = desk.harness.env;
    await registered(desk, hook);
    await DB.prepare('UPDATE people SET blocked_at = 1').run();
    await registered(desk, hook);
    expect(await DB.prepare('SELECT blocked_at FROM people').first()).toEqual({ blocked_at: null });
  });

  test.each(['http://hooks.example.com/', 'https://127.0.0.1/', 'https://a.internal/', 'hooks'])(
    'at %s is refused',
    async (id) => {
      await refused({ ...hook, id }, 400, expect.stringContaining('https'));
    },
  );

  test('is refused while there is nothing to sign with', async () => {
    desk = await createApiDesk({ TOKEN_KEY: undefined });
    await refused(hook, 503, expect.stringContaining('TOKEN_KEY'));
    desk = await createApiDesk({ TOKEN_KEY: fakeKey(2) });
    await registered(desk, hook);
  });
});

test.each([
  ['en-GB,ko;q=0.5', 'branch must not be empty.'],
  ['ko', '브랜치명은 비어 있으면 안됩니다.'],
  ['fr', '브랜치명은 비어 있으면 안됩니다.'],
])('messages for %s are in its language', async (language, message) => {
  const { branch: _, ...four } = garden;
  const headers = { 'accept-language': language };
  expect(await desk.call('POST', '/api/', four, { headers })).toMatchObject({ body: { message } });
});
