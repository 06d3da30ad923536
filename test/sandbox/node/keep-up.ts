import { DAY_MS, dayOf } from '../../../src/lib/time.ts';
import { usualMeals } from '../neis-rows.ts';
import type { NetflixRow } from '../netflix-rows.ts';
import type { World } from '../world.ts';

const outForMs = DAY_MS;
const seasonMs = 56 * DAY_MS;
/** Keeps the ids of seasons apart. */
const idStep = 1_000_000;

/** What others publish keeps up with the world's clock, however far it was moved. */
export function keepUp({ clock, neis, netflix }: Pick<World, 'clock' | 'neis' | 'netflix'>): void {
  const now = clock.now();
  const day = dayOf(now, 'Asia/Seoul');
  // Schools have planned four months; after that they cook as ever.
  const isPlanned = neis.rows.some(({ MLSV_YMD }) => MLSV_YMD === day.replaceAll('-', ''));
  if (!isPlanned) neis.setMeals(day, usualMeals(day));
  for (const [index, row] of netflix.rows.entries()) {
    netflix.rows[index] = nextSeason(row, now - outForMs);
  }
}

/** A title that is out leaves Netflix's page; eight weeks after its start there is more of it. */
function nextSeason(row: NetflixRow, outSince: number): NetflixRow {
  const seasons = Math.ceil((outSince - row.startTime) / seasonMs);
  if (seasons <= 0) return row;
  const videoID = row.videoID + seasons * idStep;
  const part = 1 + Math.floor((videoID % 99_000_000) / idStep);
  return {
    ...row,
    videoID,
    title2: `${part}번째 이야기`,
    startTime: row.startTime + seasons * seasonMs,
  };
}
