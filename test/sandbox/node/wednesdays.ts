import { DAY_MS, HOUR_MS } from '../../../src/lib/time.ts';
import type { World } from '../world.ts';
import { keepUp } from './keep-up.ts';
import { fireCron } from './worker-calls.ts';

const SAME_MORNING_MS = 12 * HOUR_MS;
/** 1970-01-01 was a Thursday; the stage is told at 10:00 in Korea. */
const FIRST_MS = 6 * DAY_MS + HOUR_MS;

/** The lever "Wednesday comes". Pressed again on the same day it stays that Wednesday. */
export function createWednesdays(world: World, workerUrl: string) {
  const { clock } = world;
  let last = 0;
  const next = () => Math.ceil((clock.now() - FIRST_MS) / (7 * DAY_MS)) * 7 * DAY_MS + FIRST_MS;
  const coming = () => (clock.now() - last < SAME_MORNING_MS ? last : next());
  return {
    /** The Wednesday 01:00 UTC that the lever stands for. */
    coming,
    /** It is Wednesday morning, and its cron fires; posts follow in their time. */
    async come(): Promise<boolean> {
      last = coming();
      clock.advance(Math.max(0, last - clock.now()));
      keepUp(world);
      return await fireCron(workerUrl, last);
    },
  };
}
