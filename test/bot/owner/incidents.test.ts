import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { createBrowser, ORIGIN, PASSWORD } from '../../pages/admin/desk.ts';
import { createHarness, type Harness, SATURDAY, START } from '../../worker/harness.ts';
import { botMessages, connectTelegram, privateChat, write } from '../../worker/telegramSteps.ts';

const SLOT_MS = 30 * MINUTE_MS;

let harness: Harness;
let slots: number;

/** The next half hour: the cron, then everything it queued. */
async function halfHour(): Promise<void> {
  slots += 1;
  const at = START + slots * SLOT_MS;
  await harness.cron(at);
  await harness.settle(at + SLOT_MS - MINUTE_MS);
}

async function health(): Promise<{ status: number; body: { features: Record<string, unknown> } }> {
  const response = await harness.fetch(new Request(`${ORIGIN}/healthz`));
  return { status: response.status, body: await response.json() };
}

async function ownerCode(): Promise<string> {
  const browser = createBrowser({ fetch: (request) => harness.fetch(request) });
  expect((await browser.post('/admin/login', { password: PASSWORD })).status).toBe(303);
  const page = await (await browser.submit('/admin/owner')).text();
  const [, code] = /주인 ([A-Z0-9]{8})/.exec(page) ?? [];
  if (code === undefined) throw new Error('the page shows no code');
  return code;
}

/** What the owner's chat was told since it became that. */
function told(): string[] {
  return botMessages(harness, privateChat(harness))
    .map(({ text }) => text)
    .filter((text) => text.startsWith('⚠️') || text.startsWith('✅'));
}

beforeEach(async () => {
  harness = await createHarness({ ADMIN_PASSWORD: PASSWORD });
  slots = 0;
  await connectTelegram(harness);
});

async function becomeOwner(): Promise<void> {
  const answer = await write(harness, privateChat(harness), `주인 ${await ownerCode()}`);
  expect(answer?.text).toContain('주인의 대화예요');
  await halfHour();
  expect(told()).toEqual([]);
}

describe('the owner’s chat', () => {
  test('is the one in which the code of the owner’s page is said, once', async () => {
    const code = await ownerCode();
    const first = await write(harness, privateChat(harness), `주인 ${code}`);
    expect(first?.text).toContain('주인의 대화예요');
    const second = await write(harness, privateChat(harness, 'en'), `owner ${code}`);
    expect(second?.text).toContain('wrong or over');
  });

  test('is nobody’s who guesses, and the guesses of others keep the owner from nothing', async () => {
    const code = await ownerCode();
    for (let guess = 0; guess < 10; guess += 1) {
      const answer = await write(harness, privateChat(harness, 'en'), `owner ABCDEFG${guess}`);
      expect(answer?.text).toContain('wrong or over');
      harness.world.clock.advance(MINUTE_MS);
    }
    const found = await write(harness, privateChat(harness, 'en'), `owner ${code}`);
    expect(found?.text).toContain('wrong too often');
    const owners = await write(harness, privateChat(harness), `주인 ${code}`);
    expect(owners?.text).toContain('주인의 대화예요');
  });

  test('is nobody’s with a code of an hour ago', async () => {
    const code = await ownerCode();
    harness.world.clock.advance(HOUR_MS);
    expect((await write(harness, privateChat(harness), `주인 ${code}`))?.text).toContain('새 번호');
  });
});

/** Cause it, tell it, heal it, tell that. */
async function walk(
  cause: () => void | Promise<void>,
  heal: () => void | Promise<void>,
  { feature, words, slotsToTell = 2 }: { feature: string; words: string; slotsToTell?: number },
): Promise<void> {
  expect((await health()).status).toBe(200);
  await cause();
  for (let slot = 0; slot < slotsToTell; slot += 1) await halfHour();
  expect(told()).toEqual([expect.stringContaining(words)]);
  expect(told()[0]).toContain('⚠️');
  const failing = await health();
  expect(failing.status).toBe(503);
  expect(failing.body.features[feature]).toMatchObject({ state: 'failing' });
  await halfHour();
  expect(told()).toHaveLength(1);
  await heal();
  for (let slot = 0; slot < 4; slot += 1) await halfHour();
  expect(told()).toEqual([
    expect.stringContaining('⚠️'),
    expect.stringMatching(new RegExp(`^✅ 다시 잘 돼요: .*${words}`)),
  ]);
  expect((await health()).status).toBe(200);
}

