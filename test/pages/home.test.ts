import { expect, test } from 'vitest';
import { sandboxSecrets } from '../sandbox/world.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import { createDesk, logIn } from './admin/desk.ts';

const secrets = Object.keys(sandboxSecrets);

async function home({ fetch }: Pick<Harness, 'fetch'>, language = 'ko'): Promise<string> {
  const headers = { 'accept-language': language };
  return (await fetch(new Request('https://soshik.example/', { headers }))).text();
}

test.each([
  ['ko-KR,ko;q=0.9', '고양이', '매주 토요일', '새 커밋과 릴리스', '오늘의 식단', '구독'],
  ['en-GB', 'cat 3', 'Every Saturday', 'new commit and release', 'today’s menu', 'watch'],
])('/ says to a reader of %s what the bot does', async (language, ...words) => {
  const text = await home(await createHarness(), language);
  for (const word of [...words, 'TMDB', 'Discord', 'Slack', 'href="/login/kakao"'])
    expect(text).toContain(word);
});

test('/ leads to the bot on X and on Telegram once they are connected', async () => {
  const desk = await createDesk();
  expect(await home(desk)).not.toContain('t.me');
  const owner = await logIn(desk);
  await owner.submit('/admin/channels/telegram');
  await desk.harness.env.DB.exec(
    `INSERT INTO accounts (platform, id, username, kind, state, state_since, connected_at) VALUES ('twitter', '1', 'soshik_bot', 'oauth2', 'connected', 1, 1)`,
  );
  const text = await home(desk);
  expect(text).toContain(`href="https://t.me/${desk.harness.world.telegram.bot.username}"`);
  expect(text).toContain('href="https://x.com/soshik_bot"');
});

test('/ shows news as it arrives, and a button for each channel', async () => {
  const text = await home(await createHarness());
  for (const alarm of ['[정원] 새 커밋 1개', '물 주는 시간을 아침으로 옮김', '김치찌개'])
    expect(text).toContain(`>${alarm}</`);
  expect(text).toContain('<div class="bubble kakao"><small>카카오톡 채널</small>');
  expect(text).toContain('<a class="button primary" href="/login/kakao">카카오톡</a>');
});

test('/ leads to the source where the owner names it', async () => {
  const SOURCE_URL = 'https://github.example/soshik';
  expect(await home(await createHarness({ SOURCE_URL }))).toContain(`href="${SOURCE_URL}"`);
  expect(await home(await createHarness())).not.toContain('소스 코드');
});

test.each([
  '/',
  '/register?channel=kakao',
  '/repos',
  '/menu',
  '/admin/login',
  '/privacy',
  '/nowhere',
])('%s leads to what is kept of people', async (path) => {
  const harness = await createHarness();
  const open = (at: string) =>
    harness.fetch(
      new Request(new URL(at, 'https://soshik.example'), { headers: { accept: 'text/html' } }),
    );
  const first = await open(path);
  const page = first.status < 400 ? await open(first.headers.get('location') ?? path) : first;
  expect(await page.text()).toContain('href="/privacy"');
});

test.each([
  ['ko', ['40일', '‘탈퇴’', '보내지 못한 소식', '이름, 사진, 전화번호는 갖고 있지 않아요']],
  ['en', ['40 days', '“forget me”', 'could not be sent', 'No name, picture or phone number']],
])('/privacy says in %s what is kept, until when, and how it goes', async (language, words) => {
  const harness = await createHarness();
  const headers = { 'accept-language': language };
  const answer = await harness.fetch(new Request('https://soshik.example/privacy', { headers }));
  const text = await answer.text();
  for (const word of words) expect(text).toContain(word);
});

test('/ speaks of nothing that is off', async () => {
  const off = Object.fromEntries(secrets.map((name) => [name, undefined]));
  const text = await home(await createHarness({ ...off, MENU_SCHOOL: '' }));
  expect(text).toContain('고양이');
  expect(text).not.toContain('class="bubble');
  const words = ['토요일', '식단', '커밋', '카카오', '텔레그램', 'X 메시지', '구독', '연결'];
  for (const word of [...words, 'Discord', 'Slack']) {
    expect(text).not.toContain(word);
  }
});

test('/ is shown without storage, too', async () => {
  const harness = await createHarness();
  await harness.env.DB.exec('DROP TABLE settings');
  expect(await home(harness)).toContain('카카오로 로그인');
  const bare = await createHarness(Object.fromEntries(secrets.map((name) => [name, undefined])));
  await bare.env.DB.exec('DROP TABLE settings');
  expect(await home(bare)).toContain('npm run setup');
});

test('/ tells the owner of a bot without keys how to begin', async () => {
  const off = Object.fromEntries(secrets.map((name) => [name, undefined]));
  const text = await home(await createHarness({ ...off, MENU_SCHOOL: '' }));
  for (const word of ['npm run setup', 'npm run deploy', 'href="/admin"']) {
    expect(text).toContain(word);
  }
  expect(await home(await createHarness())).not.toContain('npm run setup');
});

test.each([
  ['ko-KR', '/nowhere', '여기에는 아무것도 없어요'],
  ['en-GB', '/webhook/nowhere', 'There is nothing here'],
])('a browser of %s that asks for %s reads a page', async (language, path, title) => {
  const harness = await createHarness();
  const headers = { accept: 'text/html,*/*;q=0.8', 'accept-language': language };
  const url = `https://soshik.example${path}`;
  const answer = await harness.fetch(new Request(url, { headers }));
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-security-policy')).toContain("style-src 'self'");
  expect(await answer.text()).toContain(`<h1>${title}</h1>`);
  const program = await harness.fetch(new Request(url));
  expect([program.status, await program.json()]).toEqual([404, { error: 'not found' }]);
});
