import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { POST, rows, startSaturday } from './deliveriesSteps.ts';
import { createHarness, type Harness, posts, SATURDAY } from './harness.ts';
import { hand, pass, passUntil, readersOnX, states, telegramChats } from './outboxSteps.ts';
import { botMessages, connectTelegram } from './telegramSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({
    TMDB_TOKEN: undefined,
    KOPIS_KEY: undefined,
    TWITTER_MONTHLY_BUDGET: '0',
  });
});

/** Nothing gets through to a host. */
function takeAway(host: string): void {
  harness.world.faults.add({ host, kind: 'status', status: 503, times: 1_000_000 });
}

/** News of a release. */
function release(tag: string) {
  return {
    kind: 'release',
    language: 'ko',
    nickname: '정원',
    repository: 'hana/garden',
    branch: 'main',
    what: 'release',
    tag,
    title: tag,
    isPrerelease: false,
    at: SATURDAY,
    url: `https://github.com/hana/garden/releases/tag/${tag}`,
  };
}

function releasesFor(address: string, count: number) {
  return Array.from({ length: count }, (_, number) => ({
    channel: 'telegram',
    address,
    topic: 'news' as const,
    notice: JSON.stringify(release(`v${number}`)),
  }));
}

/** Texts that arrived in Telegram chats, in the order they arrived. */
function arrived(chats: readonly string[]): string[] {
  return chats
    .flatMap((chat) => harness.world.telegram.messages(Number(chat)))
    .toSorted((one, other) => one.id - other.id)
    .map(({ text }) => text);
}

