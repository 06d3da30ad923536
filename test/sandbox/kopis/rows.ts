import { addDays } from '../../../src/lib/time.ts';

/** A row as KOPIS lists it, before it is written as XML. */
export interface KopisRow {
  readonly mt20id: string;
  readonly prfnm: string;
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly fcltynm: string;
  readonly poster: string;
  readonly area: string;
  readonly genre: 'AAAA' | 'GGGA' | 'CCCA';
  readonly openrun: 'Y' | 'N';
}

const genreNames = { AAAA: '연극', GGGA: '뮤지컬', CCCA: '서양음악(클래식)' } as const;

/** `prfstate` on a day. */
function stateOf({ from, to, openrun }: KopisRow, today: string): string {
  if (from > today) return '공연예정';
  return to < today && openrun === 'N' ? '공연완료' : '공연중';
}

function day(text: string): string {
  return text.replaceAll('-', '.');
}

/** XML as KOPIS writes it: dates with dots, values with spaces at their ends. */
export function rowXml(row: KopisRow, today: string): string {
  return `    <db>
        <mt20id>${row.mt20id}</mt20id>
        <prfnm>${escapeXml(row.prfnm)} </prfnm>
        <prfpdfrom>${day(row.from)}</prfpdfrom>
        <prfpdto>${day(row.to)}</prfpdto>
        <fcltynm>${escapeXml(row.fcltynm)}</fcltynm>
        <poster>${row.poster}</poster>
        <area>${row.area}</area>
        <genrenm>${genreNames[row.genre]}</genrenm>
        <openrun>${row.openrun}</openrun>
        <prfstate>${stateOf(row, today)}</prfstate>
    </db>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

type Planned = readonly [
  name: string,
  venue: string,
  area: string,
  genre: KopisRow['genre'],
  /** Days from the start of the world to the first and the last day. */
  first: number,
  last: number,
  openrun?: 'Y',
];

const planned: readonly Planned[] = [
  ['별이 빛나는 옥상', '대학로 한마루극장', '서울특별시', 'AAAA', -40, 20],
  ['마지막 기차 & 첫눈', '예그린씨어터', '서울특별시', 'AAAA', 2, 44],
  ['우리 동네 명탐정', '윤당아트홀', '서울특별시', 'AAAA', 3, 31],
  ['고양이를 부탁할게', '드림아트센터', '서울특별시', 'AAAA', -60, 5],
  ['사라진 편지', '소극장 봄', '부산광역시', 'AAAA', -10, 6],
  ['웃음을 파는 가게 [오픈런]', '틴틴홀', '서울특별시', 'AAAA', -400, 300, 'Y'],
  ['햄릿, 서울', '명동예술극장', '서울특별시', 'AAAA', 8, 30],
  ['바다 건너 사촌들', '작은극장 다함', '대전광역시', 'AAAA', 1, 28],
  ['달의 정원', '광림아트센터', '서울특별시', 'GGGA', 1, 60],
  ['노틀담의 시계공', '블루스퀘어', '서울특별시', 'GGGA', -30, 4],
  ['한밤의 우편배달부', '충무아트센터', '서울특별시', 'GGGA', 9, 70],
  ['레베카의 정거장', '드림씨어터', '부산광역시', 'GGGA', 2, 16],
  ['초록 상자 <두 번째 이야기>', '대구오페라하우스', '대구광역시', 'GGGA', -5, 7],
  ['할머니의 라디오', '신한대학교 벧엘관', '경기도', 'GGGA', 4, 5],
  ['겨울 나그네', '롯데콘서트홀', '서울특별시', 'CCCA', 3, 3],
];

/** What is on and coming, around the day the world begins. */
export function freshProductions(today: string, posterBase: string): KopisRow[] {
  const rows = planned.map(([prfnm, fcltynm, area, genre, first, last, openrun], index) =>
    kopisRow(
      {
        mt20id: `PF${280_001 + index}`,
        prfnm,
        from: addDays(today, first),
        to: addDays(today, last),
        fcltynm,
        area,
        genre,
        openrun: openrun ?? 'N',
      },
      posterBase,
    ),
  );
  // KOPIS has a second row of what is extended.
  const [extended] = rows.filter(({ prfnm }) => prfnm === '달의 정원');
  return extended === undefined
    ? rows
    : [
        ...rows,
        {
          ...extended,
          mt20id: 'PF280900',
          from: addDays(extended.from, 5),
          to: addDays(extended.to, 20),
        },
      ];
}

/** A row with the poster KOPIS would have of it. */
export function kopisRow(
  row: Omit<KopisRow, 'poster'>,
  posterBase = 'http://www.kopis.or.kr',
): KopisRow {
  return {
    ...row,
    poster: `${posterBase}/upload/pfmPoster/PF_${row.mt20id}_261101_${row.mt20id.slice(2)}.gif`,
  };
}
