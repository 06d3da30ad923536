import { HOUR_MS } from '../../../src/lib/time.ts';
import { nextSaturday } from '../netflix-rows.ts';
import type { World } from '../world.ts';
import { keepUp } from './keep-up.ts';
import { fireCron } from './worker-calls.ts';

const SAME_MORNING_MS = 12 * HOUR_MS;

/** The lever "Saturday comes". Pressed again on the same day it stays that Saturday. */
export function createSaturdays(world: World, workerUrl: string) {
  const { clock } = world;
  let last = 0;
  const coming = () => (clock.now() - last < SAME_MORNING_MS ? last : nextSaturday(clock.now()));
  return {
    /** The Saturday 00:00 UTC that the lever stands for. */
    coming,
    /** It is Saturday morning, and its cron fires; posts follow in their time. */
    async come(): Promise<boolean> {
      last = coming();
      clock.advance(Math.max(0, last - clock.now()));
      keepUp(world);
      return await fireCron(workerUrl, last);
    },
  };
}
