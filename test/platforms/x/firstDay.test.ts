import { describe, expect, test } from 'vitest';
import { disconnect, setUp } from '../../../src/platforms/x/upkeep.ts';

import { readAccounts } from '../../../src/store/accounts.ts';
import { reader } from '../../worker/harness.ts';
import { contextOf, converse, createFresh, logIn, ORIGIN } from './steps.ts';

describe('from empty storage', () => {
  test.each([1, 2] as const)(
    'two accounts log in (version %d), and each answers what is written to it, by itself',
    async (version) => {
      const harness = await createFresh();
      const { x } = harness.world;
      const [bot, second] = x.accounts;
      if (!bot || !second) throw new Error('the sandbox has two accounts');
      await logIn(harness, bot.id, version);
      await logIn(harness, second.id, version);
      const done = await setUp(contextOf(harness));
      expect(done).toMatchObject({ ok: true, value: { webhook: { valid: true } } });
      expect(x.webhooks().map(({ url }) => url)).toEqual([`${ORIGIN}/webhook/twitter`]);

      const person = reader(harness, 'ko');
      expect(await converse(harness, person.id, '고양이')).toHaveLength(1);
      expect(await converse(harness, person.id, '고양이', second.id)).toHaveLength(1);
      expect(x.conversation(person.id, bot.id).map(({ from }) => from)).toEqual([
        person.id,
        bot.id,
      ]);
      expect(x.refusals).toEqual([]);
    },
  );

  test('an account that only had its keys among the secrets is set up with one button', async () => {
    const harness = await createFresh({
      TWITTER_ACCESS_TOKEN: '1700000000000000001-sandboxAccessToken',
      TWITTER_ACCESS_TOKEN_SECRET: 'sandbox-access-token-secret',
    });
    expect(await setUp(contextOf(harness))).toMatchObject({ ok: true });
    const accounts = await readAccounts(harness.env.DB, 'twitter');
    expect(accounts).toMatchObject([{ username: 'soshik_bot', kind: 'static' }]);
    expect(await converse(harness, reader(harness, 'ko').id, '고양이')).toHaveLength(1);
  });

  test('the button may be pressed twice: one webhook, each subscription once', async () => {
    const harness = await createFresh();
    await logIn(harness, harness.world.x.bot.id);
    await setUp(contextOf(harness));
    const before = harness.world.x.subscriptions();
    const again = await setUp(contextOf(harness));
    expect(again).toMatchObject({ ok: true, value: { webhook: { changed: false } } });
    expect(harness.world.x.subscriptions()).toEqual(before);
    expect(before.map(({ eventType }) => eventType)).toEqual(['dm.received', 'chat.received']);
  });

  test('no token is to be read in what is stored', async () => {
    const harness = await createFresh();
    await logIn(harness, harness.world.x.bot.id);
    await setUp(contextOf(harness));
    const { TOKENS, DB } = harness.env;
    const { keys } = await TOKENS.list();
    const kept = await Promise.all(keys.map(({ name }) => TOKENS.get(name)));
    const { results } = await DB.prepare(`SELECT key, value FROM settings`).all();
    const dump = JSON.stringify([kept, results]);
    expect(keys.map(({ name }) => name)).toEqual([`twitter:${harness.world.x.bot.id}`]);
    expect(dump).not.toContain('sandbox-app-only-bearer');
    expect(dump).not.toContain(harness.world.x.issueOAuth1(harness.world.x.bot.id).token);
  });

  test('two accounts of the bot do not answer each other for ever', async () => {
    const harness = await createFresh();
    const [bot, second] = harness.world.x.accounts;
    if (!bot || !second) throw new Error('the sandbox has two accounts');
    await logIn(harness, bot.id);
    await logIn(harness, second.id);
    await setUp(contextOf(harness));
    await harness.world.x.say(second.id, '고양이', { to: bot.id });
    await harness.world.x.settled();
    await harness.settle();
    expect(harness.world.x.conversation(second.id, bot.id)).toHaveLength(1);
  });

  test.each([1, 2] as const)(
    'a disconnected account (version %d) leaves nothing',
    async (version) => {
      const harness = await createFresh();
      const { x } = harness.world;
      await logIn(harness, x.bot.id, version);
      await setUp(contextOf(harness));
      expect(await disconnect(contextOf(harness), x.bot.id)).toEqual({
        revokedAtX: true,
        subscriptionsRemoved: 2,
      });
      expect(x.subscriptions()).toEqual([]);
      expect(await readAccounts(harness.env.DB, 'twitter')).toEqual([]);
      expect((await harness.env.TOKENS.list()).keys).toEqual([]);
    },
  );
});
