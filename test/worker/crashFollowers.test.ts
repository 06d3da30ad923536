import { describe, expect, test } from 'vitest';
import { OPEN_SETTING } from '../../src/features/feeds/intent.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { writeSetting } from '../../src/store/settings.ts';
import { sandboxSecrets } from '../sandbox/world.ts';
import { type Crash, createFaulty } from './faulty.ts';
import { createHarness, type Harness, posts, SATURDAY, START } from './harness.ts';
import { botMessages, connectTelegram, privateChat, write } from './telegramSteps.ts';

const CRON_MS = 30 * MINUTE_MS;
/** Wednesday 10:00 in Seoul. */
const WEDNESDAY = Date.UTC(2026, 10, 25, 1);

/** What somebody asks to be told of, when it is told, and a piece of it. */
const stories = {
  feeds: {
    wish: '피드 https://news.example/feed.xml',
    at: START + CRON_MS,
    part: '새로 난 산책길',
  },
  'netflix-weekly': { wish: '넷플릭스 알림 켜기', at: SATURDAY, part: '서른아홉 번째 파도' },
  stage: { wish: '공연 알림 켜기', at: WEDNESDAY, part: '달의 정원' },
} as const;
type Story = keyof typeof stories;

/** Somebody on Telegram follows; the bot has no account where it could post. */
async function tellFollower(story: Story, crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createHarness(
    { TWITTER_API_KEY: undefined, TWITTER_CLIENT_ID: undefined, TMDB_TOKEN: undefined },
    faulty.change,
  );
  await connectTelegram(harness);
  await writeSetting(harness.env.DB, OPEN_SETTING, true, START);
  const { wish, at, part } = stories[story];
  await write(harness, privateChat(harness), wish);
  harness.world.feeds.publish('새로 난 산책길');
  faulty.arm(crash, story);
  await harness.cron(at).catch(() => undefined);
  await harness.settle();
  faulty.disarm();
  await recover(harness);
  const told = botMessages(harness, privateChat(harness)).filter(({ text }) => text.includes(part));
  return { harness, operations: faulty.operations, deaths: faulty.deaths(), told: told.length };
}

/** An hour without a crash. */
async function recover(harness: Harness): Promise<void> {
  for (let count = 0; count < 2; count += 1) {
    const nextAt = (Math.floor(harness.world.clock.now() / CRON_MS) + 1) * CRON_MS;
    await harness.cron(nextAt).catch(() => undefined);
    await harness.settle();
  }
}

describe.each(['feeds', 'netflix-weekly', 'stage'] as const)(
  'whoever follows %s',
  async (story) => {
    const { operations, deaths, told } = await tellFollower(story);
    const sendAt = operations.findIndex((operation) => operation.endsWith('/sendMessage')) + 1;

    test('hears of it, once, also where nothing can be posted', () => {
      expect(told).toBe(1);
    });

    // What is told is written in a transaction: a death at it, or right behind it, could cost the news.
    const isCritical = (at: number) => operations.slice(at - 2, at).includes('D1 batch');
    test.each(deaths.filter(({ at }) => at < sendAt && isCritical(at)))(
      'hears of it though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await tellFollower(story, crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        expect(after.told).toBe(1);
      },
    );
  },
);

test('who heard of titles that nobody could post does not hear of them again when they are posted', async () => {
  const { harness } = await tellFollower('netflix-weekly');
  expect(posts(harness)).toEqual([]);
  harness.redeploy({ TWITTER_API_KEY: sandboxSecrets.TWITTER_API_KEY });
  await harness.cron(SATURDAY + 7 * DAY_MS);
  await harness.settle();
  expect(posts(harness).join('\n')).toContain('서른아홉 번째 파도');
  const told = botMessages(harness, privateChat(harness)).map(({ text }) => text);
  expect(told.filter((text) => text.includes('서른아홉 번째 파도'))).toHaveLength(1);
});
