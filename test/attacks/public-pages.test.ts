import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { watchGarden } from '../features/repositories/pages/steps.ts';
import { createVisitor, type Visitor } from '../features/repositories/register/visitor.ts';

const HOSTILE = `"><script>alert(1)</script>'&{name}\u0000\u{FFFE}`;

let visitor: Visitor;
beforeEach(async () => {
  visitor = await createVisitor();
});

describe('hostile words', () => {
  test('in a description, a branch and a nickname are shown as text', async () => {
    const { github } = visitor.harness.world;
    const branch = 'a"><script>alert(1)</script>';
    github.addRepository({
      owner: 'hana',
      name: 'evil',
      branches: ['main', branch],
      description: HOSTILE,
    });
    const page = await visitor.check('hana/evil');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).toContain(`value="a&quot;&gt;`);
    const last = await visitor.send(page, { branch, nickname: `x${HOSTILE}` });
    expect(last).toContain('&lt;script&gt;alert(1)');
    for (const shown of [page, last]) expect(shown).not.toContain('<script>');
  });

  test('in an address are shown as text', async () => {
    const page = await visitor.check(HOSTILE);
    expect(page).toContain('value="&quot;&gt;&lt;script');
    expect(page).not.toContain('<script>');
  });

  test('in what happened in a repository are shown as text, on the page and in the feed', async () => {
    const id = await watchGarden(visitor.harness);
    const notice = {
      kind: 'commits',
      repository: HOSTILE,
      branch: HOSTILE,
      change: 'pushed',
      commits: [{ sha: 'a', at: 1, author: HOSTILE, message: HOSTILE, url: 'javascript:alert(1)' }],
      total: 1,
      compareUrl: 'javascript:alert(1)',
    };
    await visitor.harness.env.DB.batch([
      visitor.harness.env.DB.prepare(
        `INSERT INTO changes (repository, kind, key, subject, notice, at)
         VALUES (?1, 'commits', 'k', 'k', ?2, 1)`,
      ).bind(id, JSON.stringify(notice)),
      visitor.harness.env.DB.prepare(`UPDATE repositories SET name = ?2 WHERE id = ?1`).bind(
        id,
        HOSTILE,
      ),
    ]);
    const page = await visitor.browser.page(`/repos/${id}`);
    const feed = await visitor.browser.page(`/repos/${id}/feed.atom`);
    for (const shown of [page, feed]) {
      expect(shown).toContain('&lt;script&gt;alert(1)');
      expect(shown).not.toContain('<script>');
      expect(shown).not.toContain('href="javascript:');
    }
    for (const forbidden of ['\u0000', '\u{FFFE}']) expect(feed).not.toContain(forbidden);
  });
});

describe('whatever is asked', () => {
  const word = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('kakao', 'telegram', 'hana/garden', 'main', '1', '-1', '1e99', 'ko'),
  );
  const names = ['channel', 'address', 'token', 'branch', 'nickname', 'tag', 'hour', 'lang'];

  test('of registering is answered by a page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), word), { maxLength: 8 }),
        async (pairs) => {
          const query = new URLSearchParams(pairs).toString();
          const response = await visitor.browser.get(`/register?${query}`);
          expect(response.status).toBe(200);
          expect(await response.text()).toContain('id="register"');
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of a repository is answered by a page', async () => {
    const id = await watchGarden(visitor.harness);
    await fc.assert(
      fc.asyncProperty(word, word, async (path, before) => {
        const query = new URLSearchParams({ before }).toString();
        const there = `/repos/${encodeURIComponent(path)}?${query}`;
        for (const to of [
          there,
          `/repos/${id}?${query}`,
          `/repos/${encodeURIComponent(path)}/feed.atom`,
        ]) {
          expect((await visitor.browser.get(to)).status).toBeLessThan(500);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test.each(['/', '/register', '/repos/1'])(
  '%s allows scripts, frames and pictures of named places only',
  async (path) => {
    const { headers } = await visitor.browser.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|data:|blob:|\*(?:;| |$)/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);
