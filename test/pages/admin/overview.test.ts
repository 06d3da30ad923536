import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/lib/time.ts';
import { SATURDAY } from '../../worker/harness.ts';
import { type Browser, connect, createBrowser, createDesk, type Desk, logIn } from './desk.ts';

const bot = '1700000000000000001';
const hana = '1700000000000000101';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

async function write(statement: string, ...values: (string | number | null)[]): Promise<void> {
  await desk.harness.env.DB.prepare(statement)
    .bind(...values)
    .run();
}

describe('the overview', () => {
  test('of an empty bot says what to connect, and of a connected one that all is well', async () => {
    const empty = await owner.page('/admin');
    expect(empty).toContain('X 계정을 연결해 주세요');
    expect(empty).toContain('<a href="/admin/channels">텔레그램 봇을 연결해 주세요.</a>');
    await connect(desk, owner, bot);
    await owner.submit('/admin/channels/telegram');
    owner = await logIn(desk);
    const page = await owner.page('/admin');
    expect(page).toContain('모두 괜찮아요');
    expect(page).toContain('아직 한 일이 없어요');
  });

  test('asks for no Telegram where it is off', async () => {
    desk.harness.redeploy({ TELEGRAM_BOT_TOKEN: undefined });
    expect(await owner.page('/admin')).not.toContain('텔레그램 봇을 연결해 주세요');
  });

  test.each([
    ['KAKAO_REST_API_KEY', '카카오 로그인', 'developers.kakao.com'],
    ['KAKAO_SKILL_TOKEN', '카카오톡 챗봇', '직접 정해요'],
    ['KAKAO_ADMIN_KEY', '카카오 연결 해제 알림', 'developers.kakao.com'],
    ['TELEGRAM_BOT_TOKEN', '텔레그램', '@BotFather'],
    ['GITHUB_TOKEN', 'GitHub 저장소 살펴보기', 'Personal access tokens'],
    ['GITHUB_WEBHOOK_SECRET', 'GitHub 웹훅', '직접 정해요'],
    ['API_KEY', 'API', '직접 정해요'],
  ])('without %s shows %s as off, and where to get the secret', async (secret, name, source) => {
    desk.harness.redeploy({ [secret]: undefined });
    const page = await owner.page('/admin');
    expect(page).toContain(`<strong>${name}</strong>`);
    const row = page.slice(page.indexOf(`<code>${secret}</code>`));
    expect(row.slice(0, row.indexOf('</li>'))).toMatch(new RegExp(`${source}.*꺼짐`, 's'));
  });

  test('says in words that Telegram fails, and leads to where that is mended', async () => {
    await owner.submit('/admin/channels/telegram');
    await write(`UPDATE settings SET value = '"token-refused"' WHERE key = 'telegram-state'`);
    const page = await owner.page('/admin');
    expect(page).toContain(
      '<a href="/admin/channels">텔레그램: 텔레그램이 봇 토큰을 받아들이지 않아요.',
    );
    await owner.submit('/admin/channels/telegram');
    owner = await logIn(desk);
    expect(await owner.page('/admin')).not.toContain('받아들이지 않아요');
  });

  test('tells news of Telegram in words', async () => {
    await write(
      `INSERT INTO owner_news (key, kind, detail, at) VALUES ('t', 'telegram-healed', '{}', ?1)`,
      desk.harness.runtime.now(),
    );
    expect(await owner.page('/admin')).toContain('텔레그램 웹훅이 달라져 있어서 다시 연결했어요');
  });

  test('calls what waits to be sent by its kind', async () => {
    await write(
      `INSERT INTO deliveries (dedupe_key, channel, account, address, notice, state, due_at,
         created_at) VALUES ('m', 'telegram', '', '1', '{"kind":"menu"}', 'waiting', ?1, ?1)`,
      desk.harness.runtime.now(),
    );
    expect(await owner.page('/admin')).toContain('<strong>식단</strong>');
  });

  test('names the secret of a feature that is off, and where to get it', async () => {
    desk.harness.redeploy({ TMDB_TOKEN: undefined });
    const page = await owner.page('/admin');
    expect(page).toContain('<code>TMDB_TOKEN</code>');
    expect(page).toContain('themoviedb.org');
  });

  test('tells why a feature fails, first of all', async () => {
    desk.harness.redeploy({ LANGUAGE: 'klingon' });
    const page = await owner.page('/admin');
    expect(page).toContain('하실 일이');
    expect(page).toContain('LANGUAGE: ko | en');
  });

  test('shows the last runs with their counts', async () => {
    await connect(desk, owner, bot);
    await desk.harness.cron(SATURDAY);
    await desk.harness.settle();
    owner = await logIn(desk);
    const page = await owner.page('/admin');
    expect(page).toContain('토요일 넷플릭스 글');
    expect(page).toMatch(/찾음 \d+ · 새것 \d+/);
  });

  test('news is shown until it is seen', async () => {
    const now = desk.harness.runtime.now();
    const insert = `INSERT INTO owner_news (key, kind, detail, at) VALUES (?1, 'webhook-healed', ?2, ?3)`;
    await write(insert, 'a', JSON.stringify({ url: 'https://soshik.example/a' }), now);
    const page = await owner.page('/admin');
    expect(page).toContain('X가 웹훅을 꺼 두었기에 다시 켰어요: https://soshik.example/a');
    const path = /action="(\/admin\/news\/\d+\/seen)"/.exec(page)?.[1] ?? '';
    await write(insert, 'b', JSON.stringify({ url: 'https://soshik.example/later' }), now);
    expect((await owner.submit(path)).status).toBe(303);
    const after = await owner.page('/admin');
    expect(after).toContain('모두 확인했어요.');
    expect(after).not.toContain('soshik.example/a');
    expect(after).toContain('soshik.example/later');
  });

  test('what could not be sent is sent again at one press, once', async () => {
    await connect(desk, owner, bot);
    const now = desk.harness.runtime.now();
    await write(
      `INSERT INTO deliveries (dedupe_key, channel, account, address, notice, state, attempts,
         due_at, note, created_at, finished_at)
       VALUES ('d', 'twitter', ?1, ?2, ?3, 'dead', 8, ?4, 'unavailable 503', ?4, ?4)`,
      bot,
      hana,
      JSON.stringify({ kind: 'text', language: 'ko', text: '안녕 비밀', suggestions: [] }),
      now,
    );
    await desk.harness.world.x.say(hana, '안녕하세요', { envelope: 'xaa' });
    const page = await owner.page('/admin');
    expect(page).toContain('unavailable 503');
    expect(page).toContain('메시지 답장');
    expect(page).not.toContain('안녕 비밀');
    const path = /action="(\/admin\/deliveries\/\d+\/again)"/.exec(page)?.[1] ?? '';
    await owner.submit(path);
    expect(await owner.page('/admin')).toContain('다시 보내고 있어요');
    await desk.harness.settle();
    const said = () =>
      desk.harness.world.x.conversation(hana).filter(({ text }) => text === '안녕 비밀');
    expect(said()).toHaveLength(1);
    await owner.submit(path);
    expect(await owner.page('/admin')).toContain('이미 보냈거나 기다리는 중이에요');
    await desk.harness.settle();
    expect(said()).toHaveLength(1);
  });

  test('without tables says what to do instead of failing silently', async () => {
    await write('DROP TABLE owner_news');
    const response = await owner.get('/admin');
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('npm run deploy');
  });
});

