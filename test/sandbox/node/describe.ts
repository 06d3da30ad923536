import type { World } from '../world.ts';
import { nextMeal } from './crons.ts';
import { describeKakao } from './describe-kakao.ts';
import { describeLog } from './describe-log.ts';
import { describePlaces } from './describe-places.ts';
import { describeTelegram } from './describe-telegram.ts';
import type { LogLine, Message, SandboxState, WorkerHealth } from './page/state.ts';

const TITLES_ON_THE_PAGE = 20;

/** What only the levers and the Worker know. */
export interface Surroundings
  extends Pick<
    SandboxState,
    'saturday' | 'wednesday' | 'feed' | 'passing' | 'repository' | 'canteen'
  > {
  readonly worker: WorkerHealth | null;
  /** Calls that platforms made to the Worker. */
  readonly deliveries: readonly LogLine[];
}

/** The world as the page shows it. */
export function describeWorld(world: World, surroundings: Surroundings): SandboxState {
  const now = world.clock.now();
  const { deliveries, ...rest } = surroundings;
  return {
    ...rest,
    now,
    meals: {
      breakfast: nextMeal(now, 'breakfast'),
      lunch: nextMeal(now, 'lunch'),
      dinner: nextMeal(now, 'dinner'),
    },
    bot: { name: world.x.bot.name, username: world.x.bot.username },
    timeline: world.x
      .timeline()
      .filter(({ deleted }) => !deleted)
      .map(({ id, text, createdAt, media }) => ({
        id,
        text,
        at: createdAt,
        media: media.map((one) => ({ src: `/sandbox/media/${one.id}`, alt: one.alt ?? '' })),
      })),
    people: world.x.people.map(({ id, name, username, language }) => ({
      id,
      name,
      username,
      language,
      messages: conversation(world, id),
      kakao: describeKakao(world, name),
      telegram: describeTelegram(world, name),
    })),
    netflix: {
      layout: world.netflix.layout,
      rows: world.netflix.rows
        .toSorted((one, other) => one.startTime - other.startTime)
        .slice(0, TITLES_ON_THE_PAGE)
        .map(({ videoID, title1, title2, image, startTime }) => ({
          id: videoID,
          title: title2 === undefined ? title1 : `${title1} ${title2}`,
          // A later season has the poster of the first one.
          poster: `/sandbox/posters/${/(\d+)\.jpg/.exec(image ?? '')?.[1] ?? videoID}`,
          startsAt: startTime,
        })),
    },
    places: describePlaces(world),
    log: describeLog(world, deliveries),
  };
}

function conversation(world: World, personId: string): Message[] {
  return world.x.conversation(personId).map(({ id, from, text, at }) => ({
    id,
    fromBot: from === world.x.bot.id,
    text,
    at,
  }));
}
