import { nextSaturday } from '../netflix-rows.ts';
import type { World } from '../world.ts';
import type { LogLine, Message, SandboxState, WorkerHealth } from './page/state.ts';

const LOG_LINES = 60;
const TITLES_ON_THE_PAGE = 20;

/** The world as the page shows it. `deliveries` are the calls that X made to the Worker. */
export function describeWorld(
  world: World,
  worker: WorkerHealth | null,
  deliveries: readonly LogLine[],
): SandboxState {
  const now = world.clock.now();
  return {
    now,
    saturday: nextSaturday(now),
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
    people: world.x.people.map(({ id, name, username }) => ({
      id,
      name,
      username,
      messages: conversation(world, id),
    })),
    netflix: {
      layout: world.netflix.layout,
      rows: world.netflix.rows
        .toSorted((one, other) => one.startTime - other.startTime)
        .slice(0, TITLES_ON_THE_PAGE)
        .map((row) => ({ id: row.videoID, title: row.title1, startsAt: row.startTime })),
    },
    worker,
    log: logOf(world, deliveries),
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

function logOf(world: World, deliveries: readonly LogLine[]): LogLine[] {
  const first = Math.max(0, world.requests.length - LOG_LINES);
  const calls = world.requests.slice(first).map(({ at, method, url, status }, index) => {
    const { host, pathname, search } = new URL(url);
    return { id: `call-${first + index}`, at, method, host, path: pathname + search, status };
  });
  return [...calls, ...deliveries.slice(-LOG_LINES)]
    .toSorted((one, other) => other.at - one.at)
    .slice(0, LOG_LINES);
}
