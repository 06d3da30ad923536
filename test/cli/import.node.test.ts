import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import {
  decoded,
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

test.each([
  ['UTF-8', [0xed, 0x98, 0xb8, 0xeb, 0x85, 0xb8]],
  ['EUC-KR, as Excel in Korea writes it', [0xc8, 0xa3, 0xb3, 0xeb]],
  ['UTF-16', [0xff, 0xfe, 0x38, 0xd6, 0x78, 0xb1]],
])('a table in %s is read as it was written', (_charset, bytes) => {
  expect(decoded(new Uint8Array(bytes))).toBe('호노');
});

test.each([
  [401, 'API_KEY'],
  [429, 'API_KEY'],
  [0, '답이 없어요'],
])('a bot that answers %i is asked once, and the owner told what to do', async (status, words) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (status === 0) return response.destroy();
    response.statusCode = status;
    return response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const row = 'https://github.com/hana/garden/branches/main';
  const table = `id,fav_repository\n1,${row}\n2,${row}\n3,${row}`;
  const done = importUsers(table, new URL(`http://127.0.0.1:${port}`), 'key', () => undefined);
  await expect(done).rejects.toThrow(words);
  server.close();
  expect(asked).toBe(1);
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
