import { expect, test } from 'vitest';
import { judge } from './outcome.ts';
import { soak } from './soak.ts';

/** Three more days are played around it, which takes seconds; more on a busy machine. */
const TIMEOUT_MS = 300_000;

test(
  'a day of outages, deaths and lost messages: nothing owed is lost, repeated or left open',
  async () => {
    const crowd = { telegram: 8, twitter: 2, kakao: 2, repositories: 12 };
    const run = await soak({ seed: 7, days: 1, crowd });
    try {
      const { isGood, text } = await judge(run);
      expect(isGood, text).toBe(true);
      expect(run.died).toBeGreaterThan(0);
      expect(run.ledger.balance(run.weather).once).toBeGreaterThan(10);
    } finally {
      await run.machine.stop();
    }
  },
  TIMEOUT_MS,
);
