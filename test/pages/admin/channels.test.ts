import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { sandboxSecrets } from '../../sandbox/world.ts';
import { type Browser, createDesk, type Desk, logIn, ORIGIN } from './desk.ts';

const PAGE = '/admin/channels';
const HOOK = `${ORIGIN}/webhook/telegram`;

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
  desk.harness.world.telegram.reachBy((request) => desk.fetch(request));
});

const telegram = () => desk.harness.world.telegram;

async function write(statement: string, ...values: (string | number)[]): Promise<void> {
  await desk.harness.env.DB.prepare(statement)
    .bind(...values)
    .run();
}

/** The rows of the page whose title says this. */
async function row(title: string): Promise<string> {
  const page = await owner.page(PAGE);
  const found = page.split('<li>').find((part) => part.includes(`<strong>${title}</strong>`));
  if (found === undefined) throw new Error(`no row ${title}`);
  return found;
}

async function press(): Promise<string> {
  const answer = await owner.submit(`${PAGE}/telegram`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, PAGE]);
  return owner.page(PAGE);
}

describe('Telegram', () => {
  test('that lacks a secret names it, where to get it, and has no button', async () => {
    desk.harness.redeploy({ TELEGRAM_BOT_TOKEN: undefined });
    const page = await owner.page(PAGE);
    expect(page).toContain('<code>TELEGRAM_BOT_TOKEN</code>');
    expect(page).toContain('@BotFather');
    expect(page).not.toContain('action="/admin/channels/telegram"');
  });

  test('that is not connected says so', async () => {
    expect(await row('텔레그램')).toContain('아직 연결하지 않았어요');
    expect(await owner.page(PAGE)).toContain('텔레그램 연결하기');
  });

  test('is connected at one press, and shown with its name and link', async () => {
    const { username } = telegram().bot;
    const page = await press();
    expect(page).toContain(`텔레그램 @${username} 연결이 끝났어요`);
    expect(page).toContain(`<a href="https://t.me/${username}">@${username}</a>`);
    expect(page).toContain('연결됨');
    expect(telegram().webhook.url).toBe(HOOK);
    const [chat] = telegram().chats;
    await telegram().say(chat?.id ?? 0, '도움말');
    await desk.harness.settle();
    expect(telegram().messages(chat?.id ?? 0)).toHaveLength(2);
  });

  test('whose token is refused says so after the press, as bad news', async () => {
    desk.harness.redeploy({ TELEGRAM_BOT_TOKEN: '700000001:another-fake-token' });
    const page = await press();
    expect(page).toContain('card flash bad');
    expect(page).toContain('텔레그램을 연결하지 못했어요: 텔레그램이 봇 토큰을 받아들이지 않아요');
  });

  test('whose token is refused later is failing', async () => {
    await press();
    desk.harness.redeploy({ TELEGRAM_BOT_TOKEN: '700000001:another-fake-token' });
    const page = await owner.page(PAGE);
    expect(page).toContain('텔레그램이 봇 토큰을 받아들이지 않아요');
    expect(page).toContain('다시 연결하기');
  });

  test('whose secret cannot be sent says what a secret may be', async () => {
    desk.harness.redeploy({ TELEGRAM_WEBHOOK_SECRET: '비밀비밀비밀비밀비밀비밀비밀비밀' });
    expect(await owner.page(PAGE)).toContain('영문자, 숫자');
  });

  test('that delivers elsewhere is failing, with the address', async () => {
    await press();
    telegram().connect('https://elsewhere.example/hook', null);
    const page = await owner.page(PAGE);
    expect(page).toContain('다른 주소로 메시지를 보내고 있어요');
    expect(page).toContain('<code>https://elsewhere.example/hook</code>');
  });

  test('whose messages are not taken is failing with its own words, until they are', async () => {
    await press();
    telegram().connect(HOOK, 'fake-other-secret');
    const [chat] = telegram().chats;
    await telegram().say(chat?.id ?? 0, '도움말');
    const page = await owner.page(PAGE);
    expect(page).toContain('메시지를 봇이 받지 못하고 있어요');
    expect(page).toContain('401');
    telegram().connect(HOOK, sandboxSecrets.TELEGRAM_WEBHOOK_SECRET);
    await telegram().deliver();
    expect(await owner.page(PAGE)).toContain('연결됨');
  });

  test('that somebody disconnected is not connected', async () => {
    await press();
    telegram().connect('', null);
    expect(await owner.page(PAGE)).toContain('아직 연결하지 않았어요');
  });

  test('that does not answer is failing, and the page is shown', async () => {
    await press();
    desk.harness.world.faults.add({ host: 'api.telegram.org', kind: 'status', status: 502 });
    expect(await owner.page(PAGE)).toContain('텔레그램이 지금 대답하지 않아요');
  });
});

