import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  branchCandidates,
  isBranchName,
  isOwner,
  isRepositoryName,
  parseRepositoryAddress,
} from '../../../../src/platforms/github/api/addresses.ts';

/** `owner/name`, or `owner/name@branch`, or why it is none. */
function read(text: string): string {
  const parsed = parseRepositoryAddress(text);
  if (!parsed.ok) return parsed.reason;
  const { owner, name, branch } = parsed.value;
  return `${owner}/${name}${branch === null ? '' : `@${branch}`}`;
}

test.each([
  // owner/repo and the ways of a browser
  ['o/r', 'o/r'],
  ['Octo-Cat/Hello.World_1', 'Octo-Cat/Hello.World_1'],
  ['managed_corp/r', 'managed_corp/r'],
  ['github.com/o/r', 'o/r'],
  ['www.github.com/o/r', 'o/r'],
  ['https://m.github.com/o/r', 'o/r'],
  ['https://github.com/o/r', 'o/r'],
  ['http://www.github.com/o/r/', 'o/r'],
  ['HTTPS://GitHub.COM/o/r', 'o/r'],
  ['https://github.com:443/o/r', 'o/r'],
  ['https://github.com//o//r', 'o/r'],
  ['  https://github.com/o/r  ', 'o/r'],
  // what git and package managers write
  ['https://github.com/o/r.git', 'o/r'],
  ['o/r.git', 'o/r'],
  ['O/R.GIT', 'O/R'],
  ['git://github.com/o/r.git', 'o/r'],
  ['git+https://github.com/o/r.git', 'o/r'],
  ['git+ssh://git@github.com/o/r.git', 'o/r'],
  ['git@github.com:o/r.git', 'o/r'],
  ['git@github.com:o/r', 'o/r'],
  ['ssh://git@github.com/o/r.git', 'o/r'],
  ['ssh://git@github.com:22/o/r.git', 'o/r'],
  ['ssh://git@ssh.github.com:443/o/r.git', 'o/r'],
  ['https://someone:fake-token@github.com/o/r.git', 'o/r'],
  ['git clone https://github.com/o/r.git my-copy', 'o/r'],
  ['https://github.com/o/r.js', 'o/r.js'],
  ['https://github.com/o/r.github.io', 'o/r.github.io'],
  // branches
  ['https://github.com/o/r/tree/main', 'o/r@main'],
  ['https://github.com/o/r/tree/main/', 'o/r@main'],
  ['https://github.com/o/r/tree/feat/x', 'o/r@feat/x'],
  ['https://github.com/o/r/tree/feat%2Fx', 'o/r@feat/x'],
  ['https://github.com/o/r/commits/feat/x/src/index.ts', 'o/r@feat/x/src/index.ts'],
  ['https://github.com/o/r/commits/main?author=someone', 'o/r@main'],
  ['https://github.com/o/r/commits/refs/heads/main', 'o/r@main'],
  ['https://github.com/o/r/tree/%EA%B8%B0%EB%8A%A5/%EB%A1%9C%EA%B7%B8%EC%9D%B8', 'o/r@기능/로그인'],
  ['https://github.com/o/r/tree/기능/로그인', 'o/r@기능/로그인'],
  ['https://github.com/o/r/tree/fix(ui)', 'o/r@fix(ui)'],
  ['https://github.com/o/r/tree/100%', 'o/r@100%'],
  ['o/r/tree/main', 'o/r@main'],
  ['https://github.com/o/r/tree', 'o/r'],
  ['https://github.com/o/r/commits', 'o/r'],
  ['https://github.com/o/r/tree/757107ea0eb2509fc211221cce984b8a37570b6d', 'o/r'],
  // other pages of a repository
  ['https://github.com/o/r/blob/main/src/app.ts', 'o/r@main/src/app.ts'],
  ['https://github.com/o/r/pull/7/files', 'o/r'],
  ['https://github.com/o/r/issues/7#issuecomment-1', 'o/r'],
  ['https://github.com/o/r/commit/757107e', 'o/r'],
  ['https://github.com/o/r?tab=readme-ov-file#readme', 'o/r'],
  ['https://github.com/o/r#readme', 'o/r'],
  ['o/r/issues/7', 'o/r'],
  // within a sentence
  ['https://github.com/o/r를 구독해줘', 'o/r'],
  ['o/r을 등록해 주세요', 'o/r'],
  ['구독 o/r', 'o/r'],
  ['저장소:o/r', 'o/r'],
  ['이 레포요:https://github.com/o/r.git이에요', 'o/r'],
  ['깃허브 주소는 「https://github.com/o/r」입니다.', 'o/r'],
  ['주소는github.com/o/r/tree/main 이에요', 'o/r@main'],
  ['9/10 점짜리 https://github.com/o/r 추가', 'o/r'],
  ['(https://github.com/o/r)', 'o/r'],
  ['(https://github.com/o/r/tree/main).', 'o/r@main'],
  ['<https://github.com/o/r|o/r>', 'o/r'],
  ['[저장소](https://github.com/o/r)', 'o/r'],
  ['"o/r"', 'o/r'],
  ['Please watch github.com/o/r.', 'o/r'],
  ['https://github.com/o/r, https://github.com/o/s', 'o/r'],
  ['https://gitlab.com/a/b 말고 o/r', 'o/r'],
])('%s is read as %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ['https://gitlab.com/o/r', 'other-host'],
  ['gitlab.com/o/r', 'other-host'],
  ['git@bitbucket.org:o/r.git', 'other-host'],
  ['https://gist.github.com/o/757107ea0eb2509fc211', 'other-host'],
  ['https://raw.githubusercontent.com/o/r/main/README.md', 'other-host'],
  ['https://github.com.evil.example/o/r', 'other-host'],
  ['https://evil.example/https://github.com/o/r', 'other-host'],
  ['https://github.com@evil.example/o/r', 'other-host'],
  ['https://evilgithub.com/o/r', 'other-host'],
  ['https://github.com', 'not-a-repository'],
  ['https://github.com/o', 'not-a-repository'],
  ['https://github.com/orgs/o/repositories', 'not-a-repository'],
  ['https://github.com/settings/profile', 'not-a-repository'],
  ['https://github.com/o/..', 'not-a-repository'],
  ['https://github.com/../r', 'not-a-repository'],
  ['o/.', 'not-a-repository'],
  ['o/.git', 'not-a-repository'],
  ['../r', 'not-a-repository'],
  ['-o/r', 'not-a-repository'],
  ['@scope/package', 'not-a-repository'],
  ['actions/checkout@v4', 'not-a-repository'],
  ['2026/11/22', 'not-a-repository'],
  ['src/platforms/github', 'not-a-repository'],
  ['o', 'not-a-repository'],
  ['o/', 'not-a-repository'],
  ['/o/r/x', 'not-a-repository'],
  [`${'o'.repeat(40)}/r`, 'not-a-repository'],
  [`o/${'r'.repeat(101)}`, 'not-a-repository'],
  ['오너/레포', 'not-a-repository'],
  ['공연 알려줘', 'not-a-repository'],
  ['', 'not-a-repository'],
])('%s is refused: %s', (text, reason) => {
  expect(read(text)).toBe(reason);
});

