import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS } from '../../../../src/lib/time.ts';
import { type Browser, connect, createDesk, type Desk, logIn } from '../../../pages/admin/desk.ts';
import { posts, SATURDAY } from '../../../worker/harness.ts';
import { calendar } from '../../../worker/netflixWeeklySteps.ts';

const bot = '1700000000000000001';
const [SEA, DINER] = ['달 & 파도', '남극 분식집 Ⅲ'] as const;

let desk: Desk;
let owner: Browser;

/** The owner, on the Friday before; the titles are collected, an account is connected. */
async function begin(vars: Readonly<Record<string, string>> = {}): Promise<void> {
  desk = await createDesk({ TMDB_TOKEN: undefined, ...vars });
  calendar(desk.harness, SEA, DINER);
  await collect();
  owner = await logIn(desk);
  await connect(desk, owner, bot);
  owner = await logIn(desk);
}

async function collect(): Promise<void> {
  await desk.harness.cron(SATURDAY - 3 * HOUR_MS);
  await desk.harness.settle();
}

async function saturday(): Promise<void> {
  await desk.harness.cron(SATURDAY);
  await desk.harness.settle();
}

/** The address of the button or link of a title with this ending. */
async function pathOf(title: string, ending: string): Promise<string> {
  const page = await owner.page('/admin/posts');
  const after = page.slice(page.indexOf(title.replace('&', '&amp;')));
  return new RegExp(`/admin/posts/\\d+/${ending}`).exec(after)?.[0] ?? `no ${ending} for ${title}`;
}

async function submit(path: string, fields: Record<string, string> = {}): Promise<string> {
  expect((await owner.submit(path, fields)).status).toBe(303);
  return owner.page('/admin/posts');
}

describe('upcoming posts', () => {
  beforeEach(() => begin());

  test('are shown as they will look, with the poster that will be sent', async () => {
    const page = await owner.page('/admin/posts');
    expect(page).toContain('올릴 글 2개');
    expect(page).toContain('[달 &amp; 파도]<br/>공개 예정일: 2026-11-30');
    expect(page).toContain('alt="넷플릭스 작품 &#39;달 &amp; 파도&#39;의 포스터"');
    const poster = await owner.get(await pathOf(SEA, 'poster'));
    expect(poster.headers.get('content-type')).toMatch(/^image\/(?:png|jpeg)$/);
    expect((await poster.arrayBuffer()).byteLength).toBeGreaterThan(100);
  });

  test('that are skipped are never posted, unless they are put back', async () => {
    expect(await submit(await pathOf(SEA, 'skip'))).toContain('올리지 않을게요');
    await saturday();
    expect(posts(desk.harness).join()).not.toContain(SEA);
    expect(posts(desk.harness)).toHaveLength(1);
    owner = await logIn(desk);
    expect(await submit(await pathOf(SEA, 'unskip'))).toContain('다시 올릴 글에 넣었어요');
    expect(await owner.page('/admin/posts')).toContain('올릴 글 1개');
  });

  test('are posted now after a question, and not again on Saturday', async () => {
    const path = await pathOf(SEA, 'now');
    expect(await owner.page(path)).toContain('‘달 &amp; 파도’ 글을 X에 바로 올려요');
    expect(posts(desk.harness)).toEqual([]);
    expect(await submit(path)).toContain('지금 올리고 있어요');
    expect(await submit(path)).toContain('이미 올렸거나');
    await desk.harness.settle();
    expect(posts(desk.harness)).toEqual([`[${SEA}]\n공개 예정일: 2026-11-30`]);
    await saturday();
    expect(posts(desk.harness).filter((text) => text.includes(SEA))).toHaveLength(1);
    expect(posts(desk.harness)).toHaveLength(2);
  });

  test('are posted once when the owner and the job come at the same time', async () => {
    const path = await pathOf(SEA, 'now');
    await desk.harness.cron(SATURDAY);
    owner = await logIn(desk);
    await Promise.all([submit(path), desk.harness.settle()]);
    await desk.harness.settle();
    expect(posts(desk.harness).filter((text) => text.includes(SEA))).toHaveLength(1);
  });

  test('carry the title as the owner words it, also after the source told it again', async () => {
    const own = '달과 파도 (한글 자막)';
    const page = await submit(await pathOf(SEA, 'title'), { title: `  ${own}\n ` });
    expect(page).toContain('이 제목으로 올릴게요');
    expect(page).toContain('원래 제목: 달 &amp; 파도');
    await saturday();
    expect(posts(desk.harness)).toContain(`[${own}]\n공개 예정일: 2026-11-30`);
    expect(posts(desk.harness)).toHaveLength(2);
  });

  test('get their own title back when it is left blank', async () => {
    const path = await pathOf(SEA, 'title');
    await submit(path, { title: '다른 제목' });
    const page = await submit(path, { title: ' ' });
    expect(page).toContain('원래 제목으로 올릴게요');
    expect(page).toContain('[달 &amp; 파도]<br/>');
  });

  test('refuse a title that is too long, and say how long it may be', async () => {
    const page = await submit(await pathOf(SEA, 'title'), { title: 'ㄱ'.repeat(201) });
    expect(page).toContain('200자까지');
    expect(page).toContain('[달 &amp; 파도]<br/>');
  });

  test('show a hostile title as text', async () => {
    const page = await submit(await pathOf(SEA, 'title'), {
      title: '<img src=x onerror=alert(1)>',
    });
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('[&lt;img src=x onerror=alert(1)&gt;]');
  });

  test('that do not exist are gone for every button', async () => {
    for (const ending of ['now', 'skip', 'unskip', 'title']) {
      expect(await submit(`/admin/posts/999/${ending}`)).toContain('더는 예정에 없는');
    }
    expect((await owner.get('/admin/posts/999/poster')).status).toBe(404);
  });

  test('are not touched by other sites', async () => {
    const path = await pathOf(SEA, 'skip');
    const answer = await owner.post(path, {}, { origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect(await owner.page('/admin/posts')).toContain('올릴 글 2개');
  });

  test('are told in English too', async () => {
    const page = await owner.page('/admin/posts?lang=en');
    expect(page).toContain('Skip this one');
    expect(page).toContain('Post now');
  });
});

test('a thread is shown as one, and a title of it goes out alone when posted now', async () => {
  await begin({ NETFLIX_POST_STYLE: 'thread' });
  const page = await owner.page('/admin/posts');
  expect(page).toContain('넷플릭스 공개 예정 (1/1)<br/>[달 &amp; 파도] 2026-11-30');
  await submit(await pathOf(SEA, 'now'));
  await saturday();
  const texts = posts(desk.harness);
  expect(texts[0]).toBe(`[${SEA}]\n공개 예정일: 2026-11-30`);
  expect(texts[1]).toMatch(/^넷플릭스 공개 예정 \(1\/1\)\n\[남극/);
  expect(texts).toHaveLength(2);
});

test('without an account posting now says what to do, and without titles the page does', async () => {
  desk = await createDesk({ TMDB_TOKEN: undefined });
  calendar(desk.harness, SEA);
  owner = await logIn(desk);
  expect(await owner.page('/admin/posts')).toContain('올릴 글이 없어요');
  await collect();
  owner = await logIn(desk);
  expect(await submit(await pathOf(SEA, 'now'))).toContain('X 계정이 없어요');
});
