import { expect } from 'vitest';
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

/** A person asks for a cat fact. X delivers again what was not taken. */
export async function answerDirectMessage(crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createHarness({}, faulty.change);
  const { world } = harness;
  await connectWebhook(harness);
  const person = reader(harness, 'en');
  faulty.arm(crash, 'sweep');
  await world.x.say(person.id, 'cat', { wait: (ms) => world.clock.advance(ms) });
  await harness.settle();
  faulty.disarm();
  await recover(harness);
  return {
    operations: faulty.operations,
    deaths: faulty.deaths(),
    answers: answers(harness, person.id),
    health: await health(harness),
  };
}

/** Netflix's page is read and so many titles are posted. */
export async function postSaturday(style: 'each' | 'thread', titles: number, crash?: Crash) {
  const faulty = createFaulty();
  const harness = await createHarness(
    { NETFLIX_POST_STYLE: style, TMDB_TOKEN: undefined },
    faulty.change,
  );
  const { world } = harness;
  world.netflix.rows.splice(titles);
  faulty.arm(crash, 'netflix-weekly');
  await harness.cron(SATURDAY).catch(() => undefined);
  await harness.settle();
  faulty.disarm();
  await recover(harness);
  const timeline = world.x.timeline().toReversed();
  return {
    operations: faulty.operations,
    deaths: faulty.deaths(),
    titles: world.netflix.rows.map((row) => row.title1),
    timeline,
    links: timeline.map((post) => post.replyTo ?? null),
    posters: timeline.map((post) => post.media.length),
    described: timeline.flatMap((post) => post.media).every((media) => media.alt !== undefined),
    health: await health(harness),
  };
}

/** Every title is out once, with its poster; nothing waits, and the run is over. */
export function expectPostedOnce(after: Awaited<ReturnType<typeof postSaturday>>): void {
  const written = after.timeline.map((post) => post.text).join('\n');
  const times = after.titles.map((title) => written.split(`[${title}]`).length - 1);
  expect(times).toEqual(after.titles.map(() => 1));
  expect(after.described).toBe(true);
  expect(after.health.deliveries).toEqual({ waiting: 0, dead: 0 });
  expect(after.health.runs).toContainEqual(
    expect.objectContaining({ job: 'netflix-weekly', slot: SATURDAY, state: 'done' }),
  );
}
