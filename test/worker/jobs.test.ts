import { createMessageBatch } from 'cloudflare:test';
import { beforeEach, describe, expect, test } from 'vitest';
import { createWorker } from '../../src/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { insertDeliveries } from '../../src/store/deliveries.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  health,
  posts,
  reader,
  SATURDAY,
  START,
} from './harness.ts';

const CRON_MS = 30 * MINUTE_MS;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ TMDB_TOKEN: undefined, KOPIS_KEY: undefined });
  await connectWebhook(harness);
});

/** The next crons, one after the other, and all that comes of them. */
async function crons(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await harness.cron((Math.floor(harness.world.clock.now() / CRON_MS) + 1) * CRON_MS);
    await harness.settle();
  }
}

const refuse = () => Promise.reject(new Error('queue unavailable'));

/** Everything on the queues is lost. */
function loseMessages(): void {
  harness.queues.waiting.length = 0;
}

async function say(text: string): Promise<string> {
  const { id } = reader(harness, 'ko');
  await harness.world.x.say(id, text);
  return id;
}

async function countRows(table: 'deliveries' | 'inbox' | 'items' | 'runs', where = 'true') {
  const row = await harness.env.DB.prepare(
    `SELECT count(*) AS count FROM ${table} WHERE ${where}`,
  ).first<{ count: number }>();
  return row?.count;
}

async function runOf(job: string): Promise<object | undefined> {
  const { runs = [] } = await health(harness);
  return runs.find((run) => 'job' in run && run.job === job);
}

describe('sweep', () => {
  test('finds the event of a message whose place on the queue was lost', async () => {
    const id = await say('고양이');
    loseMessages();
    await harness.settle();
    expect(answers(harness, id)).toEqual([]);
    expect((await health(harness)).events).toEqual({ waiting: 1, failed: 0 });
    await crons(1);
    expect(answers(harness, id)).toHaveLength(1);
    expect(await runOf('sweep')).toMatchObject({ counts: { events: 1, deliveries: 0 } });
    expect((await health(harness)).events).toEqual({ waiting: 0, failed: 0 });
  });

  test('finds deliveries whose place on the queue was lost', async () => {
    const notice = { kind: 'text', language: 'ko', text: '안녕하세요', suggestions: [] };
    const { id: address } = reader(harness, 'ko');
    await insertDeliveries(
      harness.env.DB,
      ['1', '2'].map((dedupeKey) => ({
        dedupeKey,
        channel: 'twitter',
        account: harness.world.x.bot.id,
        address,
        notice: JSON.stringify(notice),
      })),
      harness.world.clock.now(),
    ).run();
    expect((await health(harness)).deliveries).toEqual({ waiting: 2, dead: 0 });
    await crons(1);
    expect(answers(harness, address)).toHaveLength(2);
    expect(await runOf('sweep')).toMatchObject({ counts: { events: 0, deliveries: 2 } });
  });

  test('finds the deliveries to a crowd at once, as after a crash before they were queued', async () => {
    const { DB } = harness.env;
    const crowd = Array.from({ length: 250 }, (_, index) => ({
      dedupeKey: `crowd:${index}`,
      channel: 'no-such-channel',
      account: '',
      address: `${index}`,
      notice: JSON.stringify({ kind: 'text', language: 'ko', text: '소식', suggestions: [] }),
    }));
    await insertDeliveries(DB, crowd, harness.world.clock.now()).run();
    await harness.cron(START + CRON_MS);
    await harness.settle(START + CRON_MS + MINUTE_MS);
    expect(await runOf('sweep')).toMatchObject({ counts: { deliveries: 250 } });
  });

  test('finds deliveries that a failing queue did not take for their next try', async () => {
    let isUp = false;
    harness = await createHarness({}, ({ env }) => ({
      env: {
        ...env,
        DELIVERIES: {
          ...env.DELIVERIES,
          send: (body, options) => (isUp ? env.DELIVERIES.send(body, options) : refuse()),
        },
      },
    }));
    await connectWebhook(harness);
    harness.world.faults.add({ path: /\/messages$/, kind: 'status', status: 503 });
    const id = await say('고양이');
    await harness.settle();
    expect(answers(harness, id)).toEqual([]);
    expect((await health(harness)).deliveries).toEqual({ waiting: 1, dead: 0 });
    isUp = true;
    await crons(1);
    expect(answers(harness, id)).toHaveLength(1);
  });

  test('leaves alone what is on its way', async () => {
    await harness.cron(START + CRON_MS);
    const id = await say('고양이');
    await harness.cron(START + 2 * CRON_MS);
    expect(harness.queues.waiting.filter(({ queue }) => queue === 'soshik-events')).toHaveLength(1);
    await harness.settle();
    expect(await runOf('sweep')).toMatchObject({ state: 'done', counts: {} });
    expect(answers(harness, id)).toHaveLength(1);
  });
});

