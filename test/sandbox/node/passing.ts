import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import type { World } from '../world.ts';
import { eventfulHalfHours, halfHours, weeklyHalfHours } from './crons.ts';
import { keepUp } from './keep-up.ts';
import type { Passing, Span } from './page/state.ts';
import { fireCron, untilDone } from './worker-calls.ts';

const lengthsMs: Readonly<Record<Span, number>> = {
  'half-hour': 30 * MINUTE_MS,
  'six-hours': 6 * HOUR_MS,
  week: 7 * DAY_MS,
  'two-months': 61 * DAY_MS,
};

/**
 * The half hours that are played. Of more than a day only those at which something daily is due: the
 * others would only repeat themselves. Of more than a week the meals are told on its last day only, and
 * before it only days are played at which something weekly is due.
 */
function ticksOf(from: number, until: number): number[] {
  if (until - from <= DAY_MS) return halfHours(from, until);
  const lastDay = Math.max(from, until - DAY_MS);
  if (until - from <= 7 * DAY_MS) return eventfulHalfHours(from, until);
  return [...weeklyHalfHours(from, lastDay), ...eventfulHalfHours(lastDay, until)];
}

/** Moves the world's time, and fires the Worker's crons on the way as Cloudflare would. */
export function createPassing(world: World, workerUrl: string) {
  const { clock } = world;
  let passing: Passing | null = null;

  /** The clock stands at an instant, its cron is fired, and what they started is over. */
  async function reach(at: number): Promise<boolean> {
    clock.advance(Math.max(0, at - clock.now()));
    keepUp(world);
    const isTaken = await fireCron(workerUrl, at);
    if (isTaken) await untilDone(workerUrl, world, at);
    return isTaken;
  }

  async function run(span: Span, ticks: readonly number[], until: number): Promise<void> {
    try {
      for (const [done, at] of ticks.entries()) {
        passing = { span, done, total: ticks.length };
        await reach(at);
      }
      clock.advance(Math.max(0, until - clock.now()));
    } finally {
      passing = null;
    }
  }

  return {
    reach,
    /** How far it is, while time passes. */
    current: (): Passing | null => passing,

    /**
     * Lets time pass, in the background.
     *
     * @returns false when time passes already
     */
    start(span: Span): boolean {
      if (passing) return false;
      const from = clock.now();
      const until = from + lengthsMs[span];
      const ticks = ticksOf(from, until);
      passing = { span, done: 0, total: ticks.length };
      void run(span, ticks, until).catch((cause: unknown) => console.error(cause));
      return true;
    },
  };
}
