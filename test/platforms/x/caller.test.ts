import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/lib/time.ts';
import { readAccounts } from '../../../src/store/accounts.ts';
import { readOwnerNews } from '../../../src/store/incidents.ts';
import { type Harness, reader, SATURDAY } from '../../worker/harness.ts';
import { converse, createConnected, createFresh, logIn } from './steps.ts';

const refreshes = ({ world }: Harness) =>
  world.requests.filter(({ url }) => url.endsWith('/2/oauth2/token')).length;

describe('a message that X refuses with 401', () => {
  test('goes out once the token is renewed, and once only', async () => {
    const harness = await createConnected({}, 2);
    const before = refreshes(harness);
    harness.world.faults.add({ kind: 'status', path: /\/messages$/, status: 401 });
    expect(await converse(harness, reader(harness, 'ko').id, '고양이')).toHaveLength(1);
    expect(refreshes(harness)).toBe(before + 1);
    expect(await readOwnerNews(harness.env.DB, { limit: 10 })).toEqual([]);
  });

  test('waits for the owner, who is told once, and goes out after the next login', async () => {
    const harness = await createConnected({}, 2);
    const { x, clock } = harness.world;
    const person = reader(harness, 'ko');
    await x.say(person.id, '고양이');
    await x.revoke(x.bot.id, { copies: 0 });
    await harness.settle(clock.now() + DAY_MS / 2);
    expect(x.conversation(person.id)).toHaveLength(1);
    const news = await readOwnerNews(harness.env.DB, { limit: 10 });
    expect(news.map(({ kind }) => kind)).toEqual(['log-in-again']);
    expect(await readAccounts(harness.env.DB, 'twitter')).toMatchObject([
      { state: 'log-in-again' },
    ]);
    await logIn(harness, x.bot.id, 2);
    await harness.settle();
    expect(x.conversation(person.id)).toHaveLength(2);
  });
});

test('a post asks the keeper for the login once, however many calls to X it takes', async () => {
  const harness = await createConnected({}, 2);
  const { TOKEN_KEEPER } = harness.env;
  let asked = 0;
  harness.redeploy({
    TOKEN_KEEPER: new Proxy(TOKEN_KEEPER, {
      get(keepers, key) {
        if (key === 'getByName') asked += 1;
        const value: unknown = Reflect.get(keepers, key, keepers);
        return typeof value === 'function' ? value.bind(keepers) : value;
      },
    }),
  });
  await harness.cron(SATURDAY);
  await harness.settle();
  const posts = harness.world.x.timeline();
  expect(posts.filter(({ media }) => media.length > 0).length).toBeGreaterThan(3);
  // One more each for the daily upkeep's look at the login, its status, and the subscriptions.
  expect(asked).toBeLessThanOrEqual(posts.length + 3);
});

describe('the weekly titles', () => {
  test('are posted by the account that logged in, when no key is among the secrets', async () => {
    const harness = await createFresh();
    const [, second] = harness.world.x.accounts;
    await logIn(harness, second?.id ?? '');
    await harness.cron(SATURDAY);
    await harness.settle();
    expect(harness.world.x.timeline(second?.id).length).toBeGreaterThan(0);
    expect(harness.world.x.timeline()).toEqual([]);
  });

  test('are posted by the account that TWITTER_USER_ID names', async () => {
    const harness = await createFresh();
    const [bot, second] = harness.world.x.accounts;
    await logIn(harness, bot?.id ?? '');
    await logIn(harness, second?.id ?? '');
    harness.redeploy({ TWITTER_USER_ID: second?.id });
    await harness.cron(SATURDAY);
    await harness.settle();
    expect(harness.world.x.timeline(second?.id).length).toBeGreaterThan(0);
    expect(harness.world.x.timeline()).toEqual([]);
  });
});