describe('trouble is told once, seen on /healthz, and told once more when it is over', () => {
  beforeEach(becomeOwner);

  test.each([
    [
      'an event that got stuck',
      `INSERT INTO inbox (key, channel, type, state, content, received_at)
       VALUES ('k', 'telegram', 'message', 'waiting', '{"channel":"telegram","unblocked":"1"}', 0)`,
    ],
    [
      'looking at branches',
      `INSERT INTO repositories (id, node_id, owner, name, added_at) VALUES (1, 'R', 'o', 'n', 0);
       INSERT INTO branches (repository, name, changed_at, state) VALUES (1, 'main', 0, 'ok')`,
    ],
  ])('when the queue refuses what is due: %s', async (_what, sql) => {
    await harness.env.DB.exec(sql.replaceAll(/\s+/g, ' ').replace('; ', ';\n'));
    const { POLLS } = harness.env;
    const refusing = new Proxy(POLLS, {
      get: (queue, name) =>
        name === 'sendBatch' || name === 'send'
          ? async () => {
              throw new Error('10000: daily limit');
            }
          : Reflect.get(queue, name),
    });
    await walk(
      () => harness.redeploy({ POLLS: refusing }),
      () => harness.redeploy({ POLLS }),
      { feature: 'jobs', words: '할 일을 줄에 세우지 못하고 있어요' },
    );
  });

  test('when the webhook at Telegram is given to somebody else and cannot be taken back', async () => {
    const { faults } = harness.world;
    await walk(
      () => {
        harness.world.telegram.connect('https://elsewhere.example/hook', null);
        faults.add({
          path: /\/setWebhook/,
          kind: 'status',
          status: 401,
          times: 1000,
          body: {
            ok: false,
            error_code: 401,
            description: 'Unauthorized',
          },
        });
      },
      () => faults.clear(),
      { feature: 'telegram', words: '텔레그램에서 오는 메시지를 받지 못해요' },
    );
  });

  test('when a source has changed its page', async () => {
    await walk(
      async () => {
        await harness.env.DB.exec(
          `INSERT OR REPLACE INTO sources (id, memory, state, detail, state_since, visited_at) VALUES ('netflix', '{}', 'broken', 'x', 0, 1)`,
        );
      },
      async () => {
        await harness.env.DB.exec(`UPDATE sources SET state = 'items'`);
      },
      { feature: 'netflix', words: '페이지가 바뀌어서 읽을 수 없어요' },
    );
  });

  test('when a queue gives work up', async () => {
    const { DB } = harness.env;
    await walk(
      async () => {
        await harness.env.EVENTS.send({ key: 'x' });
        harness.redeploy({
          DB: new Proxy(DB, {
            get: (db, name) => {
              const value = Reflect.get(db, name);
              if (name !== 'prepare') return typeof value === 'function' ? value.bind(db) : value;
              return (sql: string) => {
                if (sql.includes('UPDATE inbox')) throw new Error('D1_ERROR');
                return db.prepare(sql);
              };
            },
          }),
        });
        await harness.settle(harness.world.clock.now() + 20 * MINUTE_MS);
      },
      () => harness.redeploy({ DB }),
      { feature: 'jobs', words: '여러 번 해도 안 되는 일이', slotsToTell: 1 },
    );
  });

  test('when an account on X has to log in again', async () => {
    const { DB } = harness.env;
    await walk(
      async () => {
        await DB.exec(
          `INSERT INTO accounts (platform, id, username, kind, connected_at, state, state_since) VALUES ('twitter', '77', 'sandbox', 'oauth2', 0, 'log-in-again', 0)`,
        );
      },
      async () => {
        await DB.exec(`UPDATE accounts SET state = 'connected'`);
      },
      { feature: 'twitter-account', words: '@sandbox 계정의 로그인이 끝났어요' },
    );
  });
});

describe('while the database is out of service', () => {
  beforeEach(becomeOwner);

  test('the owner is told once without it, and once when it is back', async () => {
    const { DB } = harness.env;
    const dead = new Proxy(DB, {
      get: () => () => {
        throw new Error('D1_ERROR: daily limit');
      },
    });
    harness.redeploy({ DB: dead });
    for (let slot = 0; slot < 3; slot += 1) await halfHour().catch(() => undefined);
    expect(told()).toEqual([expect.stringContaining('데이터베이스에 쓸 수 없어요')]);
    expect((await health()).status).toBe(503);
    harness.redeploy({ DB });
    await halfHour();
    await halfHour();
    expect(told().slice(1)).toEqual([expect.stringContaining('✅ 다시 잘 돼요: 데이터베이스')]);
  });
});

describe('after three months and on Saturdays', () => {
  beforeEach(becomeOwner);

  test('what was wrong and is over is forgotten, and so are messages that a queue gave up', async () => {
    const { DB } = harness.env;
    await DB.batch([
      DB.prepare(
        `INSERT INTO incidents (key, feature, reason, words, page, opened_at, closed_at)
         VALUES ('a', 'x', 'y', '{}', '/admin', 0, ?1), ('b', 'x', 'y', '{}', '/admin', 0, ?2)`,
      ).bind(START - 91 * DAY_MS, START - 89 * DAY_MS),
      DB.prepare(`INSERT INTO dead_letters VALUES ('q', 'old', 0), ('q', 'new', ?1)`).bind(START),
    ]);
    await harness.cron(START + DAY_MS);
    await harness.settle(START + DAY_MS + HOUR_MS);
    const left = await DB.prepare(
      `SELECT key FROM incidents WHERE key IN ('a', 'b') UNION SELECT message FROM dead_letters`,
    ).all();
    expect(left.results).toEqual([{ key: 'b' }, { key: 'new' }]);
  });

  test.each([
    ['whoever wants to hear it', true, 1],
    ['nobody else', false, 0],
  ])('%s hears that all is well', async (_who, isWanted, count) => {
    await harness.env.DB.prepare(`INSERT INTO settings VALUES ('owner-weekly', ?1, 0)`)
      .bind(String(isWanted))
      .run();
    const before = botMessages(harness, privateChat(harness)).length;
    await harness.cron(SATURDAY + SLOT_MS);
    // The days that the test leaves out are trouble, too.
    await harness.env.DB.prepare('DELETE FROM incidents').run();
    await harness.settle(SATURDAY + SLOT_MS + MINUTE_MS);
    await harness.cron(SATURDAY + HOUR_MS);
    await harness.settle(SATURDAY + HOUR_MS + MINUTE_MS);
    const after = botMessages(harness, privateChat(harness)).slice(before);
    const wells = after.filter(({ text }) => text.includes('🌿'));
    expect(wells).toHaveLength(count);
  });
});
