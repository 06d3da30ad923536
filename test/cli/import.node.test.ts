import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import {
  type ImportedRow,
  importUsers,
  readCsv,
  registrationOf,
} from '../../src/cli/import/users.ts';

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

test('each row is registered with the key, and one that is refused stops no other', async () => {
  const seen: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    void answer(request, response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const told: ImportedRow[] = [];
  const table = [
    'id\tfav_repository\tnick_name\ttype',
    '7\thttps://github.com/hana/gone/branches/main\tNULL\ttelegram',
    '\tnothing',
    '8\thttps://github.com/hana/garden/branches/feat/pond\t정원\tkakao',
  ].join('\n');
  await importUsers(table, new URL(`http://127.0.0.1:${port}`), 'key', (row) => told.push(row));
  server.close();
  expect(seen).toEqual(['POST /api/ Bearer key 7 main', 'POST /api/ Bearer key 8 feat/pond']);
  expect(told.map(({ line, isIn }) => [line, isIn])).toEqual([
    [2, false],
    [3, false],
    [4, true],
  ]);
});

/** Writes down what was asked, and knows no person 7. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  seen: string[],
): Promise<void> {
  const { method, url, headers } = request;
  const fields = new URLSearchParams(await textOf(request));
  seen.push(
    `${method} ${url} ${headers.authorization} ${fields.get('id')} ${fields.get('branch')}`,
  );
  response.statusCode = fields.get('id') === '7' ? 404 : 200;
  response.end(JSON.stringify({ code: response.statusCode, message: '…' }));
}