describe('KakaoTalk', () => {
  test.each([
    ['로그인 Redirect URI', '/login/kakao/callback'],
    ['연결 해제 웹훅', '/webhook/kakao/unlink'],
    ['계정 상태 변경 웹훅', '/webhook/kakao/events'],
    ['챗봇 스킬 URL', '/skill'],
  ])('has an address to copy: %s', async (title, path) => {
    expect(await row(title)).toContain(`<code>${ORIGIN}${path}</code>`);
  });

  test('names the header that the skill is called with', async () => {
    expect(await row('챗봇 스킬 URL')).toContain('X-Skill-Token');
  });

  test.each([
    ['KAKAO_REST_API_KEY', '카카오 로그인'],
    ['KAKAO_SKILL_TOKEN', '카카오톡 챗봇'],
    ['KAKAO_ADMIN_KEY', '카카오 연결 해제 알림'],
  ])('without %s shows what is off', async (secret, title) => {
    expect(await row(title)).toContain('켜짐');
    desk.harness.redeploy({ [secret]: undefined });
    expect(await row(title)).toMatch(new RegExp(`<code>${secret}</code>.*꺼짐`, 's'));
  });

  test('writes first only where the Event API is set up', async () => {
    expect(await row('챗봇이 먼저 말하기 (Event API)')).toMatch(/KAKAO_EVENT_NAME.*꺼짐/s);
    desk.harness.redeploy({ KAKAO_BOT_ID: 'fakebot', KAKAO_EVENT_NAME: 'news' });
    expect(await row('챗봇이 먼저 말하기 (Event API)')).toContain('켜짐');
  });

  test('logins are counted by state, and those that end within a week', async () => {
    const now = desk.harness.runtime.now();
    const insert = `INSERT INTO kakao_logins
      (id, scopes, connected_at, state, state_since, refresh_expires_at)
      VALUES (?1, '[]', 1, ?2, 1, ?3)`;
    await write(insert, '1', 'connected', now + 6 * DAY_MS);
    await write(insert, '2', 'connected', now + 8 * DAY_MS);
    await write(insert, '3', 'log-in-again', now);
    const page = await owner.page(PAGE);
    expect(page).toContain('연결됨 2 · 다시 로그인해야 함 1 · 끝남 0');
    expect(page).toContain('일주일 안에 끝나는 로그인 1');
  });
});

