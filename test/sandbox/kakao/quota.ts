import { dayOf } from '../../../src/lib/time.ts';
import type { KakaoCode } from './failures.ts';
import type { KakaoContext } from './types.ts';

export type Quota = ReturnType<typeof createQuota>;

/** Counts messages of a calendar day in Korea (docs/platforms/kakao.md, Quota). */
export function createQuota({ app, now }: Pick<KakaoContext, 'app' | 'now'>) {
  const counts = new Map<string, number>();

  const keys = (sender: string, receiver: string) => {
    const day = dayOf(now(), 'Asia/Seoul');
    return {
      app: `${day}:app`,
      sender: `${day}:from:${sender}`,
      receiver: `${day}:to:${receiver}`,
      pair: `${day}:${sender}>${receiver}`,
    };
  };
  const of = (key: string) => counts.get(key) ?? 0;
  const isUsedUp = (key: string, limit: number) => of(key) >= limit;
  const add = (key: string) => void counts.set(key, of(key) + 1);

  return {
    isAppUsedUp: (): boolean => isUsedUp(keys('', '').app, app.quota.appPerDay),

    /** Which limit forbids a message, or null. */
    refusal(sender: string, receiver: string): KakaoCode | null {
      const key = keys(sender, receiver);
      if (isUsedUp(key.app, app.quota.appPerDay)) return '-10';
      if (isUsedUp(key.sender, app.quota.senderPerDay)) return '-532';
      if (isUsedUp(key.receiver, app.quota.receiverPerDay)) return '-533';
      return isUsedUp(key.pair, app.quota.pairPerDay) ? '-536' : null;
    },

    count(sender: string, receiver: string): void {
      for (const key of Object.values(keys(sender, receiver))) add(key);
    },

    /** A message to oneself that counts for the app alone. */
    countForApp: (): void => add(keys('', '').app),

    /** Messages of today: of the app, sent by a person, received by a person. */
    today: (personId: string) => {
      const key = keys(personId, personId);
      return { app: of(key.app), sent: of(key.sender), received: of(key.receiver) };
    },
  };
}
