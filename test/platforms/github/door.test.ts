import * as fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { hex, sha256Hex } from '../../../src/lib/encoding.ts';
import { createHttp } from '../../../src/pages/app.ts';
import { rooms, wire } from '../../../src/wire.ts';
import { utf8 } from '../../sandbox/bytes.ts';
import { sandboxSecrets } from '../../sandbox/secrets.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

const WEBHOOK = 'https://soshik.example/webhook/github';
const MIB = 1024 * 1024;
const ID = '72d3162e-cc78-11e3-81ab-4c9367dc0958';
const repository = { id: 7, full_name: 'o/r' };
const push = { ref: 'refs/heads/feat/x', deleted: false, repository };

/** Makes of a binding one that fails whatever it is asked for. */
const broken = {
  get() {
    throw new Error('D1_ERROR: no such table');
  },
};

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await watchRepository(repository.id);
});

/** Somebody watches a repository. */
async function watchRepository(id: number): Promise<void> {
  const { DB } = harness.env;
  await DB.batch([
    DB.prepare(
      `INSERT INTO people (id, channel, address, language, created_at)
       VALUES (1, 'telegram', '42', 'ko', 0)`,
    ),
    DB.prepare(
      `INSERT INTO repositories (id, node_id, owner, name, added_at) VALUES (?1, 'R', 'o', 'r', 0)`,
    ).bind(id),
    DB.prepare(
      `INSERT INTO branches (id, repository, name, state, changed_at)
       VALUES (1, ?1, 'main', 'ok', 0)`,
    ).bind(id),
    DB.prepare(
      `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
       VALUES (1, 1, 'r', 'r', 0)`,
    ),
  ]);
}

async function signature(body: string, secret: string = sandboxSecrets.GITHUB_WEBHOOK_SECRET) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['sign']);
  return `sha256=${hex(await crypto.subtle.sign('HMAC', key, utf8(body)))}`;
}

/** The headers of a delivery, over those GitHub sends; `null` takes one away. */
type Changes = Readonly<Record<string, string | null>>;

async function deliver(event: string, body: string, changes: Changes = {}, env = harness.env) {
  const headers = new Headers({
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': ID,
    'x-hub-signature-256': await signature(body),
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const app = createHttp((bindings) => wire(bindings, harness.runtime), rooms);
  return await app.fetch(new Request(WEBHOOK, { method: 'POST', headers, body }), env);
}

/** D1 that notes what each of its statements read and wrote. */
function billing(db: D1Database, bills: { read: number; written: number }[]): D1Database {
  const counted = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, key) {
        if (key === 'bind') return (...values: unknown[]) => counted(target.bind(...values));
        return async () => {
          const answer = await target.all();
          bills.push({ read: answer.meta.rows_read, written: answer.meta.rows_written });
          return key === 'first' ? (answer.results[0] ?? null) : answer;
        };
      },
    });
  return new Proxy(db, {
    get: (target, key): unknown =>
      key === 'prepare'
        ? (sql: string) => counted(target.prepare(sql))
        : Reflect.get(target, key, target),
  });
}

async function inbox(): Promise<unknown[]> {
  const { results } = await harness.env.DB.prepare(
    'SELECT key, channel, type, account, state, content FROM inbox ORDER BY key',
  ).all();
  return results;
}

function queued(): unknown[] {
  return harness.queues.waiting.map(({ queue, body }) => [queue, body]);
}

async function keyOf(body: string): Promise<string> {
  return `github:${await sha256Hex(body)}`;
}

async function expectNothingKept(): Promise<void> {
  expect([await inbox(), queued()]).toEqual([[], []]);
}

