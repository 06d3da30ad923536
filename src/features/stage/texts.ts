import type { Phrasing } from '../../bot/talk/grammar/choose.ts';
import type { Words } from '../../bot/talk/grammar/utterance.ts';
import type { Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { Production } from './store.ts';

/** What plays on stage; a region's value is its name. */
export const stageWords: Words = {
  stage:
    '공연, 공연들, 무대, 콘서트, 공연 정보, 볼만한 공연, stage, show on stage, performance, performances, theatre, theater, theatre shows, theater shows, concert, concerts, on stage',
  'genre=musical': '뮤지컬, 뮤지컬들, 뮤지걸, musical, musicals',
  'genre=play': '연극, 연극들, 연극좀, play, plays',
  'region=서울': '서울, 서울특별시, 대학로, seoul',
  'region=부산': '부산, 부산광역시, busan',
  'region=대구': '대구, daegu',
  'region=인천': '인천, incheon',
  'region=광주': '광주, gwangju',
  'region=대전': '대전, daejeon',
  'region=울산': '울산, ulsan',
  'region=세종': '세종, sejong',
  'region=경기': '경기, 경기도, 수원, 성남, gyeonggi',
  'region=강원': '강원, 강원도, 춘천, gangwon',
  'region=충북': '충북, 충청북도, 청주, chungbuk',
  'region=충남': '충남, 충청남도, 천안, chungnam',
  'region=전북': '전북, 전라북도, 전주, jeonbuk',
  'region=전남': '전남, 전라남도, jeonnam',
  'region=경북': '경북, 경상북도, 포항, gyeongbuk',
  'region=경남': '경남, 경상남도, 창원, gyeongnam',
  'region=제주': '제주, 제주도, jeju',
};

/** `공연`, `서울 뮤지컬 뭐 해?`, `plays in busan`. */
export const stagePhrasings: readonly Phrasing[] = [
  {
    says: ['stage', 'genre', 'stage genre', 'stage region', 'genre region'],
    with: 'title region new what is show want how day week list count compliment say person more alert only all weekend data status fresh',
    not: 'off alert address menu netflix cat',
  },
  {
    says: ['stage|genre news', 'stage|genre news region'],
    with: 'what is show new mine person how',
    not: 'on off not want watch weekly daily notify whenever remove',
  },
];

/** The words of the post are the seed's, in every language. */
export const POST = { title: 'TITLE: ', venue: '공연장: ', period: '기간: ' } as const;

export const texts = {
  head: { ko: '지금 하거나 곧 여는 {what}이에요.', en: 'On now or opening soon: {what}' },
  headIn: {
    ko: '{where}에서 지금 하거나 곧 여는 {what}이에요.',
    en: 'On now or opening soon in {where}: {what}',
  },
  more: { ko: '그 밖에 {count}편이 더 있어요.', en: 'and {count} more' },
  none: {
    ko: '지금 하거나 2주 안에 여는 {what}을 찾지 못했어요.',
    en: 'I know of nothing on now or opening within two weeks: {what}',
  },
  onlyHere: {
    ko: '이 봇은 {region} 공연만 알아요. ‘공연’이라고 말해 보세요.',
    en: 'This bot knows the stage of {region} only. Say “stage”.',
  },
  off: {
    ko: '공연 소식은 아직 꺼져 있어요. 봇 주인이 켜면 알려 드릴 수 있어요.',
    en: 'News of the stage is not switched on yet; the owner of this bot can do that.',
  },
  notYet: {
    ko: '공연 목록을 아직 받아 오지 못했어요. 수요일과 토요일 오전 10시에 새로 모아요.',
    en: 'There is no list of productions yet. It is collected on Wednesdays and Saturdays at 10:00 in Korea.',
  },
  alertsOffer: { ko: '공연 알림 켜기', en: 'stage alerts on' },
  told: { ko: '새 공연 소식 {count}편이에요.', en: 'News of the stage: {count}' },
  moved: { ko: '공연 기간이 바뀌었어요.', en: 'The dates of a production changed.' },
  movedTo: { ko: '{was}까지에서 {now}까지로', en: 'until {was}, now until {now}' },
  openRun: { ko: '오픈런', en: 'open run' },
  poster: { ko: "공연 '{name}'의 포스터", en: "Poster of '{name}'" },
  section: { ko: '지금 무대에서는', en: 'On stage' },
  lead: {
    ko: '수요일과 토요일 아침, 새로 열거나 곧 끝나는 연극과 뮤지컬을 포스터와 함께 X에 올려요.',
    en: 'On Wednesdays and Saturdays I post on X which plays and musicals opened or end soon, with posters.',
  },
} as const satisfies Record<string, Text>;

/** What somebody asks for, as answers name it. */
export const genreNames = {
  play: { ko: '연극', en: 'plays' },
  musical: { ko: '뮤지컬', en: 'musicals' },
  both: { ko: '공연', en: 'plays and musicals' },
} as const satisfies Record<Production['genre'] | 'both', Text>;

/** A day as KOPIS and the seed wrote it: `2026.12.02`. */
export function dotted(day: string): string {
  return day.replaceAll('-', '.');
}

/** `2026.12.02~2026.12.20`; an open run has no end. */
export function periodOf({ from, to }: Pick<Production, 'from' | 'to'>): string {
  return `${dotted(from)}~${to === null ? '' : dotted(to)}`;
}

/** The same for people who ask: an open run says so. */
export function periodForPeople(
  production: Pick<Production, 'from' | 'to'>,
  language: Language,
): string {
  const open = production.to === null ? ` ${texts.openRun[language]}` : '';
  return `${periodOf(production)}${open}`;
}
