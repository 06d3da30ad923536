import { beforeEach, describe, expect, test } from 'vitest';
import { makeOwnerCode } from '../../src/bot/owner/intent.ts';
import { DAY_MS } from '../../src/lib/time.ts';
import { keepApp, lookAtApp } from '../../src/platforms/github/client.ts';
import { wire } from '../../src/wire.ts';
import type { Harness } from '../worker/harness.ts';
import { createPolled, halfHour, lastRun } from '../worker/repoPollSteps.ts';
import {
  botMessages,
  connectTelegram,
  groupChat,
  privateChat,
  write,
} from '../worker/telegramSteps.ts';

const ORIGIN = 'https://soshik.example';
const SECRET = 'fake-secret-of-the-app';

let harness: Harness;
/** Ids of chats at Telegram. */
let owner: number;
let stranger: number;

const github = () => harness.world.github;
const say = async (chat: number, text: string) => (await write(harness, chat, text))?.text ?? '';
/** What a chat was told of itself. */
const heard = (chat: number) =>
  botMessages(harness, chat)
    .map(({ text }) => text)
    .join('\n');
const bot = () => wire(harness.env, harness.runtime);

async function claim(chat: number): Promise<void> {
  await say(chat, `주인 ${await makeOwnerCode(bot())}`);
}

async function get(path: string, key?: string): Promise<string> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await harness.fetch(new Request(ORIGIN + path, { headers }));
  return `${answer.status} ${await answer.text()}`;
}

async function push(message: string): Promise<void> {
  github().push('hana/secret', 'main', [{ message }]);
  await halfHour(harness);
}

/** What a stranger is told who says these words, and what GitHub was asked for it. */
async function asked(words: string, name: string): Promise<{ answer: string; urls: string[] }> {
  const from = harness.world.requests.length;
  const answer = await say(stranger, words.replace('X', name));
  const urls = harness.world.requests.slice(from).map(({ url }) => url.replace(name, 'X'));
  return { answer: answer.replaceAll(name, 'X'), urls };
}

/** What a program is told that registers a repository of hana's for a chat. */
async function register(id: number, name: string): Promise<[number, string]> {
  const answer = await harness.fetch(
    new Request(`${ORIGIN}/api/`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${harness.env.API_KEY}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        id: String(id),
        type: 'telegram',
        fav_repository: `hana/${name}`,
        branch: 'main',
        nick_name: 'mine',
      }),
    }),
  );
  return [answer.status, await answer.text()];
}

/** So many days in which nothing happens. */
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    for (let slot = 0; slot < 4; slot += 1) await halfHour(harness);
    harness.world.clock.advance(DAY_MS);
  }
  await halfHour(harness);
}

/** `hana/secret` is private, and the app of `/admin/channels` is installed on it. */
async function setUp(token: string | undefined): Promise<void> {
  harness = await createPolled({ GITHUB_TOKEN: token });
  await connectTelegram(harness);
  owner = privateChat(harness);
  stranger = privateChat(harness, 'en');
  const { app } = github();
  github().addRepository({
    owner: 'hana',
    name: 'secret',
    branches: ['main', 'dev'],
    isPrivate: true,
  });
  github().install(app, 'hana', ['hana/secret']);
  const made = {
    appId: app.id,
    privateKey: await app.privateKey(),
    name: 'soshik',
    path: '/apps/soshik',
    webhookSecret: SECRET,
  };
  expect(await keepApp(bot(), made)).toBe(true);
  await lookAtApp(bot());
  await claim(owner);
}

