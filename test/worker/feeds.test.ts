import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../src/lib/time.ts';
import { type Browser, createBrowser, PASSWORD } from '../pages/admin/desk.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  posts,
  reader,
  START,
} from './harness.ts';

const HALF_HOUR = HOUR_MS / 2;

let harness: Harness;
let owner: Browser;
let tick: number;

beforeEach(async () => {
  harness = await createHarness({ ADMIN_PASSWORD: PASSWORD });
  await connectWebhook(harness);
  owner = createBrowser({ fetch: (request) => harness.fetch(request) });
  await owner.post('/admin/login', { password: PASSWORD });
  tick = START;
});

async function slot(): Promise<void> {
  tick += HALF_HOUR;
  await harness.cron(tick);
  await harness.settle(tick + HALF_HOUR - 1);
}

async function add(
  address = harness.world.feeds.url,
  fields: Readonly<Record<string, string>> = { posts: '1' },
): Promise<string> {
  const preview = await owner.submit('/admin/feeds/preview', { address });
  const text = await preview.text();
  await owner.submit('/admin/feeds/add', { address, ...fields });
  return text;
}

async function say(language: 'ko' | 'en', text: string): Promise<string> {
  const { id } = reader(harness, language);
  await harness.world.x.say(id, text);
  await harness.settle(tick + HALF_HOUR - 1);
  return answers(harness, id).at(-1) ?? '(silence)';
}

const told = (language: 'ko' | 'en') =>
  answers(harness, reader(harness, language).id).join('\n---\n');
const times = (text: string, part: string) => text.split(part).length - 1;
const visits = () =>
  harness.world.requests.filter(({ url }) => url === harness.world.feeds.url).length;

describe('a feed the owner adds', () => {
  test('is looked at first, listed after, and announced at the next slot, once', async () => {
    expect(await add()).toContain('이번 주말 벼룩시장 안내');
    expect(await owner.page('/admin/feeds')).toContain('동네 소식');
    await slot();
    await slot();
    expect(times(posts(harness).join('\n'), '이번 주말 벼룩시장 안내')).toBe(1);
    expect(posts(harness).join('\n')).not.toContain('도서관');
  });

  test('is announced with what comes later, dated, undated and of the future', async () => {
    await add(undefined, { posts: '1', silently: '1' });
    await slot();
    const { feeds } = harness.world;
    feeds.publish('지난달의 글', { at: START - 30 * DAY_MS });
    feeds.publish('날짜 없는 글', { at: null });
    feeds.publish('내년의 글', { at: START + 400 * DAY_MS });
    await slot();
    await slot();
    for (const title of ['지난달의 글', '날짜 없는 글', '내년의 글']) {
      expect(times(posts(harness).join('\n'), title)).toBe(1);
    }
  });

  test('is found by the page that names it', async () => {
    expect(await add('https://news.example/')).toContain(harness.world.feeds.url);
  });

  test.each(['http://169.254.169.254/', 'http://localhost/feed', 'https://news.example/inside'])(
    'is none at %s',
    async (address) => {
      const text = await add(address);
      expect(text).toContain('alert');
      expect(harness.world.requests.some(({ url }) => url.includes('169.254'))).toBe(false);
    },
  );

  test('goes out as OPML and comes in again without telling what was there', async () => {
    await add();
    const file = await owner.get('/admin/feeds/feeds.opml');
    const opml = await file.text();
    expect(opml).toContain(`xmlUrl="${harness.world.feeds.url}"`);
    const other = opml.replace(harness.world.feeds.url, 'https://news.example/shapes/github');
    await owner.submit('/admin/feeds/import', { opml: other });
    await slot();
    expect(await owner.page('/admin/feeds')).toContain('Release notes from hono');
    expect(posts(harness).join('\n')).not.toContain('v4.13.20');
  });
});

describe('what is news', () => {
  test('of a feed with one item is that item', async () => {
    harness.world.feeds.items.splice(1);
    await add();
    await slot();
    await slot();
    expect(times(posts(harness).join('\n'), '이번 주말 벼룩시장 안내')).toBe(1);
  });

  test('of a feed that was empty is the first item it has', async () => {
    harness.world.feeds.items.splice(0);
    await add();
    harness.world.feeds.publish('첫 글');
    await slot();
    expect(posts(harness).join('\n')).toContain('첫 글');
  });

  test.each([
    ['an error', { status: 503 }],
    ['a page', { status: 200, body: '<!doctype html><title>점검 중</title>' }],
    ['half of itself', { status: 200, body: '<rss><channel><title>동네</title><item><title>반' }],
  ])(
    'of a list of feeds is nothing that is there already, though the first answer is %s',
    async (_what, failure) => {
      await owner.submit('/admin/feeds/import', {
        opml: `<opml><body><outline xmlUrl="${harness.world.feeds.url}"/></body></opml>`,
      });
      expect(await say('ko', `피드 ${harness.world.feeds.url}`)).toContain('알려 드릴게요');
      harness.world.feeds.failure = failure;
      await slot();
      harness.world.feeds.failure = null;
      await slot();
      harness.world.feeds.publish('그 뒤의 글');
      await slot();
      expect(told('ko')).not.toContain('벼룩시장');
      expect(told('ko')).not.toContain('반');
      expect(times(told('ko'), '그 뒤의 글')).toBe(1);
    },
  );

  test('of a feed that was given up is what it has once somebody wants it again', async () => {
    await add(undefined, { silently: '1' });
    await slot();
    await harness.env.DB.prepare(`UPDATE feeds SET state = 'over'`).run();
    expect(await say('ko', '피드 동네 소식')).toContain('알려 드릴게요');
    harness.world.feeds.publish('다시 보는 글');
    await slot();
    expect(told('ko')).toContain('다시 보는 글');
  });
});