describe('T-1: an outage of Telegram', () => {
  test.each([1, 6, 24])(
    'of %i hours loses nothing of what is due in it; the oldest goes out first',
    async (hours) => {
      const chats = telegramChats(harness, 60);
      takeAway('api.telegram.org');
      await hand(
        harness,
        chats.map((address) => ({ channel: 'telegram', address })),
      );
      const asked = () =>
        harness.world.requests.filter(({ url }) => url.includes('/sendMessage')).length;
      const everyMs = hours < 24 ? HOUR_MS / 2 : 2 * HOUR_MS;
      await pass(harness, harness.world.clock.now() + hours * HOUR_MS, everyMs);
      expect(await states(harness)).toEqual({ waiting: 60 });
      // A few, then one at a time, to see whether it answers again.
      expect(asked()).toBeLessThan(25 + 4 * hours);
      harness.world.faults.clear();
      await pass(harness, harness.world.clock.now() + 2 * HOUR_MS);
      expect(await states(harness)).toEqual({ sent: 60 });
      const heard = arrived(chats).map((text) => Number(text.replace('소식 ', '')));
      // By one of them it is seen that Telegram answers again; then the oldest goes first.
      const [, ...others] = heard;
      expect(others).toEqual(others.toSorted((one, other) => one - other));
    },
    120_000,
  );

  test('of six hours with 300 messages: all arrive within an hour, the oldest first', async () => {
    const chats = telegramChats(harness, 300);
    takeAway('api.telegram.org');
    await hand(
      harness,
      chats.map((address) => ({ channel: 'telegram', address })),
    );
    await pass(harness, harness.world.clock.now() + 6 * HOUR_MS);
    harness.world.faults.clear();
    await pass(harness, harness.world.clock.now() + HOUR_MS);
    expect(await states(harness)).toEqual({ sent: 300 });
    const [, ...heard] = arrived(chats).map((text) => Number(text.replace('소식 ', '')));
    expect(heard).toEqual(heard.toSorted((one, other) => one - other));
  }, 120_000);

  test('leaves more than twenty pieces of news for one person as one message', async () => {
    const [busy = '', other = ''] = telegramChats(harness, 2);
    takeAway('api.telegram.org');
    await hand(harness, [...releasesFor(busy, 60), ...releasesFor(other, 3)]);
    await pass(harness, harness.world.clock.now() + 6 * HOUR_MS);
    harness.world.faults.clear();
    await pass(harness, harness.world.clock.now() + HOUR_MS);
    // The first of them may have been what Telegram was tried with.
    const told = arrived([busy]);
    expect(told.length).toBeLessThanOrEqual(2);
    expect(told.at(-1)).toMatch(/새 릴리스 (?:59|60)개/);
    for (let number = 0; number < 60; number += 1) {
      expect(told.join('\n').match(new RegExp(`v${number}\\b`, 'g'))).not.toBeNull();
    }
    expect(arrived([other])).toHaveLength(3);
    expect(await states(harness)).toEqual({ sent: told.length + 3, merged: 60 - told.length });
  }, 60_000);

  test('of much news with long names leaves several messages: nothing is cut away', async () => {
    const [apart = '', inOne = ''] = telegramChats(harness, 2);
    const tags = Array.from({ length: 90 }, (_, number) => `v${number}-${'x'.repeat(140)}`);
    takeAway('api.telegram.org');
    const one = { channel: 'telegram', topic: 'news' } as const;
    const entries = tags.map(release);
    await hand(harness, [
      ...entries.map((notice) => ({ ...one, address: apart, notice: JSON.stringify(notice) })),
      {
        ...one,
        address: inOne,
        notice: JSON.stringify({ kind: 'digest', language: 'ko', entries }),
      },
    ]);
    await pass(harness, harness.world.clock.now() + 6 * HOUR_MS);
    harness.world.faults.clear();
    await pass(harness, harness.world.clock.now() + HOUR_MS);
    for (const chat of [apart, inOne]) {
      expect(
        arrived([chat])
          .join('\n')
          .match(/v\d+-x{140}/g),
      ).toEqual(tags);
    }
    expect(arrived([inOne])).toHaveLength(4);
    expect(await states(harness)).toMatchObject({ sent: arrived([apart, inOne]).length });
  }, 60_000);

  test('makes the link of a login anew when it is said at last', async () => {
    const [chat = ''] = telegramChats(harness, 1);
    await connectTelegram(harness);
    takeAway('api.telegram.org');
    await harness.world.telegram.say(Number(chat), '연결');
    await pass(harness, harness.world.clock.now() + 6 * HOUR_MS);
    harness.world.faults.clear();
    // The link is good for a quarter of an hour from when it is said, at some minute of the next hour.
    const { clock } = harness.world;
    const answers = () => botMessages(harness, Number(chat));
    await passUntil(harness, () => answers().length > 0, clock.now() + HOUR_MS);
    const said = answers().at(-1);
    const url = said?.buttons?.flat().find((button) => 'url' in button);
    expect(JSON.stringify(url)).toContain('/login/kakao?link=');
    const href = url && 'url' in url ? url.url : '';
    const opened = await harness.fetch(new Request(href, { redirect: 'manual' }));
    expect(opened.status).toBe(303);
  }, 60_000);

  test('of four days: what was given up comes back by itself, everything once', async () => {
    const chats = telegramChats(harness, 8);
    takeAway('api.telegram.org');
    await hand(
      harness,
      chats.map((address) => ({ channel: 'telegram', address })),
    );
    await pass(harness, harness.world.clock.now() + 4 * DAY_MS, 6 * HOUR_MS);
    expect((await states(harness))['dead']).toBeGreaterThan(6);
    harness.world.faults.clear();
    await pass(harness, harness.world.clock.now() + 2 * HOUR_MS);
    expect(await states(harness)).toEqual({ sent: 8 });
    for (const chat of chats) {
      expect(harness.world.telegram.messages(Number(chat))).toHaveLength(1);
    }
  }, 120_000);

  test('delays nobody on X', async () => {
    const [chat = ''] = telegramChats(harness, 1);
    const [reader = ''] = readersOnX(harness, 1);
    takeAway('api.telegram.org');
    await hand(harness, [
      { channel: 'telegram', address: chat },
      { channel: 'twitter', address: reader },
    ]);
    await harness.settle(harness.world.clock.now() + MINUTE_MS);
    expect(await states(harness)).toEqual({ sent: 1, waiting: 1 });
  });
});

