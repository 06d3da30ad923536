import { beforeEach, describe, expect, test } from 'vitest';
import { type Browser, createBrowser, createDesk, type Desk, logIn } from './desk.ts';
import { fill } from './fill.ts';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

const now = () => desk.harness.runtime.now();

async function write(statement: string, ...values: (string | number | null)[]): Promise<void> {
  await desk.harness.env.DB.prepare(statement)
    .bind(...values)
    .run();
}

async function ask(statement: string): Promise<unknown[]> {
  return (await desk.harness.env.DB.prepare(statement).all()).results;
}

async function meet(channel: string, address: string): Promise<number> {
  await write(
    `INSERT INTO people (channel, address, language, created_at) VALUES (?1, ?2, 'ko', ?3)`,
    channel,
    address,
    now(),
  );
  const db = desk.harness.env.DB.prepare(`SELECT max(id) AS id FROM people`);
  return (await db.first<number>('id')) ?? 0;
}

/** Somebody logs in with Kakao. */
async function logInWithKakao(): Promise<string> {
  const { kakao } = desk.harness.world;
  kakao.reachBy((request) => desk.fetch(request));
  const id = kakao.people[0]?.id ?? '';
  const browser = createBrowser(desk);
  const started = await browser.get('/login/kakao', { 'sec-fetch-site': 'none' });
  const target = await kakao.logIn(started.headers.get('location') ?? '', id);
  await browser.get(target, { 'sec-fetch-site': 'cross-site' });
  return id;
}

describe('the people page', () => {
  test('of a bot nobody wrote to says how people come', async () => {
    const page = await owner.page('/admin/people');
    expect(page).toContain('아직 아무도 없어요');
    expect(page).toMatch(/텔레그램<\/th><td class="number">0</);
  });

  test('tells what each watches and wants, by shortened addresses', async () => {
    await fill({ people: 1, watches: 7, now: now() });
    await meet('webhook', 'https://machine.example/secret-path');
    await write(`UPDATE people SET blocked_at = 1 WHERE channel = 'webhook'`);
    await write(
      `INSERT INTO topics (topic, person, is_on, changed_at) SELECT 'menu', min(id), 1, 1 FROM people`,
    );
    const page = await owner.page('/admin/people');
    expect(page).toContain('텔레그램 7000…0001');
    expect(page).not.toContain('7000000001');
    expect(page).toContain('fleet/r1 (main)');
    expect(page).toContain('그 밖에 2개');
    expect(page).toContain('식단 받음');
    expect(page).toContain('웹훅 machine.example');
    expect(page).not.toContain('secret-path');
    expect(page).toContain('받을 수 없음');
  });

  test('never shows what was said', async () => {
    const id = await meet('telegram', '12345');
    await write(
      `UPDATE people SET asking = '"비밀 질문"', late_answer = '"비밀 답"' WHERE id = ?1`,
      id,
    );
    expect(await owner.page('/admin/people')).not.toContain('비밀 ');
  });

  test('shows fifty at a time, everybody once', async () => {
    await fill({ people: 120, now: now() });
    const seen: string[] = [];
    let path: string | undefined = '/admin/people';
    let pages = 0;
    while (path !== undefined) {
      const page = await owner.page(path);
      seen.push(...[...page.matchAll(/7000…(\d{4})/g)].map(([, number = '']) => number));
      const next = /href="(\?before=\d+)" rel="next"/.exec(page)?.[1];
      path = next && `/admin/people${next}`;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual([...new Set(seen)]);
    expect(seen).toHaveLength(120);
    expect(seen[0]).toBe('0120');
  });

  test('asks before somebody is removed, and leaves nothing of them', async () => {
    await fill({ people: 2, watches: 4, now: now() });
    await write(
      `INSERT INTO deliveries (dedupe_key, channel, account, address, state, due_at, created_at)
       VALUES ('news', 'telegram', '', '7000000002', 'waiting', 1, 1)`,
    );
    const path = /href="(\/admin\/people\/\d+\/remove)"/.exec(await owner.page('/admin/people'));
    const remove = path?.[1] ?? '';
    expect(await owner.page(remove)).toContain('텔레그램 7000…0002: 지켜보는 저장소와 설정');
    expect(await ask(`SELECT 1 FROM people`)).toHaveLength(2);
    await owner.submit(remove);
    expect(await owner.page('/admin/people')).toContain('모두 지웠어요');
    expect(await ask(`SELECT address FROM people`)).toEqual([{ address: '7000000001' }]);
    expect(await ask(`SELECT 1 FROM watches`)).toHaveLength(2);
    expect(await ask(`SELECT 1 FROM deliveries`)).toHaveLength(0);
    await owner.submit(remove);
    expect(await owner.page('/admin/people')).toContain('이미 없는 항목이에요');
  });

  test('ends the Kakao login of who is removed', async () => {
    await logInWithKakao();
    const path = /href="(\/admin\/people\/\d+\/remove)"/.exec(await owner.page('/admin/people'));
    await owner.submit(path?.[1] ?? '');
    expect(await ask(`SELECT * FROM kakao_logins`)).toEqual([]);
    expect(await desk.harness.env.TOKENS.list()).toMatchObject({ keys: [] });
  });

  test('removes nobody for another site', async () => {
    const id = await meet('telegram', '12345');
    const path = `/admin/people/${id}/remove`;
    expect((await owner.post(path, {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await createBrowser(desk).get('/admin/people')).status).toBe(303);
    expect(await ask(`SELECT 1 FROM people`)).toHaveLength(1);
  });
});
