import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { defaultImageBase } from '../sandbox/netflix-rows.ts';
import type { Chance } from './chance.ts';
import type { Ledger } from './ledger.ts';
import type { Machine } from './machine.ts';
import type { Listener } from './people.ts';

const QUESTION = '고양이';

export interface Question {
  readonly listener: Listener;
  readonly at: number;
}

export interface Title {
  readonly title: string;
  readonly startsAt: number;
  readonly addedAt: number;
}

/** What people and schools and Netflix do, half hour by half hour; what follows from it is owed. */
export function createLife(
  { world }: Machine,
  listeners: readonly Listener[],
  ledger: Ledger,
  chance: Chance,
) {
  const { github, netflix, neis, clock } = world;
  const watched = [...new Set(listeners.flatMap(({ repositories }) => repositories))];
  const titles: Title[] = [];
  let serial = 0;
  const next = (): string => {
    serial += 1;
    return String(serial).padStart(6, '0');
  };
  const asked: Question[] = [];

  function push(fullName: string): void {
    const words = `Change ${next()}.`;
    github.push(fullName, 'main', [{ message: words }]);
    owe(fullName, words, 'commit');
  }

  function release(fullName: string): void {
    const tag = `v1.0.${next()}`;
    github.release(fullName, { tag });
    owe(fullName, tag, 'release');
  }

  function owe(fullName: string, words: string, what: 'commit' | 'release'): void {
    for (const listener of listeners.filter((one) => one.repositories.includes(fullName))) {
      ledger.owe({ listener, words, what, dueAt: clock.now() });
    }
  }

  function cook(): void {
    const day = dayOf(clock.now(), 'Asia/Seoul');
    const dish = `소크덮밥${next()}`;
    neis.setMeals(day, { lunch: dish });
    // 11:30 in Seoul.
    const dueAt = Date.parse(`${day}T02:30:00Z`);
    for (const listener of listeners.filter(({ hearsMenu }) => hearsMenu)) {
      ledger.owe({ listener, words: dish, what: 'menu', dueAt, until: dueAt + 2 * HOUR_MS });
    }
  }

  function announce(): void {
    const now = clock.now();
    const startsAt = now + chance.whole(9, 20) * DAY_MS;
    const title = `소크극장 ${next()}`;
    const isOver = ({ startTime }: { readonly startTime: number }) => startTime < now;
    for (const row of netflix.rows.filter(isOver))
      netflix.rows.splice(netflix.rows.indexOf(row), 1);
    netflix.rows.push({
      videoID: 80_000_000 + serial,
      title1: title,
      startTime: startsAt,
      country: 'KR',
      collection: 2694103,
      genre: 1307182,
      image: `${defaultImageBase}/${80_000_000 + serial}.jpg`,
    });
    titles.push({ title, startsAt, addedAt: now });
  }

  /** KakaoTalk itself tells who asked when the bot gave no answer in time; others deliver again. */
  async function ask(): Promise<void> {
    const listener = listeners[chance.whole(0, listeners.length - 1)];
    if (listener && (await listener.say(QUESTION))) asked.push({ listener, at: clock.now() });
  }

  return {
    titles,
    asked,
    /** What happens in the half hour that begins now. */
    async halfHour(): Promise<void> {
      const now = clock.now();
      for (const fullName of watched) {
        if (chance.happens(0.012)) push(fullName);
        else if (chance.happens(0.002)) release(fullName);
      }
      for (let count = chance.whole(0, 4); count > 0; count--) await ask();
      const timeOfDay = now % DAY_MS;
      // 22:00 UTC is 07:00 in Seoul: the day's lunch is known.
      if (timeOfDay >= 22 * HOUR_MS && timeOfDay < 22 * HOUR_MS + 30 * MINUTE_MS) cook();
      if (chance.happens(1 / 96)) announce();
    },
  };
}
