import { expect, test } from 'vitest';
import { readCsv, registrationOf } from '../../src/cli/import/users.ts';

test.each([
  [
    'id,nick_name\n1,"a, ""b"""\n\n2,\\N\n',
    [
      { id: '1', nick_name: 'a, "b"' },
      { id: '2', nick_name: '' },
    ],
  ],
  ['id\tnick_name\r\n1\tone\ttwo\r\n', [{ id: '1', nick_name: 'one' }]],
  ['\uFEFFid,nick_name\n1,"two\nlines"', [{ id: '1', nick_name: 'two\nlines' }]],
])('a table is read as it was exported: %j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});

test('a watched repository keeps its branch, slashes included, and its nickname', () => {
  const row = {
    id: '42',
    fav_repository: 'https://github.com/honojs/hono/branches/release/v4',
    nick_name: '호노',
    type: 'kakao',
  };
  expect(Object.fromEntries(registrationOf(row) ?? [])).toEqual({
    id: '42',
    fav_repository: 'https://github.com/honojs/hono',
    nick_name: '호노',
    type: 'kakao',
    branch: 'release/v4',
  });
  expect(registrationOf({ ...row, fav_repository: 'https://github.com/honojs/hono' })).toBeNull();
  expect(registrationOf({ ...row, id: '' })).toBeNull();
});
