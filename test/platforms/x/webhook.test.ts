import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { webhookFailureTexts } from '../../../src/platforms/x/failure.ts';
import { setUp } from '../../../src/platforms/x/upkeep.ts';
import {
  ensureWebhook,
  removeWebhook,
  replay,
  webhooks,
} from '../../../src/platforms/x/webhook.ts';
import { sandboxAppBearer } from '../../sandbox/world.ts';
import { basicCall } from '../../sandbox/x/login-client.ts';
import { answers, type Harness, reader } from '../../worker/harness.ts';
import { contextOf, converse, createFresh, logIn, ORIGIN } from './steps.ts';

const ADDRESS = `${ORIGIN}/webhook/twitter`;

let harness: Harness;
beforeEach(async () => {
  harness = await createFresh();
});

const ensure = () => ensureWebhook(contextOf(harness));

function refuseRegistration(word: string): void {
  harness.world.faults.add({
    kind: 'status',
    method: 'POST',
    path: '/2/webhooks',
    status: 400,
    times: 2,
    body: {
      errors: [{ message: `${word}: as X says it` }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: 'https://api.x.com/2/problems/invalid-request',
    },
  });
}

describe('registering the webhook', () => {
  test.each([
    ['CrcValidationFailed', 'crc-failed'],
    ['UrlValidationFailed', 'url-invalid'],
    ['WebhookLimitExceeded', 'limit'],
  ] as const)('tells %s as %s, in words and with what X said', async (word, reason) => {
    refuseRegistration(word);
    const ensured = await ensure();
    expect(ensured).toMatchObject({ ok: false, reason });
    expect(ensured).toHaveProperty('detail', expect.stringContaining('as X says it'));
    expect(webhookFailureTexts[reason].ko).toMatch(/[가-힣]/);
    expect(webhookFailureTexts[reason].en).toMatch(/\.$/);
  });

  test('that X calls a duplicate finds the one there is', async () => {
    await ensure();
    harness.world.faults.add({
      kind: 'status',
      method: 'GET',
      path: /^\/2\/webhooks/,
      status: 200,
      body: { meta: { result_count: 0 } },
    });
    expect(await ensure()).toMatchObject({ ok: true, value: { url: ADDRESS, valid: true } });
    expect(harness.world.x.webhooks()).toHaveLength(1);
  });

  test.each([
    [402, 'credits'],
    [403, 'forbidden'],
    [429, 'rate-limited'],
    [503, 'unavailable'],
  ] as const)('tells an answer of %d as %s', async (status, reason) => {
    harness.world.faults.add({ kind: 'status', method: 'POST', path: '/2/webhooks', status });
    expect(await ensure()).toMatchObject({ ok: false, reason });
  });

  test('with an address that names a port is refused in words', async () => {
    harness.redeploy({ PUBLIC_URL: `${ORIGIN}:8443` });
    expect(await ensure()).toMatchObject({ ok: false, reason: 'url-invalid' });
  });

  test('without the keys names them', async () => {
    harness.redeploy({ TWITTER_API_KEY: undefined });
    expect(await ensure()).toMatchObject({ ok: false, reason: 'not-configured' });
  });

  test('with wrong keys says so', async () => {
    harness.redeploy({ TWITTER_API_KEY: 'wrong-fake-key' });
    expect(await ensure()).toMatchObject({ ok: false, reason: 'keys-refused' });
  });
});

describe('an app whose CRC wants the other secret', () => {
  beforeEach(() => {
    harness.world.x.app.crcSecret = 'consumer';
  });

  test('gets the webhook at the address pinned to it, and messages arrive', async () => {
    await logIn(harness, harness.world.x.bot.id);
    expect(await setUp(contextOf(harness))).toMatchObject({
      ok: true,
      value: { webhook: { url: `${ADDRESS}/consumer`, secret: 'consumer', valid: true } },
    });
    expect(await converse(harness, reader(harness, 'ko').id, '고양이')).toHaveLength(1);
  });

  test.each(['oauth2', 'legacy'] as const)(
    'hears messages without the %s signature too',
    async (omit) => {
      await logIn(harness, harness.world.x.bot.id);
      await setUp(contextOf(harness));
      const person = reader(harness, 'ko');
      await harness.world.x.say(person.id, '고양이', { omit });
      await harness.settle();
      expect(answers(harness, person.id)).toHaveLength(1);
    },
  );

  test('hears messages though the client secret is mistyped', async () => {
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'mistyped-fake-secret' });
    await logIn(harness, harness.world.x.bot.id);
    await setUp(contextOf(harness));
    expect(await converse(harness, reader(harness, 'ko').id, '고양이')).toHaveLength(1);
  });

  test('keeps that address when the button is pressed again', async () => {
    await ensure();
    expect(await ensure()).toMatchObject({
      ok: true,
      value: { url: `${ADDRESS}/consumer`, changed: false },
    });
  });

  test('changes its mind later: the webhook moves to the other address', async () => {
    await ensure();
    harness.world.x.app.crcSecret = 'client';
    await harness.world.x.checkWebhooks();
    expect(await ensure()).toMatchObject({
      ok: true,
      value: { url: `${ADDRESS}/client`, secret: 'client', changed: true },
    });
    expect(harness.world.x.webhooks()).toHaveLength(1);
  });

  test('stays refused when the owner insists on one secret', async () => {
    harness.redeploy({ TWITTER_WEBHOOK_SECRET_KIND: 'client' });
    expect(await ensure()).toMatchObject({ ok: false, reason: 'crc-failed' });
  });
});

