import { expect, test } from 'vitest';
import { keepWait } from '../../src/store/waits.ts';
import { sandboxSecrets } from '../sandbox/world.ts';
import { createHarness, health, SATURDAY, START } from '../worker/harness.ts';

const HEALTH = 'https://soshik.example/healthz';

test('/healthz names each feature that is off and the secrets it misses', async () => {
  const harness = await createHarness({ TMDB_TOKEN: undefined });
  const response = await harness.fetch(new Request(HEALTH));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    ok: true,
    features: {
      tmdb: { state: 'off', missing: ['TMDB_TOKEN'] },
      'twitter-account': { state: 'on' },
    },
  });
});

test('/healthz shows no secret', async () => {
  const harness = await createHarness();
  await harness.cron(SATURDAY);
  await harness.settle();
  const text = await (await harness.fetch(new Request(HEALTH))).text();
  for (const secret of Object.values(sandboxSecrets)) expect(text).not.toContain(secret);
});

test('/healthz tells what the last runs did', async () => {
  const harness = await createHarness();
  await harness.cron(SATURDAY);
  await harness.settle();
  expect(await (await harness.fetch(new Request(HEALTH))).json()).toMatchObject({
    runs: expect.arrayContaining([
      expect.objectContaining({
        job: 'netflix-weekly',
        slot: SATURDAY,
        state: 'done',
        deliveries: [{ state: 'sent', note: null, count: harness.world.x.timeline().length }],
      }),
    ]),
  });
});

test('/healthz counts a thousand of what waits, and a hundred of a run: anybody may ask', async () => {
  const harness = await createHarness();
  await harness.env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
     INSERT INTO deliveries (dedupe_key, channel, account, address, run, state, due_at, created_at)
     SELECT i, 'telegram', '', i, 'sweep@1', 'waiting', ?1, ?1 FROM n`,
  )
    .bind(harness.world.clock.now())
    .run();
  await harness.env.DB.prepare(
    `INSERT INTO runs (job, slot, state, leased_until, started_at) VALUES ('sweep', 1, 'done', 0, 1)`,
  ).run();
  const { deliveries, runs } = await health(harness);
  expect(deliveries).toEqual({ waiting: 1000, dead: 0 });
  expect(runs).toMatchObject([{ deliveries: [{ state: 'waiting', count: 100 }] }]);
});

test('/healthz says that a source is broken, and since when', async () => {
  const harness = await createHarness({ TMDB_TOKEN: undefined });
  harness.world.netflix.layout = 'broken';
  await harness.cron(SATURDAY);
  await harness.settle();
  expect(await (await harness.fetch(new Request(HEALTH))).json()).toMatchObject({
    ok: false,
    features: {
      netflix: {
        state: 'failing',
        reason: 'broken',
        since: expect.stringContaining('2026-11-28'),
      },
    },
  });
});

test.each([
  [401, 'unauthorized 401'],
  [402, 'credits-depleted 402'],
])('/healthz says that X answers %i to the account', async (status, reason) => {
  const harness = await createHarness();
  harness.world.faults.add({
    host: 'api.x.com',
    path: '/2/tweets',
    kind: 'status',
    status,
    times: 100,
  });
  await harness.cron(SATURDAY);
  await harness.settle(SATURDAY + 60_000);
  expect(await (await harness.fetch(new Request(HEALTH))).json()).toMatchObject({
    ok: false,
    features: { 'twitter-account': { state: 'failing', reason } },
  });
});

test.each([
  ['twitter', 'credits-depleted 402', 'twitter-account'],
  ['telegram', 'unauthorized 401', 'telegram'],
  ['kakaotalk', 'kakao: configuration -9', 'kakao-login'],
  ['kakao', 'kakao-event: quota', 'kakao-chatbot'],
])(
  '/healthz blames what waits on %s for the owner on that channel alone',
  async (lane, reason, id) => {
    const harness = await createHarness();
    const { DB } = harness.env;
    const wait = { lane, account: '', address: '', until: START, reason };
    await keepWait(DB, { ...wait, cause: 'sender' }, START);
    const { features } = await health(harness);
    const failing = Object.entries(features).filter(([, { state }]) => state === 'failing');
    expect(failing).toMatchObject([[id, { state: 'failing', reason }]]);
  },
);

test('/healthz says that the webhook at Telegram could not be kept, while Telegram is on', async () => {
  const harness = await createHarness();
  const { DB } = harness.env;
  await DB.exec(
    `INSERT INTO settings (key, value, changed_at) VALUES ('telegram-state', '"token-refused"', 1)`,
  );
  expect((await health(harness)).features['telegram']).toEqual({
    state: 'failing',
    reason: 'token-refused',
  });
  harness.redeploy({ TELEGRAM_BOT_TOKEN: undefined });
  expect((await health(harness)).features['telegram']).toEqual({
    state: 'off',
    missing: ['TELEGRAM_BOT_TOKEN'],
  });
});

test('/healthz tells of a failing source only while it is in use', async () => {
  const harness = await createHarness();
  await harness.env.DB.exec(
    `INSERT INTO sources (id, memory, state, detail, state_since, visited_at) VALUES ('menu-neis', '{}', 'broken', 'x', 0, 1), ('tmdb', '{}', 'broken', 'x', 0, 1)`,
  );
  const failing = { state: 'failing', reason: 'broken', since: '1970-01-01T00:00:00.000Z' };
  expect((await health(harness)).features).toMatchObject({
    'menu-neis': failing,
    tmdb: failing,
  });
  harness.redeploy({ MENU_SCHOOL: '', TMDB_TOKEN: undefined });
  const { ok, features } = await health(harness);
  expect([ok, features['menu-neis'], features['tmdb']?.state]).toEqual([true, undefined, 'off']);
});

test('/healthz answers 503 while there is no storage', async () => {
  const harness = await createHarness();
  await harness.env.DB.exec('DROP TABLE sources');
  const response = await harness.fetch(new Request(HEALTH));
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ features: { storage: { state: 'failing' } } });
});

test.each(['/nothing', '/webhook/twitter/', '/sandbox'])('%s is not found', async (path) => {
  const harness = await createHarness();
  const response = await harness.fetch(new Request(`https://soshik.example${path}`));
  expect(response.status).toBe(404);
});
