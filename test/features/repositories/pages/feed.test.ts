import { beforeEach, expect, test } from 'vitest';
import { createVisitor, type Visitor } from '../register/visitor.ts';
import { look, tellMany, watchGarden } from './steps.ts';

let visitor: Visitor;
let id: number;
beforeEach(async () => {
  visitor = await createVisitor();
  id = await watchGarden(visitor.harness);
});

const feed = () => visitor.browser.page(`/repos/${id}/feed.atom`);

/** All elements of a name, as they stand in the feed. */
function elements(text: string, name: string): string[] {
  return Array.from(
    text.matchAll(new RegExp(`<${name}(?: [^>]*)?>(.*?)</${name}>`, 'gs')),
    ([, content = '']) => content,
  );
}

test('the feed is what the page links to, and says that it is Atom', async () => {
  const page = await visitor.browser.page(`/repos/${id}`);
  const href = /<link rel="alternate" type="application\/atom\+xml"[^>]*href="([^"]+)"/.exec(page);
  const response = await visitor.browser.get(href?.[1] ?? '');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
});

test('every entry has what RFC 4287 asks for, and its dates are instants', async () => {
  visitor.harness.world.github.push('hana/garden', 'main', [{ message: '장미 & 나비' }]);
  await look(visitor.harness);
  const text = await feed();
  const [entry = ''] = elements(text, 'entry');
  expect(elements(entry, 'title')).toEqual(['main: 새 커밋 1개 · 장미 &amp; 나비']);
  expect(elements(entry, 'id')).toHaveLength(1);
  expect(entry).toMatch(/<link rel="alternate" href="https:\/\/github\.com\/hana\/garden\//);
  expect(elements(entry, 'content')[0]).toContain('&lt;a href=&quot;https://github.com/');
  // Twice escaped: once for the page a reader shows, once for the feed.
  expect(elements(entry, 'content')[0]).toContain('장미 &amp;amp; 나비');
  for (const updated of elements(text, 'updated')) {
    expect(new Date(updated).toISOString()).toBe(updated);
  }
  expect(text).toContain('<author><name>soshik</name></author>');
  expect(text).toMatch(/<link rel="self" href="https:\/\/soshik\.example\/repos\/\d+\/feed\.atom/);
});

test('ids are unique and stay when more happens', async () => {
  await tellMany(visitor.harness, id, 5);
  const before = elements(await feed(), 'id');
  visitor.harness.world.github.push('hana/garden', 'main', [{ message: 'one more' }]);
  await look(visitor.harness);
  const after = elements(await feed(), 'id');
  expect(new Set(after).size).toBe(after.length);
  expect(after).toEqual([after[0], after[1], ...before.slice(1)]);
  expect(before[0]).toBe(after[0]);
  expect(before[1]).toMatch(/^tag:soshik\.example,2026:changes\/\d+$/);
});

test('a feed of nothing is a feed', async () => {
  const text = await feed();
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="utf-8"\?>\n<feed /);
  expect(elements(text, 'entry')).toEqual([]);
  expect(elements(text, 'updated')).toHaveLength(1);
});
