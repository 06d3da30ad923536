import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../../src/lib/time.ts';
import { createVisitor, type Visitor } from '../register/visitor.ts';
import { look, say, tellMany, watchGarden } from './steps.ts';

let visitor: Visitor;
let id: number;
beforeEach(async () => {
  visitor = await createVisitor();
  id = await watchGarden(visitor.harness);
});

const page = (query = '') => visitor.browser.page(`/repos/${id}${query}`);

describe('the page of a repository', () => {
  test('tells commits and releases by day, newest first, with their pages', async () => {
    const { world } = visitor.harness;
    world.github.push('hana/garden', 'main', [
      { message: '장미를 심었어요', author: '하나' },
      { message: 'Water the roses', author: 'Sam' },
    ]);
    await look(visitor.harness);
    world.clock.advance(DAY_MS);
    world.github.release('hana/garden', { tag: 'v1.0.0', title: '첫 봄' });
    await look(visitor.harness);
    const text = await page();
    const places = [
      '<h2>11월 23일 (월)',
      '새 릴리스 v1.0.0',
      '첫 봄',
      '<h2>11월 22일 (일)',
      '새 커밋 2개',
    ];
    const found = [...places, 'Water the roses', '장미를 심었어요'].map((part) =>
      text.indexOf(part),
    );
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found).not.toContain(-1);
    expect(text).toMatch(/href="https:\/\/github\.com\/hana\/garden\/commit\/[0-9a-f]{40}"/);
    expect(text).toContain('src="https://github.com/hana.png');
    expect(text).toContain('커밋 2개, 릴리스 1개가 있었어요. 가장 바빴던 날은 11월 22일 (일), 2개');
  });

  test('draws thirty days, today the last', async () => {
    await tellMany(visitor.harness, id, 3);
    const bars = Array.from((await page()).matchAll(/<rect([^>]*)>/g), ([, bar = '']) => bar);
    expect(bars).toHaveLength(30);
    expect(bars.filter((bar) => !bar.includes('idle'))).toEqual([bars[29]]);
  });

  test('shows twenty at a time and leads to the older ones', async () => {
    await tellMany(visitor.harness, id, 45);
    const seen: string[] = [];
    let query: string | undefined = '';
    while (query !== undefined) {
      const text: string = await page(query);
      seen.push(...Array.from(text.matchAll(/commit number (\d+)</g), ([, number = '']) => number));
      query = /href="\/repos\/\d+(\?before=\d+)"/.exec(text)?.[1];
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, index) => `${45 - index}`));
  });

  test('speaks English to those who read it', async () => {
    await tellMany(visitor.harness, id, 1);
    const text = await (
      await visitor.browser.get(`/repos/${id}`, { 'accept-language': 'en' })
    ).text();
    for (const words of ['1 new commit', 'Sun 22 Nov', 'The last 30 days', 'Atom feed']) {
      expect(text).toContain(words);
    }
  });

  test('says in words that nothing has happened yet', async () => {
    expect(await page()).toContain('아직 알려 드린 소식이 없어요');
    expect(await page('?before=1')).toContain('더 오래된 소식은 없어요');
  });

  test('never tells who watches, or under which name', async () => {
    await tellMany(visitor.harness, id, 1);
    const feed = await visitor.browser.page(`/repos/${id}/feed.atom`);
    for (const text of [await page(), feed]) {
      expect(text).not.toContain('비밀 별명');
      for (const person of visitor.harness.world.x.people) expect(text).not.toContain(person.id);
    }
  });

  test('stays under 60 KB with the longest of everything', async () => {
    await tellMany(visitor.harness, id, 20);
    await visitor.harness.env.DB.prepare(
      `UPDATE changes SET notice = json_set(notice, '$.total', 100, '$.commits', json(?1))`,
    )
      .bind(
        JSON.stringify(
          Array.from({ length: 5 }, () => ({
            sha: 'a'.repeat(40),
            at: 1,
            author: 'A'.repeat(40),
            message: 'm'.repeat(120),
            url: `https://github.com/hana/garden/commit/${'a'.repeat(40)}`,
          })),
        ),
      )
      .run();
    expect((await page()).length).toBeLessThan(60_000);
  });
});

describe('there is no page', () => {
  test.each(['0', '1', '00001', 'x', '-1', '99999999999999999999', ''])(
    'at /repos/%s',
    async (path) => {
      const response = await visitor.browser.get(`/repos/${path}`);
      expect(response.status).toBe(404);
      expect((await visitor.browser.get(`/repos/${path}/feed.atom`)).status).toBe(404);
    },
  );

  test('of a repository nobody watches any more', async () => {
    expect((await visitor.browser.get(`/repos/${id}`)).status).toBe(200);
    await say(visitor.harness, '해제 1');
    const response = await visitor.browser.get(`/repos/${id}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('지켜보는 사람이 없거나');
  });

  test('of a repository that was deleted or made private', async () => {
    visitor.harness.world.github.repository('hana/garden').isPrivate = true;
    for (let day = 0; day < 4; day++) {
      await look(visitor.harness);
      visitor.harness.world.clock.advance(DAY_MS);
    }
    expect((await visitor.browser.get(`/repos/${id}`)).status).toBe(404);
    expect((await visitor.browser.get(`/repos/${id}/feed.atom`)).status).toBe(404);
  });
});

describe('the page of all repositories', () => {
  test('leads to each that is watched, and is led to from the front page', async () => {
    expect(await visitor.browser.page('/')).toContain('href="/repos"');
    const text = await visitor.browser.page('/repos');
    expect(text).toContain(`<a href="/repos/${id}">hana/garden</a>`);
    expect(text).not.toContain('after=');
  });

  test.each([
    ['can no longer be seen', `UPDATE branches SET state = 'gone'`],
    ['only the owner may see', `UPDATE repositories SET is_private = 1`],
  ])('names none that %s, and has no page of it', async (_why, change) => {
    await visitor.harness.env.DB.exec(change);
    expect((await visitor.browser.get(`/repos/${id}`)).status).toBe(404);
    const text = await visitor.browser.page('/repos');
    expect(text).not.toContain('hana/garden');
    expect(text).toContain('아직 지켜보는 저장소가 없어요');
  });
});