describe('people and feeds', () => {
  test('follow one by its title and by its address, and are told each item once', async () => {
    await add(undefined, { silently: '1' });
    expect(await say('ko', '피드 동네 소식')).toContain('알려 드릴게요');
    expect(await say('en', `feed ${harness.world.feeds.url}`)).toContain('You will hear');
    const item = harness.world.feeds.publish('새로 난 산책길');
    await slot();
    const { items } = harness.world.feeds;
    items[0] = { ...item, id: 'another', link: 'https://news.example/moved' };
    await slot();
    items[0] = { ...item, title: '새로 난 산책길 (고침)', at: (item.at ?? 0) + DAY_MS };
    await slot();
    expect(times(told('ko'), '새로 난 산책길')).toBe(1);
    expect(told('en')).toContain('새로 난 산책길');
    expect(posts(harness)).toEqual([]);
    expect(await say('ko', '피드 해제 동네 소식')).toContain('그만');
    harness.world.feeds.publish('다음 글');
    await slot();
    expect(told('ko')).not.toContain('다음 글');
    expect(told('en')).toContain('다음 글');
  });

  test('bring feeds of their own only where the owner lets them', async () => {
    expect(await say('ko', `피드 ${harness.world.feeds.url}`)).toContain('봇 주인이 넣은');
    await owner.submit('/admin/feeds/open', { on: '1' });
    expect(await say('ko', `피드 ${harness.world.feeds.url}`)).toContain('동네 소식');
    harness.world.feeds.publish('이웃이 쓴 글');
    await slot();
    expect(told('ko')).toContain('이웃이 쓴 글');
    expect(posts(harness)).toEqual([]);
  });
});

test('a feed that nobody follows any more is forgotten, and so is who did: its number may be given again', async () => {
  await owner.submit('/admin/feeds/open', { on: '1' });
  await say('ko', `피드 ${harness.world.feeds.url}`);
  await say('ko', '피드 해제 동네 소식');
  const left = () =>
    harness.env.DB.prepare(
      `SELECT (SELECT count(*) FROM feeds) AS feeds,
         (SELECT count(*) FROM topics WHERE topic LIKE 'feed:%') AS topics`,
    ).first();
  expect(await left()).toEqual({ feeds: 1, topics: 1 });
  await harness.env.POLLS.send({ job: 'upkeep', slot: harness.world.clock.now() });
  await harness.settle(harness.world.clock.now());
  expect(await left()).toEqual({ feeds: 0, topics: 0 });
});

describe('a feed that is visited', () => {
  test('is asked whether it changed, and by its robots.txt whether it may be read', async () => {
    await add();
    await slot();
    await slot();
    const last = harness.world.requests.findLast(({ url }) => url === harness.world.feeds.url);
    expect(last?.status).toBe(304);
    harness.world.feeds.robots = 'User-agent: *\nDisallow: /\n';
    harness.world.clock.advance(25 * HOUR_MS);
    tick = harness.world.clock.now() - (harness.world.clock.now() % HALF_HOUR);
    const before = visits();
    await slot();
    expect(visits()).toBe(before);
  });

  test('that wants a rest gets it', async () => {
    await add();
    await slot();
    harness.world.feeds.failure = { status: 429, headers: { 'retry-after': '7000' } };
    await slot();
    const before = visits();
    await slot();
    await slot();
    expect(visits()).toBe(before);
  });

  test('survives a 404', async () => {
    await add(undefined, { posts: '1', silently: '1' });
    await slot();
    harness.world.feeds.failure = { status: 404 };
    await slot();
    harness.world.feeds.failure = null;
    harness.world.feeds.publish('다시 돌아왔어요');
    await slot();
    expect(posts(harness).join('\n')).toContain('다시 돌아왔어요');
  });

  test('that floods is cut at thirty in two hours, and the owner hears of the rest', async () => {
    await add(undefined, { posts: '1', silently: '1' });
    await slot();
    for (let count = 0; count < 45; count += 1) harness.world.feeds.publish(`홍수 ${count}번째 글`);
    await slot();
    for (let count = 45; count < 60; count += 1)
      harness.world.feeds.publish(`홍수 ${count}번째 글`);
    await slot();
    expect(times(posts(harness).join('\n'), '홍수')).toBe(30);
    await owner.post('/admin/login', { password: PASSWORD });
    expect(await owner.page('/admin')).toContain('한꺼번에');
  });
});