/** So many events, a second apart; the newest could not be handled. */
async function fill(count: number): Promise<void> {
  const now = desk.harness.runtime.now();
  await write(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1)
     INSERT INTO inbox (key, channel, type, account, state, received_at)
     SELECT 'k' || n, 'twitter', iif(n % 4 = 0, 'chat.received', 'dm.received'), ?2,
            iif(n = 1, 'failed', 'done'), ?3 - n * 1000 FROM numbers`,
    count,
    bot,
    now,
  );
}

describe('the events', () => {
  test('are the last 1,000 in pages of 100, with their counts by type', async () => {
    await fill(1234);
    const page = await owner.page('/admin/events');
    expect(page.match(/<time/g)).toHaveLength(100);
    expect(page).toContain('1 / 10쪽');
    expect(page).toContain('926');
    expect(page).toContain('308');
    expect(page).toContain('암호화된 메시지');
    expect(page).toContain('못 함');
    const last = await owner.page('/admin/events?page=10');
    expect(last.match(/<time/g)).toHaveLength(100);
    expect(last).not.toContain('rel="next"');
    expect(await owner.page('/admin/events?page=11')).toContain('10 / 10쪽');
  });

  test('are told at the time in Seoul', async () => {
    await fill(1);
    expect(await owner.page('/admin/events')).toContain('>오늘 11:59</time>');
    desk.harness.redeploy({ TIME_ZONE: 'UTC' });
    expect(await owner.page('/admin/events')).toContain('>오늘 02:59</time>');
    desk.harness.world.clock.advance(DAY_MS / 4);
  });

  test('hold nothing that anybody wrote', async () => {
    await connect(desk, owner, bot);
    await owner.submit('/admin/twitter/setup');
    await desk.harness.world.x.say(hana, '고양이 이야기');
    await desk.harness.settle();
    const page = await owner.page('/admin/events');
    expect(page).toContain('dm.received');
    expect(page).toContain('@soshik_bot');
    expect(page).not.toContain('고양이');
  });
});

describe('the check-up', () => {
  test('shows what was found, with what to do', async () => {
    const page = await owner.page('/admin/doctor');
    expect(page).toContain('다시 살펴보기');
    expect(page).toMatch(/할 일: /);
    for (const secret of ['sandbox-consumer-secret', 'sandbox-client-secret']) {
      expect(page).not.toContain(secret);
    }
  });

  test('as JSON is the same for the page’s owner and for a program with the password', async () => {
    const byCookie = await (await owner.get('/admin/doctor.json')).json();
    const byPassword = await createBrowser(desk).get('/admin/doctor.json', {
      authorization: 'Bearer fake-owner-password',
    });
    expect(byPassword.status).toBe(200);
    expect(await byPassword.json()).toEqual(byCookie);
    expect(byCookie).toHaveProperty('findings.0.state');
  });
});

describe('the language', () => {
  test.each([
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en-US,en;q=0.9', 'en'],
    ['en;q=0.5,ko;q=0.7', 'ko'],
    ['fr,en;q=0.3', 'en'],
    ['fr', 'ko'],
    ['', 'ko'],
    ['en;q=0', 'ko'],
  ])('asked for by %j is %s', async (header, language) => {
    const browser = createBrowser(desk, { language: header });
    expect(await browser.page('/admin/login')).toContain(`<html lang="${language}">`);
  });

  test('that was switched to is remembered', async () => {
    await owner.get('/admin/events?lang=en');
    expect(await owner.page('/admin')).toContain('<html lang="en">');
    await owner.get('/admin?lang=ko');
    expect(await owner.page('/admin')).toContain('<html lang="ko">');
  });
});
