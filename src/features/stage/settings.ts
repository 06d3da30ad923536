import { type FeatureRule, needs } from '../../config/reader.ts';
import { address, secret, settingsOf, variable } from '../../config/setting.ts';

/** A region of Korea as KOPIS and people name it. */
interface Region {
  /** KOPIS's number; `null` where sources disagree about it: then the name decides. */
  readonly code: string | null;
  readonly ko: string;
  readonly en: string;
  /** How `area` of a row begins. */
  readonly areas: readonly string[];
}

/** Short names first: they are what people say. */
const REGIONS: readonly Region[] = [
  { code: '11', ko: '서울', en: 'Seoul', areas: ['서울'] },
  { code: '26', ko: '부산', en: 'Busan', areas: ['부산'] },
  { code: '27', ko: '대구', en: 'Daegu', areas: ['대구'] },
  { code: '28', ko: '인천', en: 'Incheon', areas: ['인천'] },
  { code: '29', ko: '광주', en: 'Gwangju', areas: ['광주'] },
  { code: '30', ko: '대전', en: 'Daejeon', areas: ['대전'] },
  { code: '31', ko: '울산', en: 'Ulsan', areas: ['울산'] },
  { code: '36', ko: '세종', en: 'Sejong', areas: ['세종'] },
  { code: '41', ko: '경기', en: 'Gyeonggi', areas: ['경기'] },
  { code: null, ko: '강원', en: 'Gangwon', areas: ['강원'] },
  { code: '43', ko: '충북', en: 'Chungbuk', areas: ['충북', '충청북'] },
  { code: '44', ko: '충남', en: 'Chungnam', areas: ['충남', '충청남'] },
  { code: null, ko: '전북', en: 'Jeonbuk', areas: ['전북', '전라북'] },
  { code: '46', ko: '전남', en: 'Jeonnam', areas: ['전남', '전라남'] },
  { code: '47', ko: '경북', en: 'Gyeongbuk', areas: ['경북', '경상북'] },
  { code: '48', ko: '경남', en: 'Gyeongnam', areas: ['경남', '경상남'] },
  { code: '50', ko: '제주', en: 'Jeju', areas: ['제주'] },
];

const OFFICIAL_END = /^(?:특별시|광역시|특별자치시|특별자치도|시|도)?$/;

/** The region somebody means by a name, official name or number; `null` for none of them. */
export function regionOf(text: string): Region | null {
  const word = text.normalize('NFKC').trim().toLowerCase();
  if (word === '') return null;
  return (
    REGIONS.find(
      ({ code, en, areas }) =>
        word === code ||
        word === en.toLowerCase() ||
        areas.some((area) => word.startsWith(area) && OFFICIAL_END.test(word.slice(area.length))),
    ) ?? null
  );
}

/** Whether a row's `area` is in a region; one that does not say is believed to be. */
export function isIn({ areas }: Region, area: string): boolean {
  return area === '' || areas.some((name) => area.startsWith(name));
}

/** What of the owner's settings is about plays and musicals. */
export const stageSettings = settingsOf(
  {
    key: secret('KOPIS_KEY', {
      what: { ko: '공연 목록 Open API 인증키', en: 'key of the list of plays and musicals' },
      where: { ko: 'kopis.or.kr > Open API > 인증키 신청', en: 'kopis.or.kr > Open API' },
    }),
    region: variable<Region | null>(
      'STAGE_REGION',
      {
        what: {
          ko: '공연을 모을 지역 하나 (서울, 부산, 경기 ...). 비우면 전국',
          en: 'the one region whose stage is told (Seoul, Busan ...); blank: all of Korea',
        },
      },
      {
        example: '서울',
        parse: (text) => (text === null ? null : (regionOf(text) ?? undefined)),
      },
    ),
    apiUrl: address('KOPIS_API_URL', 'https://www.kopis.or.kr/openApi/restful', {
      what: { ko: 'KOPIS Open API', en: 'open API of KOPIS' },
    }),
  },
  (values) => values,
);

/** The id of the list all of it is read from. */
export const SOURCE = 'kopis';

export const stageFeatures: readonly FeatureRule[] = [
  {
    id: 'stage',
    name: { ko: '공연 (연극, 뮤지컬)', en: 'Plays and musicals' },
    state: needs(stageSettings.declared.key),
  },
  { id: SOURCE, name: { ko: '공연 목록 (KOPIS)', en: 'List of the stage (KOPIS)' } },
];
