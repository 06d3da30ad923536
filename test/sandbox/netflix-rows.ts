/**
 * A row of Netflix's release calendar as recorded from the page (docs/platforms/sources.md,
 * Netflix).
 */
export interface NetflixRow {
  readonly videoID: number;
  readonly title1: string;
  readonly title2?: string;
  /** Epoch milliseconds. */
  readonly startTime: number;
  readonly country: string;
  readonly collection: number;
  readonly genre?: number;
  readonly image?: string;
}

export const defaultImageBase = 'https://occ-0-1009-993.1.nflxso.net/dnm/api';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const collections = { film: 2694103, series: 2170013, special: 2173907, game: 81500273 } as const;
const genres = {
  drama: 1307182,
  comedy: 1305630,
  reality: 100199,
  thriller: 81246423,
  documentary: 100148,
  mystery: 81325761,
  adventure: 81325760,
} as const;

/** 120 characters, and still short enough for a post. */
const longTitle =
  '우리는 그 밤 바다로 가는 마지막 버스를 놓쳤고 서로의 이름을 처음으로 물었으며 아침이 올 때까지 걸었다는 아주 길고 사소하지만 아무도 잊지 못할 이야기와 그 뒤에 남겨진 편지들에 대한 어느 작은 마을 도서관의 기록';

interface Plan {
  readonly day: number;
  /** Hour of the day, UTC. */
  readonly hour: number;
  readonly title: string;
  readonly second?: string;
  readonly in: keyof typeof collections;
  readonly genre: keyof typeof genres;
}

/** Invented titles, with everything that has broken a bot before. From 15:00 UTC it is tomorrow in Korea. */
const plans: readonly Plan[] = [
  { day: 0, hour: 7, title: '느린 우체국의 여름', in: 'film', genre: 'drama' },
  { day: 0, hour: 8, title: '"괜찮아"라고 말하던 밤', in: 'series', genre: 'drama' },
  { day: 1, hour: 15, title: '달 & 파도', in: 'series', genre: 'mystery' },
  { day: 2, hour: 7, title: '고양이 변호사 🐾', in: 'series', genre: 'comedy' },
  { day: 3, hour: 7, title: longTitle, in: 'special', genre: 'documentary' },
  { day: 3, hour: 8, title: '너를 <3 하는 방법', in: 'film', genre: 'comedy' },
  { day: 4, hour: 7, title: '비밀계정 @moonlight_bakery', in: 'series', genre: 'thriller' },
  { day: 5, hour: 7, title: '#퇴사하고 싶은 날', in: 'series', genre: 'comedy' },
  { day: 5, hour: 16, title: '사랑.com', in: 'film', genre: 'comedy' },
  { day: 6, hour: 1, title: 'love.is 어디에', in: 'film', genre: 'drama' },
  { day: 6, hour: 8, title: '한강 야간 수리점', second: '시즌 2', in: 'series', genre: 'drama' },
  { day: 7, hour: 7, title: '픽셀 다이버', in: 'game', genre: 'adventure' },
  {
    day: 8,
    hour: 7,
    title: '할머니의 록밴드',
    second: '할머니의 록밴드',
    in: 'special',
    genre: 'reality',
  },
  { day: 9, hour: 14.5, title: '서른아홉 번째 파도', in: 'series', genre: 'thriller' },
  { day: 10, hour: 8, title: '틱, 틱... 그리고 봄!', in: 'film', genre: 'drama' },
  { day: 12, hour: 7, title: '남극 분식집 Ⅲ', in: 'series', genre: 'reality' },
];

/**
 * Korean titles that start in the 13 days from the next Saturday 00:00 UTC after `startAt`.
 *
 * @param startAt epoch milliseconds
 */
export function freshRows(startAt: number, imageBase: string = defaultImageBase): NetflixRow[] {
  const saturday = nextSaturday(startAt);
  return plans.map((plan, index) => {
    const videoID = 99_000_001 + index * 37;
    return {
      collection: collections[plan.in],
      country: 'KR',
      genre: genres[plan.genre],
      image: `${imageBase}/v6/E8vDc_W8CLv7-yMQu8KMEC7Rrr8/AAAAB/${videoID}.jpg?r=a51`,
      startTime: saturday + plan.day * dayMs + plan.hour * hourMs,
      title1: plan.title,
      ...(plan.second === undefined ? {} : { title2: plan.second }),
      videoID,
    };
  });
}

/** The first Saturday 00:00 UTC that is later than an instant. */
export function nextSaturday(afterMs: number): number {
  const day = Math.floor(afterMs / dayMs) + 1;
  // 1970-01-01 was a Thursday: day 2 was a Saturday.
  return (day + ((((2 - day) % 7) + 7) % 7)) * dayMs;
}