describe('a cron', () => {
  test('starts what has had no run for its slot, each once', async () => {
    await crons(3);
    const { runs } = await health(harness);
    const none = expect.anything();
    expect(runs?.map((run) => 'job' in run && run.job).toSorted()).toEqual([
      'collect',
      'feeds',
      'kakao-upkeep',
      'menu',
      'repo-digest',
      'repo-poll',
      'sweep',
      'upkeep',
    ]);
    expect(runs).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ job: 'sweep', slot: START + 3 * CRON_MS, finishedAt: none }),
        expect.objectContaining({ job: 'collect', slot: Date.UTC(2026, 10, 21, 20), attempts: 1 }),
        expect.objectContaining({ job: 'upkeep', slot: Date.UTC(2026, 10, 21, 18), attempts: 1 }),
      ]),
    );
    expect(posts(harness)).toEqual([]);
  });

  test('collects once a day', async () => {
    await crons(48);
    const pages = harness.world.requests.filter(({ url }) => url.endsWith('/new-to-watch'));
    expect(pages).toHaveLength(2);
    expect(pages[1]?.headers['if-none-match']).toBeDefined();
  });

  test('does not disturb a run that goes on', async () => {
    await harness.cron(SATURDAY);
    const worker = createWorker(harness.runtime);
    const message = {
      timestamp: new Date(SATURDAY),
      attempts: 1,
      body: { job: 'netflix-weekly', slot: SATURDAY },
    };
    await Promise.all(
      ['one', 'other'].map((id) =>
        worker.queue(createMessageBatch('soshik-polls', [{ ...message, id }]), harness.env),
      ),
    );
    await harness.settle();
    expect(posts(harness)).toHaveLength(16);
    expect(await runOf('netflix-weekly')).toMatchObject({ state: 'done', attempts: 1 });
  });
});

test('of jobs that came in one message, one that throws is tried again without the others', async () => {
  const sent: unknown[] = [];
  harness = await createHarness({}, ({ env }) => ({
    env: {
      ...env,
      POLLS: {
        ...env.POLLS,
        send: (body, options) => {
          sent.push(body);
          return env.POLLS.send(body, options);
        },
        sendBatch: (messages, options) => {
          const list = [...messages];
          sent.push(...list.map(({ body }) => body));
          return env.POLLS.sendBatch(list, options);
        },
      },
    },
  }));
  const [broken, upkeep] = ['no-such-job', 'upkeep'].map((job) => ({ job, slot: SATURDAY }));
  await harness.queues.binding('soshik-polls').send({ jobs: [broken, upkeep] });
  await harness.settle();
  expect(sent).toEqual([upkeep, broken]);
  expect(await runOf('upkeep')).toMatchObject({ state: 'done', attempts: 1 });
  // It came again as often as the queue lets it, then it was given up.
  expect(harness.queues.dead.map(({ body }) => body)).toEqual([broken]);
});

