import { withCommas } from '../../lib/text.ts';
import { dayForPeople, type Language } from '../../lib/time.ts';

type Meal = 'breakfast' | 'lunch' | 'dinner';

const MEALS: Readonly<Record<Language, Readonly<Record<Meal, string>>>> = {
  ko: { breakfast: '아침', lunch: '점심', dinner: '저녁' },
  en: { breakfast: 'breakfast', lunch: 'lunch', dinner: 'dinner' },
};
const WEEKDAYS = ['일', '월', '화', '수', '목', '금', '토'];

/** Words around news. Korean names no thing with a particle, so that each is right for any name. */
export const newsWords = {
  /** As the seed wrote it: `11월 22일 일요일 점심`. */
  mealHead: {
    ko: (day: string, meal: Meal) => {
      const date = new Date(`${day}T00:00:00Z`);
      const weekday = WEEKDAYS[date.getUTCDay()];
      return `${date.getUTCMonth() + 1}월 ${date.getUTCDate()}일 ${weekday}요일 ${MEALS.ko[meal]}`;
    },
    en: (day: string, meal: Meal) => `${dayForPeople(day, day, 'en')}, ${MEALS.en[meal]}`,
  },
  newCommits: {
    ko: (count: number) => `새 커밋 ${withCommas(count)}개`,
    en: (count: number) => (count === 1 ? '1 new commit' : `${withCommas(count)} new commits`),
  },
  more: {
    ko: (count: number) => `그 밖에 ${withCommas(count)}개 더`,
    en: (count: number) => `and ${withCommas(count)} more`,
  },
  rewritten: { ko: () => '기록이 다시 쓰였어요', en: () => 'History rewritten' },
  rolledBack: { ko: () => '이전 커밋으로 되돌아갔어요', en: () => 'Set back to an older commit' },
  created: { ko: () => '새 브랜치가 생겼어요', en: () => 'New branch' },
  noMessage: { ko: () => '(메시지 없음)', en: () => '(no message)' },
  release: { ko: (tag: string) => `새 릴리스 ${tag}`, en: (tag: string) => `New release ${tag}` },
  promoted: {
    ko: (tag: string) => `정식 릴리스가 됐어요: ${tag}`,
    en: (tag: string) => `Now a full release: ${tag}`,
  },
  prerelease: {
    ko: (tag: string) => `새 시험판 릴리스 ${tag}`,
    en: (tag: string) => `New pre-release ${tag}`,
  },
  tag: { ko: (tag: string) => `새 태그 ${tag}`, en: (tag: string) => `New tag ${tag}` },
  'branch-deleted': { ko: () => '브랜치가 삭제됐어요', en: () => 'Branch deleted' },
  'branch-renamed': { ko: () => '브랜치 이름이 바뀌었어요', en: () => 'Branch renamed' },
  'default-changed': { ko: () => '기본 브랜치가 바뀌었어요', en: () => 'Default branch changed' },
  renamed: { ko: () => '저장소 이름이 바뀌었어요', en: () => 'Repository renamed' },
  transferred: { ko: () => '저장소의 주인이 바뀌었어요', en: () => 'Repository transferred' },
  former: { ko: (name: string) => `이전 이름: ${name}`, en: (name: string) => `Formerly ${name}` },
  fromTo: {
    ko: (was: string, to: string) => `${was} → ${to}`,
    en: (was: string, to: string) => `${was} → ${to}`,
  },
  archived: { ko: () => '저장소가 보관됐어요', en: () => 'Repository archived' },
  unarchived: { ko: () => '보관이 풀렸어요', en: () => 'No longer archived' },
  gone: { ko: () => '저장소를 더 볼 수 없어요', en: () => 'Repository not there any more' },
  back: { ko: () => '다시 볼 수 있어요', en: () => 'Back again' },
  /** Several pieces of news of one watch. */
  several: {
    ko: (count: number) => `새 소식 ${withCommas(count)}개`,
    en: (count: number) => `${withCommas(count)} pieces of news`,
  },
  newReleases: {
    ko: (count: number) => `새 릴리스 ${withCommas(count)}개`,
    en: (count: number) => (count === 1 ? '1 new release' : `${withCommas(count)} new releases`),
  },
  digest: {
    ko: (count: number) => `모아 보는 소식 ${withCommas(count)}개`,
    en: (count: number) =>
      count === 1 ? '1 piece of news' : `${withCommas(count)} pieces of news`,
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** What a person can do about it, or need not do; `to` is the name a branch has now. */
export const newsAdvice = {
  'branch-deleted': {
    ko: () => '다른 브랜치의 소식을 받으려면 새로 구독해 주세요.',
    en: () => 'Watch another branch to go on hearing of it.',
  },
  'branch-renamed': {
    ko: (to: string, repository: string) =>
      `새 이름으로 이어서 받을까요? 이렇게 말해 주세요: 구독 ${repository} ${to}`,
    en: (to: string, repository: string) =>
      `Shall I go on under the new name? Then say: watch ${repository} ${to}`,
  },
  'default-changed': {
    ko: (to: string) => `이제 ${to} 소식을 이어서 알려 드릴게요.`,
    en: (to: string) => `From here on I tell you of ${to}.`,
  },
  renamed: {
    ko: () => '새 이름으로 계속 알려 드릴게요.',
    en: () => 'News goes on under the new name.',
  },
  transferred: {
    ko: () => '새 주소에서도 계속 알려 드릴게요.',
    en: () => 'News goes on from its new home.',
  },
  archived: {
    ko: () => '읽기 전용이 되어 새 소식이 없을 거예요. 풀리면 알려 드릴게요.',
    en: () => 'It is read-only now, so there will be no news. You will hear if that changes.',
  },
  unarchived: {
    ko: () => '새 소식이 있으면 다시 알려 드릴게요.',
    en: () => 'You will hear of its news again.',
  },
  gone: {
    ko: () => '삭제됐거나 비공개로 바뀌었어요. 다시 보이면 알려 드릴게요.',
    en: () => 'It was deleted or made private. You will hear when it is back.',
  },
  back: {
    ko: () => '새 소식이 있으면 계속 알려 드릴게요.',
    en: () => 'News goes on from here.',
  },
} satisfies Record<string, Record<Language, (to: string, repository: string) => string>>;

/** Words on the way to a page: a button, or in front of an address. */
export const newsLabels = {
  wholeMenu: { ko: '전체 식단 보기', en: 'Whole menu' },
  seeCommit: { ko: '커밋 보기', en: 'See commit' },
  seeChanges: { ko: '변경 내역 보기', en: 'See changes' },
  seeRelease: { ko: '릴리스 보기', en: 'See release' },
  readOn: { ko: '더 보기', en: 'Read on' },
  seeBranch: { ko: '브랜치 보기', en: 'See branch' },
  seeTag: { ko: '태그 보기', en: 'See tag' },
  seeRepository: { ko: '저장소 보기', en: 'See repository' },
} satisfies Record<string, Record<Language, string>>;
