import { expect, test } from 'vitest';
import { branchCandidates, isBranchName } from '../../../../src/platforms/github/api/addresses.ts';

test.each([
  'main',
  'feat/x',
  'release-1.2',
  'user/feat/로그인',
  'a@b',
  '@a',
  'a{b}',
  'fix#1',
  'v1.0.lock2',
  'x'.repeat(244),
])('%s can be a branch', (text) => {
  expect(isBranchName(text)).toBe(true);
});

// git-check-ref-format(1), and what --branch adds to it.
test.each([
  '',
  '@',
  'HEAD',
  '-x',
  '/x',
  'x/',
  'x.',
  'a//b',
  'a..b',
  '.x',
  'a/.x',
  'x.lock',
  'x.lock/y',
  'a b',
  'a\tb',
  'a\u007fb',
  'a~1',
  'a^',
  'a:b',
  'a?',
  'a*',
  'a[b',
  'a\\b',
  'a@{1}',
  'x'.repeat(245),
  '가'.repeat(82),
])('%j cannot be a branch', (text) => {
  expect(isBranchName(text)).toBe(false);
});

test.each([
  ['main', ['main']],
  ['feat/x', ['feat/x', 'feat']],
  ['main/src/a b', ['main/src', 'main']],
  ['..', []],
  ['', []],
])('the branch in %j is one of %j', (rest, candidates) => {
  expect(branchCandidates(rest)).toEqual(candidates);
});