describe('a run whose isolate died, with nothing left to do', () => {
  test.each([
    ['a moment ago', MINUTE_MS],
    ['long ago', -MINUTE_MS],
  ])('%s comes to its end when its message comes again', async (_when, leaseMs) => {
    const run = { job: 'sweep', slot: START };
    await harness.env.DB.prepare(
      `INSERT INTO runs (job, slot, state, leased_until, started_at)
       VALUES ('sweep', ?1, 'running', ?1 + ?2, ?1)`,
    )
      .bind(START, leaseMs)
      .run();
    await harness.queues.binding('soshik-polls').send({ jobs: [run] });
    await harness.settle();
    expect(await runOf('sweep')).toMatchObject({ state: 'done', slot: START });
    expect(await countRows('runs')).toBe(1);
  });
});

describe('a run whose isolate dies every time', () => {
  test('is given up and shown as failed', async () => {
    await harness.cron(SATURDAY);
    loseMessages();
    // As five dead runners left it.
    await harness.env.DB.prepare(
      `INSERT INTO runs (job, slot, state, attempts, leased_until, started_at)
       VALUES ('netflix-weekly', ?1, 'running', 5, ?1, ?1)`,
    )
      .bind(SATURDAY)
      .run();
    await crons(1);
    expect(await runOf('netflix-weekly')).toMatchObject({
      state: 'failed',
      reason: 'crashed too often',
    });
    expect(posts(harness)).toEqual([]);
  });
});

describe('kakao-upkeep', () => {
  test('looks after all logins that are due on one day, however many, and does not fail', async () => {
    const { DB } = harness.env;
    await DB.prepare(
      `WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 50)
       INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since)
       SELECT 4100000000 + id, '[]', 0, 'connected', 0 FROM ids`,
    ).run();
    await harness.cron(Date.UTC(2026, 10, 22, 19));
    await harness.settle();
    // None of them has a token, which upkeep finds out one by one.
    const { results: states } = await DB.prepare(
      `SELECT state, count(*) AS count FROM kakao_logins GROUP BY state`,
    ).all();
    expect(states).toEqual([{ state: 'log-in-again', count: 50 }]);
    const { results: runs } = await DB.prepare(
      `SELECT DISTINCT state, attempts FROM runs WHERE job = 'kakao-upkeep'`,
    ).all();
    expect(runs).toEqual([{ state: 'done', attempts: 1 }]);
  });
});

describe('an event that cannot be worked off', () => {
  test('is given up, counted, and stops nobody else', async () => {
    const id = await say('고양이');
    await harness.env.DB.prepare(`UPDATE inbox SET content = 'not JSON'`).run();
    await harness.world.x.say(id, '도움말');
    await harness.settle();
    expect(answers(harness, id)).toHaveLength(1);
    await crons(3);
    expect((await health(harness)).events).toEqual({ waiting: 0, failed: 1 });
  });
});

describe('a message on a queue that means nothing', () => {
  test.each([
    ['soshik-events', { key: 'x:none' }],
    ['soshik-events', { id: 1 }],
    ['soshik-polls', { job: 'no-such-job', slot: SATURDAY }],
    ['soshik-polls', { job: 'sweep', slot: 'now' }],
    ['soshik-deliveries', { id: 999 }],
    ['soshik-deliveries', { id: '1' }],
    ['soshik-deliveries', null],
    ['soshik-nothing', { id: 1 }],
  ])('in %s (%o) does no harm', async (queue, body) => {
    await harness.queues.binding(queue).send(body);
    const id = await say('고양이');
    await harness.settle();
    await crons(1);
    expect(answers(harness, id)).toHaveLength(1);
    expect(await health(harness)).toMatchObject({
      events: { waiting: 0, failed: 0 },
      deliveries: { waiting: 0, dead: 0 },
    });
    expect(await countRows('runs', `job = 'no-such-job'`)).toBe(0);
  });
});