describe('GitHub and programs', () => {
  test('have an address for GitHub, and say what of it is off', async () => {
    expect(await row('웹훅 주소')).toContain(`<code>${ORIGIN}/webhook/github</code>`);
    desk.harness.redeploy({ GITHUB_TOKEN: undefined, GITHUB_WEBHOOK_SECRET: undefined });
    expect(await row('GitHub 저장소 살펴보기')).toContain('<code>GITHUB_TOKEN</code>');
    expect(await row('GitHub 웹훅')).toContain('<code>GITHUB_WEBHOOK_SECRET</code>');
  });

  test('need no token where a GitHub App is set', async () => {
    desk.harness.redeploy({
      GITHUB_TOKEN: undefined,
      GITHUB_APP_ID: '1',
      GITHUB_APP_PRIVATE_KEY: 'fake-private-key',
      GITHUB_APP_INSTALLATION_ID: '2',
    });
    const shown = await row('GitHub 저장소 살펴보기');
    expect(shown).toContain('켜짐');
    expect(await owner.page(PAGE)).not.toContain('fake-private-key');
  });

  test('say until when GitHub is left alone', async () => {
    expect(await row('GitHub 한도')).toContain('걸리지 않았어요');
    const until = desk.harness.runtime.now() + 20 * MINUTE_MS;
    await write(
      `INSERT INTO settings (key, value, changed_at) VALUES ('github-budget', ?1, 1)`,
      JSON.stringify({ until }),
    );
    expect(await row('GitHub 한도')).toContain('오늘 12:20');
  });

  test('count what is watched and the addresses news is posted to', async () => {
    await write(
      `INSERT INTO repositories (id, node_id, owner, name, added_at)
       VALUES (7, 'R', 'hana', 'garden', 1)`,
    );
    for (const name of ['main', 'dev']) {
      await write(
        `INSERT INTO branches (repository, name, changed_at, state) VALUES (7, ?1, 1, 'ok')`,
        name,
      );
    }
    await write(
      `INSERT INTO people (channel, address, language, created_at)
       VALUES ('webhook', 'https://machine.example/', 'ko', 1)`,
    );
    expect(await row('지켜보는 것')).toContain('저장소 1 · 브랜치 2 · 구독 0');
    expect(await row('나가는 웹훅')).toContain('주소 1');
  });

  test('show whether the API is on, and where it is described', async () => {
    expect(await owner.page(PAGE)).toContain('href="/api/docs"');
    expect(await row('API')).toContain('켜짐');
    desk.harness.redeploy({ API_KEY: undefined });
    expect(await row('API')).toContain('<code>API_KEY</code>');
  });
});

describe('the page', () => {
  test('is in English for who reads English', async () => {
    await owner.get(`${PAGE}?lang=en`);
    const page = await owner.page(PAGE);
    for (const words of ['Connect Telegram', 'Redirect URI of the login', 'Read about the API']) {
      expect(page).toContain(words);
    }
    expect(page.slice(page.indexOf('<main'))).not.toMatch(/[가-힣]/);
  });

  test('shows no secret', async () => {
    const page = await press();
    for (const secret of Object.values(sandboxSecrets)) expect(page).not.toContain(secret);
  });

  test('shows addresses at PUBLIC_URL, however it was opened', async () => {
    desk.harness.redeploy({ PUBLIC_URL: 'https://public.example' });
    expect(await owner.page(PAGE)).toContain('<code>https://public.example/skill</code>');
    await press();
    expect(telegram().webhook.url).toBe('https://public.example/webhook/telegram');
  });

  test('is the owner’s alone', async () => {
    const stranger = await desk.fetch(new Request(`${ORIGIN}${PAGE}`));
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      303,
      `/admin/login?next=${PAGE}`,
    ]);
  });

  test.each([
    ['with a forged token', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }],
    ['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ])('connects nothing for a form %s', async (_how, headers) => {
    const refused = await owner.post(`${PAGE}/telegram`, { csrf: 'forged' }, headers);
    expect(refused.status).toBe(403);
    expect(telegram().webhook.url).toBe('');
  });

  test('connects nothing for a form of ours that another site sends', async () => {
    const csrf = /name="csrf" value="([^"]+)"/.exec(await owner.page(PAGE))?.[1] ?? '';
    const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const refused = await owner.post(`${PAGE}/telegram`, { csrf }, evil);
    expect(refused.status).toBe(403);
    expect(telegram().webhook.url).toBe('');
  });
});