const problem = (name: string) => `https://api.twitter.com/2/problems/${name}`;
const v1 = (code: number, message: string) => ({ errors: [{ code, message }] });

describe('an outage of Kakao', () => {
  test.each([1, 24])(
    'of %i hours: all that the chatbot was to say arrives, the oldest first, and delays nobody on Telegram',
    async (hours) => {
      const { kakao, clock, faults } = harness.world;
      harness.redeploy({ KAKAO_BOT_ID: kakao.app.bot.id, KAKAO_EVENT_NAME: 'news' });
      const chats = telegramChats(harness, 1);
      takeAway('bot-api.kakao.com');
      const people = kakao.people.slice(0, 2);
      await hand(harness, [
        ...Array.from({ length: 300 }, (_, index) => {
          return { channel: 'kakao', address: people[index % 2]?.botUserKey ?? '' };
        }),
        ...chats.map((address) => ({ channel: 'telegram', address })),
      ]);
      await harness.settle(clock.now() + MINUTE_MS);
      expect(arrived(chats)).toHaveLength(1);
      await pass(harness, clock.now() + hours * HOUR_MS, HOUR_MS);
      expect(await states(harness)).toEqual({ waiting: 300, sent: 1 });
      faults.clear();
      await pass(harness, clock.now() + HOUR_MS / 2, MINUTE_MS * 10);
      expect(await states(harness)).toEqual({ sent: 301 });
      await kakao.settled();
      const heard = people.map(({ id }) =>
        kakao.chat(id).flatMap(({ via, text }) => (via === 'event' ? [Number(text.slice(3))] : [])),
      );
      for (const theirs of heard) {
        // By one of them it is seen that Kakao answers again.
        const [, ...others] = theirs;
        expect(theirs).toHaveLength(150);
        expect(others).toEqual(others.toSorted((one, other) => one - other));
      }
    },
  );
});