test('the queues of a second bot are understood, whatever it is called', async () => {
  await say('고양이');
  loseMessages();
  await harness.queues.binding('soshik-staging-polls').send({ job: 'sweep', slot: SATURDAY });
  await harness.settle();
  expect(await runOf('sweep')).toMatchObject({ state: 'done' });
});

describe('upkeep', () => {
  test('forgets what is over, and never a title that was posted', async () => {
    await say('고양이');
    await harness.cron(SATURDAY);
    await harness.settle();
    expect([await countRows('inbox'), await countRows('deliveries')]).toEqual([1, 17]);
    const runs = await countRows('runs');

    harness.world.clock.advance(41 * DAY_MS);
    await crons(1);
    expect([await countRows('inbox'), await countRows('deliveries')]).toEqual([0, 0]);
    expect(await countRows('runs')).toBeGreaterThan(runs ?? 0);
    expect(await countRows('items', 'announced_at IS NOT NULL')).toBe(16);

    harness.world.clock.advance(91 * DAY_MS);
    await crons(1);
    expect(await countRows('runs', `slot <= ${SATURDAY}`)).toBe(0);
    expect(await countRows('items', 'announced_at IS NOT NULL')).toBe(16);
  });

  test('forgets what was refused or given up as well: it holds words', async () => {
    await say('고양이');
    await harness.settle();
    await harness.env.DB.batch([
      harness.env.DB.prepare(`UPDATE inbox SET state = 'failed'`),
      harness.env.DB.prepare(`UPDATE deliveries SET state = 'refused'`),
    ]);
    harness.world.clock.advance(39 * DAY_MS);
    await crons(1);
    expect([await countRows('inbox'), await countRows('deliveries')]).toEqual([1, 1]);
    harness.world.clock.advance(2 * DAY_MS);
    await crons(1);
    expect([await countRows('inbox'), await countRows('deliveries')]).toEqual([0, 0]);
  });

  test('keeps what is not over, and the keys of the last days', async () => {
    await say('고양이');
    await harness.settle();
    const dead = { dedupeKey: 'k', channel: 'twitter', account: '1', address: '2', notice: '{}' };
    const { DB } = harness.env;
    await insertDeliveries(DB, [dead], harness.world.clock.now()).run();
    await DB.prepare(
      `UPDATE deliveries SET state = 'dead', finished_at = due_at, revivals = 99 WHERE state = 'waiting'`,
    ).run();
    harness.world.clock.advance(5 * DAY_MS);
    await crons(1);
    expect([await countRows('inbox'), await countRows('deliveries')]).toEqual([1, 2]);
    harness.world.clock.advance(60 * DAY_MS);
    await crons(1);
    expect(await countRows('deliveries', `state = 'dead' AND notice IS NOT NULL`)).toBe(1);
    expect((await health(harness)).deliveries).toEqual({ waiting: 0, dead: 1 });
  });
});

test('/healthz tells that storage does not answer', async () => {
  await harness.env.DB.prepare('DROP TABLE runs').run();
  const response = await harness.fetch(new Request('https://soshik.example/healthz'));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    ok: false,
    features: { storage: { state: 'failing' } },
  });
});

test('a day of crons costs few calls out', async () => {
  await crons(48);
  const all = harness.world.requests.map(({ url }) => new URL(url).host);
  const asked = all.filter((host) => host !== 'api.github.com');
  // Nobody watches a repository: whether GitHub takes the token is asked once each half hour.
  expect(all.length - asked.length).toBeLessThanOrEqual(48);
  // Posters of what is to come are fetched as it is collected, each once: the day before is caught up, too.
  const hosts = asked.filter((host) => !host.endsWith('.nflxso.net'));
  expect(asked.length - hosts.length).toBeLessThanOrEqual(20);
  // The menu of three meals.
  expect(new Set(hosts)).toEqual(new Set(['about.netflix.com', 'open.neis.go.kr']));
  expect(hosts.length).toBeLessThanOrEqual(7);
  expect(harness.world.clock.now()).toBeLessThanOrEqual(START + DAY_MS + HOUR_MS);
});
