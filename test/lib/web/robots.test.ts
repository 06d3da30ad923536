import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAllowed } from '../../../src/lib/web/robots.ts';

function allows(rules: string, path: string): boolean {
  return isAllowed(rules, new URL(path, 'https://a.example'));
}

describe('the rules of a robots.txt', () => {
  test.each([
    ['none at all', '', '/x', true],
    ['HTML in its place', '<!doctype html><title>Not found</title>', '/x', true],
    ['a group for us in any case', 'USER-AGENT: SOSHIK\nDISALLOW: /x', '/x', false],
    ['a group for us with a version', 'User-agent: soshik/1.0\nDisallow: /x', '/x', false],
    ['a group for a longer name', 'User-agent: soshikbot\nDisallow: /x', '/x', true],
    ['a group shared by two', 'User-agent: a\nUser-agent: soshik\nDisallow: /x', '/x', false],
    [
      'two groups for us',
      'User-agent: soshik\nDisallow: /x\n\nUser-agent: soshik\nDisallow: /y',
      '/x',
      false,
    ],
    ['an empty rule', 'User-agent: *\nDisallow:', '/x', true],
    ['a tie', 'User-agent: *\nDisallow: /x\nAllow: /x', '/x', true],
    ['a longer allow', 'User-agent: *\nDisallow: /\nAllow: /x', '/x/y', true],
    ['a longer disallow', 'User-agent: *\nAllow: /x\nDisallow: /x/y', '/x/y', false],
    ['an end', 'User-agent: *\nDisallow: /x$', '/x/y', true],
    ['a star', 'User-agent: *\nDisallow: /*/y', '/x/y', false],
    ['a query', 'User-agent: *\nDisallow: /x?page', '/x?page=2', false],
    ['Korean, written or encoded', 'User-agent: *\nDisallow: /공개', '/%EA%B3%B5%EA%B0%9C', false],
    [
      'CRLF, comments and blanks',
      '# us\r\n user-agent : * # all\r\n disallow : /x # no',
      '/x',
      false,
    ],
    ['a byte order mark', '\ufeffUser-agent: *\nDisallow: /x', '/x', false],
    ['what Netflix had on 2026-08-30', 'User-agent: *\nDisallow: /api/', '/ko/new-to-watch', true],
  ])('with %s', (_, rules, path, expected) => {
    expect(allows(rules, path)).toBe(expected);
  });

  test('whatever they are, never make the reading throw', () => {
    const line = fc.tuple(
      fc.constantFrom('User-agent', 'Disallow', 'Allow', 'Sitemap', ''),
      fc.string({
        unit: fc.constantFrom('*', '$', '/', '%', '#', ':', '?', 'k', '공', '\ud800', '\0'),
      }),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const rules = lines.map(([key, value]) => `${key}: ${value}`).join('\n');
        expect(typeof allows(rules, '/ko/new-to-watch')).toBe('boolean');
      }),
    );
  });
});
