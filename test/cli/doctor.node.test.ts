import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';

const PASSWORD = 'fake-password-of-a-test';
const SECRET = 'fake-client-secret';

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

/** A bot as it should be; each part can be replaced. */
const well = {
  crc: ((request, response) => {
    const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('crc_token');
    if (token === null || token.startsWith('{')) return answer(response, 400, { error: 'no' });
    const mac = createHmac('sha256', SECRET).update(token).digest('base64');
    return answer(response, 200, { response_token: `sha256=${mac}` });
  }) as Handle,
  unsigned: ((_, response) => answer(response, 401, { error: 'no' })) as Handle,
  health: {
    features: {
      storage: { state: 'on' },
      tmdb: { state: 'off', missing: ['TMDB_TOKEN'] },
    },
  } as unknown,
  inside: ((request, response) => {
    const isOwner = request.headers.authorization === `Bearer ${PASSWORD}`;
    return isOwner
      ? answer(response, 200, {
          findings: [
            { id: 'webhook', state: 'ok', ko: '웹훅이 유효해요', en: 'webhook valid', todo: null },
          ],
        })
      : answer(response, 401, { error: 'no' });
  }) as Handle,
};

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const findsBad: Handle = (_, response) =>
  answer(response, 200, {
    findings: [
      {
        id: 'webhook',
        state: 'bad',
        ko: '웹훅이 꺼졌어요',
        en: 'the webhook is off',
        todo: { ko: '다시 등록해 주세요', en: 'register it again' },
      },
    ],
  });

async function bot(changes: Partial<typeof well> = {}): Promise<string> {
  const parts = { ...well, ...changes };
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://localhost');
    if (pathname === '/healthz') return answer(response, 200, parts.health);
    if (pathname === '/admin/doctor.json') return parts.inside(request, response);
    if (request.method === 'POST') return parts.unsigned(request, response);
    return parts.crc(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${address !== null && typeof address !== 'string' ? address.port : 0}`;
}

async function doctor(args: readonly string[], password = '') {
  const child = spawn(process.execPath, ['src/cli/doctor.ts', ...args], {
    env: { ...process.env, ADMIN_PASSWORD: password },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [status] = await once(child, 'close');
  return { status: Number(status), output };
}

/** X's check of a bot that has no secret for it. */
const refused: Handle = (_, response) => answer(response, 503, {});

describe('npm run doctor', () => {
  test('finds a bot that does everything right well, and says how fast it is', async () => {
    const { status, output } = await doctor([await bot()], PASSWORD);
    expect(output).toMatch(/✓ CRC에 답해요 \(가운데 값 \d+ ms\)/);
    expect(output).toContain('✓ 웹훅이 유효해요 / webhook valid');
    expect(output).toContain('- tmdb: 꺼짐, 필요한 비밀 값 TMDB_TOKEN');
    expect(output).not.toContain('✗');
    expect(status).toBe(0);
  });

  test('looks from outside alone when it is given no password', async () => {
    let asked = 0;
    const inside: Handle = (_, response) => {
      asked += 1;
      return answer(response, 401, {});
    };
    const { status, output } = await doctor([await bot({ inside })]);
    expect(asked).toBe(0);
    expect(output).toContain('ADMIN_PASSWORD를 주세요');
    expect(output).toContain('the inside was not seen');
    expect(output).not.toContain('모두 좋아요');
    expect(status).toBe(0);
  });

  test('does not look for X where X is not used', async () => {
    const features = { 'twitter-webhook': { state: 'off', missing: ['TWITTER_CLIENT_SECRET'] } };
    const { status, output } = await doctor([await bot({ crc: refused, health: { features } })]);
    expect(output).not.toContain('CRC');
    expect(output).toContain('- twitter-webhook: 꺼짐');
    expect(status).toBe(0);
  });

  test.each<[string, Partial<typeof well>, string]>([
    [
      'a webhook that redirects',
      { crc: (_, response) => void response.writeHead(301, { location: '/login' }).end() },
      '리디렉션과 로그인 벽을 없애 주세요',
    ],
    [
      'a webhook without a secret',
      { crc: (_, response) => answer(response, 503, {}) },
      'TWITTER_CLIENT_SECRET',
    ],
    [
      'an answer to CRC that is no signature',
      { crc: (_, response) => answer(response, 200, { response_token: 'sha256=short' }) },
      'CRC 답이 올바르지 않아요',
    ],
    [
      'a bot that signs any token, JSON included',
      {
        crc: (_, response) =>
          answer(response, 200, { response_token: `sha256=${'A'.repeat(43)}=` }),
      },
      '400여야 하는데 200',
    ],
    [
      'a webhook that takes unsigned events',
      { unsigned: (_, response) => answer(response, 200, {}) },
      '401여야 하는데 200',
    ],
    [
      'a feature that fails',
      { health: { features: { netflix: { state: 'failing', reason: 'broken' } } } },
      '✗ netflix: 문제 있음, broken',
    ],
    ['a server that is no soshik', { health: { hello: 'world' } }, 'soshik의 답이 아니에요'],
  ])('says what to do about %s and ends with 1', async (_name, changes, words) => {
    const { status, output } = await doctor([await bot(changes)]);
    expect(output).toContain(words);
    expect(status).toBe(1);
  });

  test('a finding inside that is bad comes with what to do and ends with 1', async () => {
    const { status, output } = await doctor([await bot({ inside: findsBad })], PASSWORD);
    expect(output).toContain('✗ 웹훅이 꺼졌어요 → 다시 등록해 주세요 / the webhook is off');
    expect(status).toBe(1);
  });

  test('a wrong password is told, and never printed', async () => {
    const { status, output } = await doctor([await bot()], 'fake-wrong-password');
    expect(output).toContain('ADMIN_PASSWORD가 봇의 것과 달라요');
    expect(output).not.toContain('fake-wrong-password');
    expect(status).toBe(1);
  });

  test('a password is never sent where a redirect leads', async () => {
    const seen: (string | undefined)[] = [];
    const inside: Handle = (request, response) => {
      seen.push(request.headers.authorization);
      return void response.writeHead(302, { location: '/elsewhere' }).end();
    };
    const { status } = await doctor([await bot({ inside })], PASSWORD);
    expect(seen).toHaveLength(1);
    expect(status).toBe(1);
  });

  test('what a server answers cannot steer the terminal', async () => {
    const health = { features: { evil: { state: 'failing', reason: '\u001b[2Jgone\u202e' } } };
    const { output } = await doctor([await bot({ health })]);
    expect(output).not.toContain('\u001b');
    expect(output).not.toContain('\u202e');
  });

  test('an address where nothing answers is told in one line', async () => {
    const { status, output } = await doctor(['http://127.0.0.1:9']);
    expect(output).toContain('닿지 않아요');
    expect(status).toBe(1);
  });

  test.each([[[]], [['not an address']], [['ftp://soshik.example']]])(
    'called with %j it shows how it is used',
    async (args) => {
      const { status, output } = await doctor(args);
      expect(output).toContain('npm run doctor -- https://');
      expect(status).toBe(1);
    },
  );
});
