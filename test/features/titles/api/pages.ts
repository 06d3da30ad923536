import { DAY_MS } from '../../../../src/lib/time.ts';

/** Sunday 22 November 2026, 12:30 in Seoul. */
export const NOW = Date.UTC(2026, 10, 22, 3, 30);

export type Row = Readonly<Record<string, unknown>>;

/** Rows as Netflix gives them: twenty titles, one or two a day, most at 17:00 in Seoul. */
export function rowsFor(country = 'KR', count = 20): Row[] {
  return Array.from({ length: count }, (_, index) => ({
    collection: [2694103, 2170013, 2173907, 81500273][index % 4],
    country,
    genre: 1307182,
    image: `https://occ-0-1.1.nflximg.net/art/${index}.jpg`,
    startTime: Date.UTC(2026, 10, 22, 8) + Math.floor((index % 100) / 2) * DAY_MS,
    title1: `새 이야기 ${index + 1}`,
    title2: index % 4 === 1 ? '시즌 2' : `새 이야기 ${index + 1}`,
    videoID: 81_000_000 + index,
  }));
}

export function listOf(rows: readonly unknown[]) {
  return { totalItems: rows.length, totalPages: 1, perPage: 20, data: rows };
}

/** The page's data with the rows where they are today. */
export function dataOf(rows: readonly unknown[]) {
  return { props: { pageProps: { locale: 'ko', data: listOf(rows) } }, page: '/new-to-watch' };
}

/** JSON as Next.js writes it into a page: `<` cannot end the script. */
export function scriptJson(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** A whole page around its data, with scripts and comments before and after. */
export function pageOf(
  data: unknown,
  tag = '<script id="__NEXT_DATA__" type="application/json">',
): string {
  return `${pageStart}${tag}${scriptJson(data)}</script>${pageEnd}`;
}

export const pageStart = `<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"/>
<script nonce="a>b">window.__NEXT_DATA__ || (self.x = '<script id="__NEXT_DATA__">{}');</script>
<!-- <script id="__NEXT_DATA__" type="application/json">{"old":true}</script> -->
</head><body><!--$--><div id="__next"><a href="https://www.netflix.com/title/1">공개 예정</a></div>
`;

export const pageEnd = '<script src="/_next/static/main.js" async=""></script></body></html>';