describe('a signed delivery', () => {
  test.each([
    ['push', push, { branch: 'feat/x', isSure: false }],
    [
      'create',
      { ref: 'feat/x', ref_type: 'branch', repository },
      { branch: 'feat/x', isSure: false },
    ],
    [
      'delete',
      { ref: 'feat/x', ref_type: 'branch', repository },
      { branch: 'feat/x', isSure: true },
    ],
    ['repository', { action: 'renamed', repository }, { branch: null, isSure: false }],
    ['repository', { action: 'privatized', repository }, { branch: null, isSure: true }],
  ])(
    'of a %s is kept as a hint, queued and answered with an empty 202',
    async (event, body, hint) => {
      const response = await deliver(event, JSON.stringify(body));
      expect([response.status, await response.text()]).toEqual([202, '']);
      expect(await inbox()).toEqual([
        {
          key: await keyOf(JSON.stringify(body)),
          channel: 'github',
          type: event,
          account: null,
          state: 'waiting',
          content: JSON.stringify({
            channel: 'github',
            about: { repositoryId: 7, ...hint, release: null },
          }),
        },
      ]);
      expect(queued()).toEqual([['soshik-events', { key: await keyOf(JSON.stringify(body)) }]]);
    },
  );

  test('that comes a hundred times under a hundred ids is kept once (S-13)', async () => {
    const body = JSON.stringify(push);
    for (let time = 0; time < 100; time++) {
      const answer = await deliver('push', body, { 'x-github-delivery': `captured-${time}` });
      expect(answer.status).toBe(202);
    }
    expect(await inbox()).toHaveLength(1);
  });

  test('that comes twice is kept once', async () => {
    const body = JSON.stringify(push);
    const copies = [await deliver('push', body), await deliver('push', body)];
    expect(copies.map(({ status }) => status)).toEqual([202, 202]);
    expect(await inbox()).toHaveLength(1);
  });

  test('of a webhook that is set to forms is read too', async () => {
    const body = new URLSearchParams({ payload: JSON.stringify(push) }).toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await deliver('push', body, form)).status).toBe(202);
    expect(await inbox()).toMatchObject([{ key: await keyOf(body), state: 'waiting' }]);
  });

  test.each([
    ['push', push],
    ['create', { ref: 'feat/x', ref_type: 'branch', repository }],
    ['repository', { action: 'renamed', repository }],
  ])('of a %s in a repository that nobody watches is passed over', async (event, body) => {
    await harness.env.DB.prepare('DELETE FROM watches').run();
    const response = await deliver(event, JSON.stringify(body));
    expect([response.status, await response.text()]).toEqual([202, '']);
    await expectNothingKept();
  });

  test('of nobody’s repository costs no row written, and of one among many that are watched few read', async () => {
    const { DB } = harness.env;
    await DB.batch([
      DB.prepare(
        `WITH RECURSIVE numbers (value) AS (
           SELECT 100 UNION ALL SELECT value + 1 FROM numbers WHERE value < 400)
         INSERT INTO repositories (id, node_id, owner, name, added_at)
         SELECT value, 'R' || value, 'o', 'r' || value, 0 FROM numbers`,
      ),
      DB.prepare(
        `INSERT INTO branches (repository, name, state, changed_at)
         SELECT id, 'main', 'ok', 0 FROM repositories WHERE id >= 100`,
      ),
      DB.prepare(
        `INSERT INTO watches (person, branch, nickname, nickname_key, created_at)
         SELECT 1, id, id, id, 0 FROM branches WHERE repository >= 100`,
      ),
    ]);
    const bills: { read: number; written: number }[] = [];
    const env = { ...harness.env, DB: billing(DB, bills) };
    const unwatched = JSON.stringify({ ...push, repository: { id: 99_999 } });
    expect((await deliver('push', unwatched, {}, env)).status).toBe(202);
    const { length: calls } = bills;
    expect(Math.max(...bills.splice(0).map(({ written }) => written))).toBe(0);
    expect((await deliver('push', JSON.stringify(push), {}, env)).status).toBe(202);
    expect(await inbox()).toHaveLength(1);
    // What is watched takes no statement more than what is not, and reads as much of 300 as of one.
    expect(bills.length).toBeLessThanOrEqual(calls);
    expect(Math.max(...bills.map((bill) => bill.read))).toBeLessThan(8);
  });

  test('of a ping is answered with 200, without a look into storage', async () => {
    const response = await deliver('ping', '{"zen":"Keep it logically awesome."}');
    expect(response.status).toBe(200);
    await expectNothingKept();
  });

  test.each([
    ['an event nobody asked for', 'star', { action: 'created', repository }],
    ['a tag', 'push', { ...push, ref: 'refs/tags/v1' }],
    ['a deleted branch', 'push', { ...push, deleted: true }],
    ['a push of a strange shape', 'push', { ref: 7 }],
    ['an event without a name', '', push],
  ])('of %s is passed over with 202', async (_name, event, body) => {
    expect((await deliver(event, JSON.stringify(body))).status).toBe(202);
    await expectNothingKept();
  });

  test.each([
    ['that is no JSON', 'push', '{', {}],
    ['that is empty', 'push', '', {}],
    [
      'whose form has no payload',
      'push',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['without an id', 'push', JSON.stringify(push), { 'x-github-delivery': null }],
    [
      'with an id out of bounds',
      'push',
      JSON.stringify(push),
      { 'x-github-delivery': 'x'.repeat(101) },
    ],
  ])('%s is refused with 400', async (_name, event, body, changes: Changes) => {
    expect((await deliver(event, body, changes)).status).toBe(400);
    await expectNothingKept();
  });

  test('of 2 MiB is read, one of more than 25 MiB is refused with 413', async () => {
    const body = JSON.stringify(push);
    expect((await deliver('push', body + ' '.repeat(2 * MIB))).status).toBe(202);
    const signed = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
    expect((await deliver('push', ' '.repeat(25 * MIB + 1), signed)).status).toBe(413);
  });

  test('is answered with 503 while there is no storage or no queue, and kept when it comes again', async () => {
    const body = JSON.stringify(push);
    const noStorage = { ...harness.env, DB: new Proxy(harness.env.DB, broken) };
    expect((await deliver('push', body, {}, noStorage)).status).toBe(503);
    const noQueue = { ...harness.env, EVENTS: new Proxy(harness.env.EVENTS, broken) };
    expect((await deliver('push', body, {}, noQueue)).status).toBe(503);
    expect(queued()).toEqual([]);
    expect((await deliver('push', body)).status).toBe(202);
    expect(await inbox()).toHaveLength(1);
    expect(queued()).toHaveLength(1);
  });
});

