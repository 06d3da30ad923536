import { beforeEach, expect, test } from 'vitest';
import { dayOf } from '../../../src/lib/time.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
});

const today = () => dayOf(harness.runtime.now(), 'Asia/Seoul');

async function home(): Promise<Response> {
  return harness.fetch(new Request('https://soshik.example/'));
}

/** A title of Netflix that is to come. */
async function add(title: string, { day = today(), poster = '', page = '' } = {}): Promise<void> {
  await harness.env.DB.prepare(
    `INSERT INTO items (source, source_id, revision, title, title_key, kind, starts_on, poster_url,
       page_url, raw, first_seen_at, changed_at)
     VALUES ('netflix', ?1, 0, ?1, ?1, 'film', ?2, ?3, ?4, '{}', 0, 0)`,
  )
    .bind(title, day, poster || null, page || null)
    .run();
}

test('/ shows what comes to Netflix with poster, day and page, soonest first', async () => {
  await add('나중 작품', { day: '2026-12-01' });
  await add('달 & 파도', {
    poster: 'https://occ-0.nflxso.net/moon.jpg',
    page: 'https://www.netflix.com/title/1',
  });
  await add('지난 작품', { day: '2026-11-01' });
  const response = await home();
  const text = await response.text();
  expect(text).toMatch(
    /<img class="poster" src="https:\/\/occ-0\.nflxso\.net\/moon\.jpg" alt="달 &amp; 파도 포스터" loading="lazy"/,
  );
  expect(text).toContain('<a href="https://www.netflix.com/title/1">달 &amp; 파도</a>');
  expect(text.indexOf('달 &amp; 파도</a>')).toBeLessThan(text.indexOf('나중 작품</span></strong>'));
  expect(text).toContain('12월 1일 (화)');
  expect(text).not.toContain('지난 작품');
  expect(response.headers.get('content-security-policy')).toContain('https://*.nflxso.net');
});

test.each(['https://evil.example/x.jpg', 'http://occ-0.nflxso.net/x.jpg', 'javascript:alert(1)'])(
  '/ shows no poster from %s',
  async (poster) => {
    await add('작품', { poster, page: 'javascript:alert(1)' });
    const text = await (await home()).text();
    expect(text).toContain('작품');
    expect(text).not.toContain('<img class="poster"');
    expect(text).not.toContain('javascript:');
  },
);

test('/ says that nothing is known, or that it cannot be told now', async () => {
  expect(await (await home()).text()).toContain('나올 작품이 아직 없어요');
  await harness.env.DB.exec('DROP TABLE items');
  const response = await home();
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('작품을 지금은 보여 드릴 수 없어요');
});

test('/ stays under 60 KB however much there is to come', async () => {
  const page = `https://www.netflix.com/title/${'1'.repeat(60)}`;
  for (let index = 0; index < 25; index++) {
    const poster = `https://occ-0.nflxso.net/${'x'.repeat(150)}${index}.jpg`;
    await add(`${'긴 제목 '.repeat(12)}${index}`, { poster, page });
  }
  const text = await (await home()).text();
  expect(new TextEncoder().encode(text).length).toBeLessThan(60_000);
  expect(text.match(/class="poster"/g)).toHaveLength(18);
  expect(text).toContain('그 밖에도 더 있어요');
});