describe('the webhook', () => {
  test('that X switched off is switched on again in place', async () => {
    await ensure();
    const [before] = harness.world.x.webhooks();
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
    await harness.world.x.checkWebhooks();
    expect(harness.world.x.webhooks()).toMatchObject([{ valid: false }]);
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'sandbox-client-secret' });
    expect(await ensure()).toMatchObject({
      ok: true,
      value: { id: before?.id, valid: true, changed: true },
    });
  });

  test.each(['valid', 'attempted'] as const)(
    'is looked at after PUT, which answers "%s"',
    async (answer) => {
      harness.world.x.app.revalidation = answer;
      await ensure();
      harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
      await harness.world.x.checkWebhooks();
      harness.redeploy({ TWITTER_CLIENT_SECRET: 'sandbox-client-secret' });
      expect(await ensure()).toMatchObject({ ok: true, value: { valid: true } });
    },
  );

  test('is listed as ours, and removed', async () => {
    await ensure();
    const listed = await webhooks(contextOf(harness));
    expect(listed).toMatchObject({ ok: true, value: [{ url: ADDRESS, isOurs: true }] });
    const id = harness.world.x.webhooks()[0]?.id ?? '';
    expect(await removeWebhook(contextOf(harness), id)).toEqual({ ok: true, value: null });
    expect(harness.world.x.webhooks()).toEqual([]);
    expect(await removeWebhook(contextOf(harness), id)).toEqual({ ok: true, value: null });
  });

  test('survives an app bearer that X has ended', async () => {
    await ensure();
    const { TWITTER_API_KEY: key, TWITTER_API_SECRET: secret } = harness.env;
    const form = { access_token: sandboxAppBearer };
    await basicCall(harness.world, '/oauth2/invalidate_token', form, `${key}:${secret}`);
    const fetched = () =>
      harness.world.requests.filter(({ url }) => url.endsWith('/oauth2/token')).length;
    const before = fetched();
    expect(await ensure()).toMatchObject({ ok: true, value: { changed: false } });
    expect(await ensure()).toMatchObject({ ok: true });
    expect(fetched()).toBe(before + 1);
  });
});

describe('a replay', () => {
  beforeEach(async () => {
    await logIn(harness, harness.world.x.bot.id);
    await setUp(contextOf(harness));
  });

  test('brings what was missed, and nothing twice', async () => {
    const person = reader(harness, 'ko');
    await converse(harness, person.id, '고양이');
    const { clock, x } = harness.world;
    const range = { fromMs: clock.now() - HOUR_MS, toMs: clock.now() };
    clock.advance(HOUR_MS);
    expect(await replay(contextOf(harness), range)).toMatchObject({ ok: true });
    await x.settled();
    await harness.settle();
    expect(answers(harness, person.id)).toHaveLength(1);
  });

  test.each([
    ['empty', 0, 0],
    ['in the future', HOUR_MS, 2 * HOUR_MS],
    ['older than a day', -30 * HOUR_MS, -25 * HOUR_MS],
    ['of the last ten minutes', -8 * MINUTE_MS, 0],
  ])('of a range that is %s is refused in words', async (_name, from, to) => {
    const now = harness.world.clock.now();
    const started = await replay(contextOf(harness), { fromMs: now + from, toMs: now + to });
    expect(started).toMatchObject({ ok: false, reason: 'bad-range' });
  });
});
