import { beforeEach, describe, expect, test } from 'vitest';
import { finishLogin, startLogin } from '../../../src/platforms/x/login.ts';
import { backWith, press } from '../../sandbox/x/login-client.ts';
import type { Harness } from '../../worker/harness.ts';
import { CALLBACK, contextOf, createFresh } from './steps.ts';

const VERSIONS = [1, 2] as const;

let harness: Harness;
beforeEach(async () => {
  harness = await createFresh();
});

async function begin(version: 1 | 2, callbackUrl = CALLBACK) {
  const started = await startLogin(contextOf(harness), { version, callbackUrl });
  if (!started.ok) throw new Error(started.reason);
  return started.value;
}

const allow = () => ({ allow: harness.world.x.bot.id });

describe.each(VERSIONS)('a login of version %d', (version) => {
  test('that the person cancels says so', async () => {
    const { redirectUrl, pending } = await begin(version);
    const query = backWith(await press(harness.world, redirectUrl, 'cancel'));
    const finished = await finishLogin(contextOf(harness), { pending, query });
    expect(finished).toMatchObject({ ok: false, reason: 'cancelled' });
  });

  test('that comes back to another browser is refused', async () => {
    const mine = await begin(version);
    const other = await begin(version);
    const query = backWith(await press(harness.world, other.redirectUrl, allow()));
    const finished = await finishLogin(contextOf(harness), { pending: mine.pending, query });
    expect(finished).toMatchObject({ ok: false, reason: 'not-this-browser' });
  });

  test('without what this browser was given is refused', async () => {
    const { redirectUrl } = await begin(version);
    const query = backWith(await press(harness.world, redirectUrl, allow()));
    const finished = await finishLogin(contextOf(harness), { pending: '{}', query });
    expect(finished).toMatchObject({ ok: false, reason: 'not-this-browser' });
  });

  test('works once: its answer used again has expired', async () => {
    const { redirectUrl, pending } = await begin(version);
    const query = backWith(await press(harness.world, redirectUrl, allow()));
    const first = await finishLogin(contextOf(harness), { pending, query });
    expect(first).toMatchObject({ ok: true, value: { account: { username: 'soshik_bot' } } });
    const second = await finishLogin(contextOf(harness), { pending, query });
    expect(second).toMatchObject({ ok: false, reason: 'expired' });
  });

  test.each([503, 429])('tells when X answers %d', async (status) => {
    const { redirectUrl, pending } = await begin(version);
    const query = backWith(await press(harness.world, redirectUrl, allow()));
    harness.world.faults.add({ kind: 'status', status, host: 'api.x.com' });
    const finished = await finishLogin(contextOf(harness), { pending, query });
    expect(finished).toMatchObject({ ok: false, reason: 'unavailable' });
  });
});

describe('a login', () => {
  test.each(['json', 'xml'] as const)(
    'whose callback is not approved names the address (%s)',
    async (form) => {
      harness.world.x.app.callbackRefusal = form;
      harness.world.x.app.callbacks.length = 0;
      const login = { version: 1, callbackUrl: CALLBACK } as const;
      const started = await startLogin(contextOf(harness), login);
      expect(started).toEqual({ ok: false, reason: 'callback-not-approved', detail: CALLBACK });
    },
  );

  test('with wrong consumer keys says that X refuses them', async () => {
    harness.redeploy({ TWITTER_API_SECRET: 'wrong-fake-secret' });
    const login = { version: 1, callbackUrl: CALLBACK } as const;
    const started = await startLogin(contextOf(harness), login);
    expect(started).toMatchObject({ ok: false, reason: 'keys-refused' });
  });

  test('with a wrong OAuth 2.0 client secret says that X refuses it', async () => {
    harness.redeploy({ TWITTER_CLIENT_SECRET: 'wrong-fake-secret' });
    const { redirectUrl, pending } = await begin(2);
    const query = backWith(await press(harness.world, redirectUrl, allow()));
    const finished = await finishLogin(contextOf(harness), { pending, query });
    expect(finished).toMatchObject({ ok: false, reason: 'keys-refused' });
  });

  test.each([
    [1, 'TWITTER_API_KEY'],
    [1, 'TWITTER_API_SECRET'],
    [2, 'TWITTER_CLIENT_ID'],
  ] as const)('of version %d without %s names what is missing', async (version, name) => {
    harness.redeploy({ [name]: undefined });
    const started = await startLogin(contextOf(harness), { version, callbackUrl: CALLBACK });
    expect(started).toMatchObject({ ok: false, reason: 'not-configured' });
    expect(started).toHaveProperty('detail', expect.stringContaining(name));
  });
});
