import { type NetflixRow, nextSaturday } from './netflix-rows.ts';
import type { TmdbRow } from './tmdb.ts';

const seriesCollection = 2170013;
const dayMs = 86_400_000;
const seoulMs = 9 * 3_600_000;

/**
 * What TMDB knows of the coming weeks: the calendar's series under the same names and Korean days
 * but with ids and posters of its own, one series the calendar lacks, and one without a poster.
 */
export function freshSeries(startAt: number, calendar: readonly NetflixRow[]): TmdbRow[] {
  const known = calendar
    .filter((row) => row.collection === seriesCollection)
    .map((row, index) => series(310_001 + index * 13, row.title1, row.startTime));
  const saturday = nextSaturday(startAt);
  return [
    ...known,
    series(310_901, '새벽 배송 기사 오르페우스', saturday + 4 * dayMs),
    { ...series(310_914, '포스터 없는 마을', saturday + 9 * dayMs), poster_path: null },
  ];
}

function series(id: number, name: string, startsAt: number): TmdbRow {
  return {
    id,
    name,
    original_name: name,
    first_air_date: new Date(startsAt + seoulMs).toISOString().slice(0, 10),
    poster_path: `/kQ7sandbox${id}.jpg`,
    overview: '',
    genre_ids: [18],
    origin_country: ['KR'],
  };
}