const characters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength: 1, maxLength });
const LETTERS = 'abcXYZ019';
const owner = characters(`${LETTERS}-`, 39).filter(isOwner);
const name = characters(`${LETTERS}._-`, 100).filter(
  (text) => isRepositoryName(text) && !/\.$|\.git$/i.test(text),
);
const branch = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    characters('abc/-_.#%가나()!', 40),
  )
  .filter((text) => isBranchName(text) && !/^(?:refs\/heads\/|[0-9a-f]{40}(?:\/|$))/.test(text));
/** Every character of it, so that none is a mark of the sentence. */
const encoded = (text: string) =>
  Array.from(
    new TextEncoder().encode(text),
    (byte) => `%${byte.toString(16).padStart(2, '0')}`,
  ).join('');

describe('for any names', () => {
  test('every form names the same repository', () => {
    fc.assert(
      fc.property(owner, name, (o, n) => {
        const forms = [
          `${o}/${n}`,
          `github.com/${o}/${n}`,
          `https://www.github.com/${o}/${n}.git`,
          `git@github.com:${o}/${n}.git`,
          `ssh://git@github.com/${o}/${n}`,
          `구독 https://github.com/${o}/${n}을`,
          `<https://github.com/${o}/${n}>`,
          `https://github.com/${o}/${n}/pull/7/files?b#c`,
        ];
        for (const form of forms) {
          const value = { owner: o, name: n, branch: null };
          expect(parseRepositoryAddress(form)).toEqual({ ok: true, value });
        }
      }),
    );
  });

  test('a branch comes through the address bar unchanged, and is among the candidates', () => {
    fc.assert(
      fc.property(owner, name, branch, (o, n, b) => {
        const address = `https://github.com/${o}/${n}/tree/${encoded(b)}`;
        expect(parseRepositoryAddress(address)).toEqual({
          ok: true,
          value: { owner: o, name: n, branch: b },
        });
        expect(branchCandidates(`${b}/src/index.ts`)).toContain(b);
      }),
    );
  });

  test('whatever is read can be asked for, and no text is too strange', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        const parsed = parseRepositoryAddress(`github.com/${text}`);
        if (!parsed.ok) return;
        expect(isOwner(parsed.value.owner) && isRepositoryName(parsed.value.name)).toBe(true);
      }),
    );
  });

  test.each([
    ['a', 'not-a-repository'],
    ['a.', 'not-a-repository'],
    ['a/', 'not-a-repository'],
    ['a@', 'not-a-repository'],
    ['git@a.b:', 'other-host'],
    ['https://', 'not-a-repository'],
  ])('200,000 times %s in one word is read before anybody tires of waiting', (part, reason) => {
    expect(read(part.repeat(200_000))).toBe(reason);
  });
});
