import { DAY_MS, HOUR_MS } from '../../../src/lib/time.ts';
import { type NetflixRow, nextSaturday } from '../netflix-rows.ts';
import type { World } from '../world.ts';
import { spareTitles } from './catalogue.ts';
import type { PageChange } from './page/state.ts';

/** TMDB's answer to a key it does not take; unlike a breakdown, nothing to try again. */
const keyRefused = {
  kind: 'status',
  status: 401,
  body: { success: false, status_code: 7, status_message: 'Invalid API key' },
} as const;

/** Netflix titles mostly start at 07:00 UTC. */
const START_HOUR_MS = 7 * HOUR_MS;

/**
 * Makes the lever "the page changes" for a world: it remembers the page as it was at first.
 *
 * @returns a function that changes the page; false when there is nothing left to change
 */
export function createPageChanger(world: World): (change: PageChange) => boolean {
  const { netflix, clock, faults } = world;
  const { rows } = netflix;
  const atFirst = rows.map((row) => ({ ...row }));

  const served = (layout: typeof netflix.layout) => () => {
    netflix.layout = layout;
    return true;
  };
  const changes: Readonly<Record<PageChange, () => boolean>> = {
    usual() {
      rows.splice(0, rows.length, ...atFirst);
      return served('data')();
    },
    'new-title'() {
      const title = spareTitles.find(({ videoID }) => !rows.some((row) => row.videoID === videoID));
      const [model] = atFirst;
      if (!title || !model) return false;
      rows.push(newRow(title, model, nextSaturday(clock.now()) + 3 * DAY_MS + START_HOUR_MS));
      return served('data')();
    },
    'date-moves'() {
      const index = rows.findIndex(({ startTime }) => startTime > clock.now());
      const row = rows[index];
      if (!row) return false;
      rows[index] = { ...row, startTime: row.startTime + DAY_MS };
      return served('data')();
    },
    moved: served('moved'),
    broken: served('broken'),
    login: served('login'),
    both() {
      faults.add({ host: 'api.themoviedb.org', times: Infinity, ...keyRefused });
      return served('broken')();
    },
  };
  return (change) => {
    faults.clear();
    return changes[change]();
  };
}

function newRow(title: (typeof spareTitles)[number], model: NetflixRow, startTime: number) {
  const { collection, country, image } = model;
  const poster = image?.replace(String(model.videoID), String(title.videoID));
  return { ...title, collection, country, startTime, ...(poster ? { image: poster } : {}) };
}
