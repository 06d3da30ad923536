import { describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import { type Crash, createFaulty } from './faulty.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  health,
  reader,
  SATURDAY,
  START,
} from './harness.ts';

const CRON_MS = 30 * MINUTE_MS;

/** The next cron, and all that comes of it. One whose isolate dies is not asked again. */
async function nextCron(harness: Harness): Promise<void> {
  const nextAt = (Math.floor(harness.world.clock.now() / CRON_MS) + 1) * CRON_MS;
  await harness.cron(nextAt).catch(() => undefined);
  await harness.settle();
}

/** An hour without a crash. */
async function recover(harness: Harness): Promise<void> {
  await nextCron(harness);
  await nextCron(harness);
}

/** Both kinds of death at every operation of a story. */
function crashesOf(operations: readonly string[]) {
  return operations.flatMap((operation, index) =>
    (['before', 'after'] as const).map((when) => ({ at: index + 1, when, operation })),
  );
}

async function answerDirectMessage(crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createHarness({}, faulty.change);
  const { world } = harness;
  await connectWebhook(harness);
  // The day's other jobs are over before the story begins.
  await harness.cron(START);
  await harness.settle();
  const person = reader(harness, 'en');
  faulty.arm(crash);
  await world.x.say(person.id, 'cat', { wait: (ms) => world.clock.advance(ms) });
  await harness.settle();
  await nextCron(harness);
  faulty.disarm();
  await recover(harness);
  return {
    operations: faulty.operations,
    answers: answers(harness, person.id),
    health: await health(harness),
  };
}

describe('a direct message', async () => {
  const { operations } = await answerDirectMessage();
  const sendAt = operations.findIndex((operation) => operation.endsWith('/messages')) + 1;

  describe(`whose way to its answer takes ${operations.length} operations`, () => {
    test.each(crashesOf(operations))(
      'is answered though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await answerDirectMessage(crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        expect(after.health).toMatchObject({
          events: { waiting: 0, failed: 0 },
          deliveries: { waiting: 0, dead: 0 },
        });
        // X tells nobody whether a message arrived: said again rather than never.
        const isSentUnrecorded =
          (crash.at === sendAt && crash.when === 'after') ||
          (crash.at === sendAt + 1 && crash.when === 'before');
        expect(after.answers).toHaveLength(isSentUnrecorded ? 2 : 1);
        expect(new Set(after.answers).size).toBe(1);
      },
    );
  });
});

async function postSaturday(style: 'each' | 'thread', titles: number, crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createHarness(
    { NETFLIX_POST_STYLE: style, TMDB_TOKEN: undefined },
    faulty.change,
  );
  const { world } = harness;
  world.netflix.rows.splice(titles);
  faulty.arm(crash);
  await harness.cron(SATURDAY).catch(() => undefined);
  await harness.settle();
  await nextCron(harness);
  faulty.disarm();
  await recover(harness);
  const timeline = world.x.timeline().toReversed();
  return {
    operations: faulty.operations,
    titles: world.netflix.rows.map((row) => row.title1),
    timeline,
    links: timeline.map((post) => post.replyTo ?? null),
    posters: timeline.map((post) => post.media.length),
    described: timeline.flatMap((post) => post.media).every((media) => media.alt !== undefined),
    health: await health(harness),
  };
}

describe.each([
  { style: 'each', titles: 3, posters: [1, 1, 1] },
  { style: 'thread', titles: 6, posters: [4, 2] },
] as const)('Saturday in style $style', async ({ style, titles, posters }) => {
  const { operations } = await postSaturday(style, titles);

  describe(`which takes ${operations.length} operations`, () => {
    test.each(crashesOf(operations))(
      'posts every title once though the isolate dies $when operation $at: $operation',
      async (crash) => {
        const after = await postSaturday(style, titles, crash);
        expect(after.operations[crash.at - 1]).toBe(crash.operation);
        const written = after.timeline.map((post) => post.text).join('\n');
        const times = after.titles.map((title) => written.split(`[${title}]`).length - 1);
        expect(times).toEqual(after.titles.map(() => 1));
        expect(after.posters).toEqual(posters);
        expect(after.described).toBe(true);
        expect(after.links).toEqual([
          null,
          ...after.timeline.slice(0, -1).map((post) => (style === 'thread' ? post.id : null)),
        ]);
        expect(after.health.deliveries).toEqual({ waiting: 0, dead: 0 });
        expect(after.health.runs).toContainEqual(
          expect.objectContaining({ job: 'netflix-weekly', slot: SATURDAY, state: 'done' }),
        );
      },
    );
  });
});