describe.each([
  ['a token beside the app', 'sandbox-github-token'],
  ['the app alone', undefined],
])('a private repository, with %s', (_how, token) => {
  beforeEach(() => setUp(token));

  test('is watched by the owner’s chat like any other', async () => {
    const { id } = github().repository('hana/secret');
    expect(await say(owner, '구독 hana/secret')).toContain('[secret] 등록 완료');
    expect(await say(owner, '구독 hana/secret 브랜치 dev')).toContain('등록 완료');
    expect(
      botMessages(harness, owner)
        .flatMap(({ buttons }) => buttons)
        .flat()
        .map(({ url }) => url),
    ).not.toContain(`${ORIGIN}/repos/${id}`);
    await push('a quiet change');
    expect(heard(owner)).toContain('a quiet change');
    github().release('hana/secret', { tag: 'v1.0', title: 'hidden release' });
    await halfHour(harness);
    expect(heard(owner)).toContain('hidden release');
    await push('another one');
    expect(await say(owner, '상태 1')).toContain('another one');
  });

  test.each([
    'watch hana/X',
    'https://github.com/hana/X',
    'watch hana/X main',
    'watch hana/X nowhere',
    'watch hana/X release/*',
    'watch hana/X as mine',
  ])('is to a stranger who says %s as if it were not there', async (words) => {
    await say(owner, '구독 hana/secret main as 비밀');
    await push('a quiet change');
    const secret = await asked(words, 'secret');
    expect(secret).toEqual(await asked(words, 'nothing'));
    expect(secret.answer).toContain('no such repository');
    expect(await say(stranger, 'list')).not.toContain('secret');
  });

  test('has no number that a stranger could follow', async () => {
    const { id } = github().repository('hana/secret');
    const there = await asked('/start X', String(id));
    expect(there).toEqual(await asked('/start X', '999'));
    expect(there.answer).not.toContain('secret');
  });

  test('is on no page, in no feed and in no answer to a program', async () => {
    const { id } = github().repository('hana/secret');
    await say(owner, '구독 hana/secret main as 비밀');
    await push('a quiet change');
    const key = harness.env.API_KEY;
    const twins = [
      [`/repos/${id}`, '/repos/999'],
      [`/repos/${id}/feed.atom`, '/repos/999/feed.atom'],
      ['/api/info/?id=hana&repo=secret', '/api/info/?id=hana&repo=nothing'],
      [`/api/git/?id=${owner}&nick_name=비밀`, `/api/git/?id=${owner}&nick_name=없음`],
      [
        `/api/?id=${owner}&nick_name=비밀&fav_repository=hana/secret&branch=main&type=telegram`,
        `/api/?id=${owner}&nick_name=없음&fav_repository=hana/nothing&branch=main&type=telegram`,
      ],
    ];
    const plain = (text: string) =>
      text
        .replaceAll(/secret|nothing|비밀|없음|%EB%B9%84%EB%B0%80|%EC%97%86%EC%9D%8C/g, 'X')
        .replaceAll(String(id), '999');
    for (const [there = '', nowhere = ''] of twins) {
      const answer = await get(there, key);
      expect(plain(answer)).toBe(plain(await get(nowhere, key)));
      expect(`${there} ${answer.slice(0, 3)}`).toBe(`${there} 404`);
    }
    expect(await get(`/api/alias/?id=${owner}`, key)).not.toContain('비밀');
    for (const page of ['/', '/repos']) expect(await get(page)).not.toContain('secret');
    const checked = async (name: string) => {
      const page = await get('/register?channel=telegram');
      const ours = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
      const shown = await get(`/register?channel=telegram&token=${ours}&address=hana/${name}`);
      return plain(shown).replaceAll(/v1\.[\w.-]+/g, 'token');
    };
    expect(await checked('secret')).toBe(await checked('nothing'));
  });

  test('is not registered by a program, for the owner’s chat neither', async () => {
    for (const chat of [owner, stranger]) {
      const answer = await register(chat, 'secret');
      expect(answer).toEqual(await register(chat, 'nothing'));
      expect(answer[0]).toBe(404);
    }
  });

  test('is not shown to a group that is told of trouble', async () => {
    const group = groupChat(harness);
    const { username } = harness.world.telegram.bot;
    const claimed = await say(group, `@${username} 주인 ${await makeOwnerCode(bot())}`);
    expect(claimed).toContain('주인의 대화');
    expect(await say(group, `/watch@${username} hana/secret`)).toContain('찾지 못했어요');
  });

  test('is watched no longer by a chat that is the owner’s no longer, by no way back', async () => {
    await say(owner, '구독 hana/secret main as 비밀');
    await say(owner, '구독 hana/garden main');
    await say(owner, '주인 그만');
    await push('after the owner left');
    const list = await say(owner, '목록');
    expect(list).not.toContain('비밀');
    expect(list).toContain('garden');
    await claim(owner);
    await say(owner, '구독 hana/secret main as 비밀');
    await say(owner, '해제 비밀');
    await harness.env.DB.prepare(`DELETE FROM topics WHERE topic = 'owner'`).run();
    await say(owner, '되돌리기');
    expect(await say(owner, '목록')).not.toContain('비밀');
    expect(heard(owner)).not.toContain('after the owner left');
  });

  test('that is public for a while tells others of that while alone', async () => {
    const { id } = github().repository('hana/secret');
    await say(owner, '구독 hana/secret main as 비밀');
    await push('before it was public');
    github().makePrivate('hana/secret', false);
    await halfHour(harness);
    expect(await say(stranger, 'watch hana/secret main')).toContain('registered');
    await push('while it was public');
    expect(await get(`/repos/${id}`)).toContain('while it was public');
    expect(await get(`/repos/${id}`)).not.toContain('before it was public');
    github().makePrivate('hana/secret');
    await push('after it was public');
    await days(2);
    const told = heard(stranger);
    expect(told).toContain('while it was public');
    expect(told).toContain('It was deleted or made private');
    expect(told).not.toMatch(/before it was public|after it was public/);
    // It was like any other by then, for the owner's chat as well.
    expect(heard(owner)).toMatch(/while it was public[\s\S]*비공개로 바뀌었어요/);
    expect(heard(owner)).not.toContain('after it was public');
    expect((await get(`/repos/${id}`)).slice(0, 3)).toBe('404');
  });

  test('that others watched while it was public is gone for them, whatever the owner watches', async () => {
    github().makePrivate('hana/secret', false);
    await say(stranger, 'watch hana/secret main as mine');
    github().makePrivate('hana/secret');
    expect(await say(owner, '구독 hana/secret main as 비밀')).toContain('등록 완료');
    await push('after it was made private');
    github().rename('hana/secret', 'renamed');
    await halfHour(harness);
    github().push('hana/renamed', 'main', [{ message: 'under the new name' }]);
    await days(2);
    expect(heard(owner)).toContain('under the new name');
    const told = heard(stranger);
    expect(told.split('It was deleted or made private')).toHaveLength(2);
    expect(told).not.toMatch(/after it was made private|renamed|under the new name/);
    const list = await say(stranger, 'list');
    expect(list).toContain('hana/secret');
    expect(list).not.toContain('renamed');
    expect(await say(stranger, 'status 1')).not.toMatch(/renamed|new name/);
    github().makePrivate('hana/renamed', false);
    github().push('hana/renamed', 'main', [{ message: 'in the open again' }]);
    await halfHour(harness);
    expect(heard(stranger)).toContain('in the open again');
  });

  test('that the app is taken off ends for the owner as well', async () => {
    await say(owner, '구독 hana/secret main as 비밀');
    github().app.installations[0]?.repositories.splice(0);
    await push('out of sight');
    await days(2);
    expect(heard(owner)).toContain('삭제됐거나 비공개로');
    expect(heard(owner)).not.toContain('out of sight');
  });

  test('costs calls that are counted', async () => {
    await say(owner, '구독 hana/secret main as 비밀');
    await say(owner, '구독 hana/garden main');
    github().push('hana/garden', 'main', [{ message: 'in the open' }]);
    const from = harness.world.requests.length;
    await push('a quiet change');
    const calls = harness.world.requests
      .slice(from)
      .filter(({ url }) => /api\.github\.com\/(?!app\/installations\?)/.test(url));
    const mints = calls.filter(({ url }) => url.includes('access_tokens')).length;
    const counted = (await lastRun(harness))?.counts.calls;
    expect(calls.length - (token === undefined ? mints : 0)).toBe(counted);
    expect(heard(owner)).toContain('in the open');
  });
});

test('news of a private repository comes at once by the app’s webhook, for the owner alone', async () => {
  await setUp('sandbox-github-token');
  github().reachBy((request) => harness.fetch(request));
  await say(owner, '구독 hana/secret main as 비밀');
  await github().connectWebhook('hana/secret', `${ORIGIN}/webhook/github`, SECRET);
  github().push('hana/secret', 'main', [{ message: 'at once' }]);
  github().release('hana/secret', { tag: 'v1.0', title: 'hidden release' });
  await github().settled();
  await harness.settle();
  expect(heard(owner)).toContain('at once');
  expect(heard(owner)).toContain('hidden release');
  expect(heard(stranger)).toBe('');
});
