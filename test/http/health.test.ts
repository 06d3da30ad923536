import { expect, test } from 'vitest';
import { sandboxSecrets } from '../sandbox/world.ts';
import { createHarness, SATURDAY } from '../worker/harness.ts';

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

test('/healthz says that a source is broken, and since when', async () => {
  const harness = await createHarness({ TMDB_TOKEN: undefined });
  harness.world.netflix.layout = 'broken';
  await harness.cron(SATURDAY);
  await harness.settle();
  expect(await (await harness.fetch(new Request(HEALTH))).json()).toMatchObject({
    ok: false,
    features: {
      netflix: { state: 'failing', reason: expect.stringContaining('broken since 2026-11-28') },
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

test.each([
  ['ko-KR,ko;q=0.9', '고양이', '매주 토요일'],
  ['en-GB', 'cat 3', 'Every Saturday'],
])('/ says to a reader of %s what the bot does', async (language, ...words) => {
  const harness = await createHarness();
  const response = await harness.fetch(
    new Request('https://soshik.example/', { headers: { 'accept-language': language } }),
  );
  const text = await response.text();
  for (const word of [...words, 'TMDB']) expect(text).toContain(word);
});