describe('a delivery that GitHub did not sign', () => {
  test.each([
    ['not at all', { 'x-hub-signature-256': null }],
    ['with SHA-1 only', { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=00' }],
    ['wrongly', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
  ])('%s is refused with 401', async (_name, changes: Changes) => {
    expect((await deliver('push', JSON.stringify(push), changes)).status).toBe(401);
    expect((await deliver('ping', '{}', changes)).status).toBe(401);
    await expectNothingKept();
  });

  test('but somebody with another secret is refused with 401', async () => {
    const body = JSON.stringify(push);
    const forged = { 'x-hub-signature-256': await signature(body, 'another-fake-secret') };
    expect((await deliver('push', body, forged)).status).toBe(401);
    await expectNothingKept();
  });

  test('is refused with 401 also when no secret is set', async () => {
    harness.redeploy({ GITHUB_WEBHOOK_SECRET: undefined });
    expect((await deliver('push', JSON.stringify(push))).status).toBe(401);
    const blank = { 'x-hub-signature-256': await signature('{}', ' ') };
    expect((await deliver('ping', '{}', blank)).status).toBe(401);
    await expectNothingKept();
  });
});

test('any signed payload is answered with 200, 202 or 400, and never sends anything', async () => {
  const event = fc.oneof(
    fc.constantFrom('push', 'release', 'repository', 'ping'),
    fc.stringMatching(/^\w{0,9}$/),
  );
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({ ref: fc.string(), deleted: fc.anything(), repository: fc.anything() })
      .map((value) => {
        // Not everything has a form in JSON.
        try {
          return JSON.stringify(value);
        } catch {
          return '';
        }
      }),
  );
  await fc.assert(
    fc.asyncProperty(event, body, async (name, text) => {
      expect([200, 202, 400]).toContain((await deliver(name, text)).status);
    }),
    { numRuns: 300 },
  );
  expect(harness.world.requests).toEqual([]);
});

test('other methods are told which one there is', async () => {
  const app = createHttp((bindings) => wire(bindings, harness.runtime), rooms);
  const response = await app.fetch(new Request(WEBHOOK), harness.env);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
});

test('the log of a failure holds neither a name nor a secret', async () => {
  const log = vi.spyOn(console, 'log');
  await deliver(
    'push',
    JSON.stringify(push),
    {},
    { ...harness.env, DB: new Proxy(harness.env.DB, broken) },
  );
  const lines = log.mock.calls.flat().join('\n');
  log.mockRestore();
  expect(lines).toContain('"event":"webhook-unavailable"');
  for (const secret of ['feat/x', 'o/r', ...Object.values(sandboxSecrets)]) {
    expect(lines).not.toContain(secret);
  }
});