describe('an outage of X', () => {
  test('with a thousand messages due: all arrive, the oldest first, as fast as X lets it', async () => {
    const { clock, faults, x, requests } = harness.world;
    const readers = readersOnX(harness, 1000);
    takeAway('api.x.com');
    await hand(
      harness,
      readers.map((address) => ({ channel: 'twitter', address })),
    );
    await pass(harness, clock.now() + HOUR_MS);
    expect(await states(harness)).toEqual({ waiting: 1000 });
    faults.clear();
    const [from, known] = [clock.now(), requests.length];
    // Fifteen in a quarter of an hour: a thousand take seventeen hours.
    await pass(harness, from + 17 * HOUR_MS);
    expect(await states(harness)).toEqual({ sent: 1000 });
    const heard = readers.map((id) => x.conversation(id).map(({ text }) => text.split('\n')[0]));
    expect(heard).toEqual(readers.map((_, index) => [`소식 ${index}`]));
    const order = requests
      .slice(known)
      .flatMap(({ method, url }) =>
        method === 'POST' ? (/with\/(\d+)\//.exec(url)?.[1] ?? []) : [],
      );
    const [first, ...others] = order;
    expect(readers).toContain(first);
    expect(others).toEqual(others.toSorted());
    expect(order).toHaveLength(1000);
  }, 240_000);
});

// Which answer means what: test/platforms/x/api/answer.test.ts.
describe('X-2: X refuses every post for a while', () => {
  test.each<[string, number, object]>([
    ['rights', 403, { title: 'Forbidden', type: problem('oauth1-permissions'), status: 403 }],
    ['locked', 403, v1(326, 'To protect our users from spam, this account is locked.')],
    ['capped', 429, { title: 'UsageCapExceeded', type: problem('usage-capped') }],
    ['credits-depleted', 402, { title: 'CreditsDepleted', type: problem('credits-depleted') }],
    ['unauthorized', 401, { title: 'Unauthorized', type: 'about:blank', status: 401 }],
  ])('(%s): both wait, the owner can see why, and both go out', async (reason, status, body) => {
    harness.world.faults.add({ ...POST, kind: 'status', status, body, times: 1000 });
    await startSaturday(harness, 2);
    await harness.settle(SATURDAY + 5 * HOUR_MS);
    expect(await rows(harness)).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
    const wait = await harness.env.DB.prepare(`SELECT lane, cause, reason FROM waits`).first();
    expect(wait).toEqual({
      lane: 'twitter/posts',
      cause: 'sender',
      reason: expect.stringContaining(reason),
    });
    harness.world.faults.clear();
    await harness.settle(SATURDAY + 9 * HOUR_MS);
    expect(posts(harness)).toHaveLength(2);
    expect(await harness.env.DB.prepare(`SELECT count(*) AS n FROM waits`).first('n')).toBe(0);
  });

  test('in words nobody knows: the post waits, and goes out when X takes it', async () => {
    const body = { title: 'Forbidden', detail: 'Nobody knows why.', type: 'about:blank' };
    harness.world.faults.add({ ...POST, kind: 'status', status: 403, body, times: 3 });
    await startSaturday(harness);
    await harness.settle(SATURDAY + 8 * HOUR_MS);
    expect(posts(harness)).toHaveLength(1);
  });
});

describe('T-8: the host of posters is down on Saturday', () => {
  test('a post waits for its poster, an hour at most', async () => {
    harness.world.faults.add({ path: /\.(?:jpe?g|png|webp)/, kind: 'network', times: 3 });
    await startSaturday(harness);
    await harness.settle(SATURDAY + MINUTE_MS);
    expect(posts(harness)).toEqual([]);
    await harness.settle(SATURDAY + 2 * HOUR_MS);
    expect(harness.world.x.timeline()[0]?.media).toHaveLength(1);
  });

  test('but was up on the days before: the posters are there already', async () => {
    harness.world.netflix.rows.splice(2);
    await harness.cron(SATURDAY - 4 * HOUR_MS);
    await harness.settle(SATURDAY - HOUR_MS);
    harness.world.faults.add({ path: /\.(?:jpe?g|png|webp)/, kind: 'network', times: 1000 });
    await harness.cron(SATURDAY);
    await harness.settle(SATURDAY + MINUTE_MS);
    expect(harness.world.x.timeline().map(({ media }) => media.length)).toEqual([1, 1]);
  });

  test('longer than that: it goes out without', async () => {
    harness.world.faults.add({ path: /\.(?:jpe?g|png|webp)/, kind: 'network', times: 1000 });
    await startSaturday(harness);
    await harness.settle(SATURDAY + 2 * HOUR_MS);
    expect(harness.world.x.timeline()[0]?.media).toHaveLength(0);
  });
});

test.each([
  ['after an outage is said all the same', 12, 'sent'],
  ['nine times is given up', 3, 'expired'],
])('a reply over which its sender dies %s', async (_what, ended, state) => {
  const { env, world } = harness;
  const [address = ''] = telegramChats(harness, 1);
  const expiresAt = world.clock.now() + HOUR_MS;
  await hand(harness, [{ channel: 'telegram', address, topic: 'reply', expiresAt }]);
  await env.DB.batch([
    env.DB.prepare(`UPDATE deliveries SET state = 'sending', lease = 'dead', attempts = 12`),
    env.DB.prepare(
      `INSERT INTO attempts (delivery, at, outcome)
       SELECT deliveries.id, created_at + value, 'retry' FROM deliveries, json_each(?1)`,
    ).bind(JSON.stringify(Array.from({ length: ended }, (_, index) => index))),
  ]);
  await harness.settle();
  expect(await states(harness)).toEqual({ [state]: 1 });
});
