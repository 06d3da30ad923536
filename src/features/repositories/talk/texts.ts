import {
  addDays,
  dayForPeople,
  dayOf,
  type Language,
  MINUTE_MS,
  minuteOf,
} from '../../../lib/time.ts';

import { MOST_WATCHES } from '../../../store/watchRules.ts';

/** What the bot says about watched repositories, Korean and English side by side. */
export const watchTexts = {
  askRepository: {
    ko: () => '어떤 저장소를 지켜볼까요? GitHub 주소를 보내 주세요. 예: github.com/honojs/hono',
    en: () => 'Which repository? Send me its GitHub address, like github.com/honojs/hono',
  },
  askBranch: {
    ko: (repository: string) => `${repository}의 어느 브랜치를 지켜볼까요?`,
    en: (repository: string) => `Which branch of ${repository}?`,
  },
  askNickname: {
    ko: () => '뭐라고 부를까요? 별명을 보내 주세요.',
    en: () => 'What shall we call it? Send me a nickname.',
  },
  registered: {
    ko: (nickname: string, repository: string, branch: string) =>
      `[${nickname}] 등록 완료! (${repository} · ${branch})`,
    en: (nickname: string, repository: string, branch: string) =>
      `[${nickname}] is registered! (${repository} · ${branch})`,
  },
  willTell: {
    ko: () => '새 커밋과 릴리스를 바로 알려 드려요.',
    en: () => 'I will tell you of new commits and releases at once.',
  },
  willTellSo: {
    ko: (what: string) => `이렇게 알려 드려요: ${what}`,
    en: (what: string) => `You will be told: ${what}`,
  },
  history: { ko: () => '지난 소식', en: () => 'History' },
  shortLink: {
    ko: () => '짧은 링크라 어디인지 읽을 수 없어요. owner/repo 처럼 보내 주세요.',
    en: () => 'I cannot see where that short link leads. Please send it as owner/repo.',
  },
  orWriteBranch: {
    ko: () => '여기 없으면 브랜치 이름을 보내 주세요.',
    en: () => 'For another one, send me its name.',
  },
  already: {
    ko: (nickname: string, repository: string, branch: string) =>
      `${repository}의 ${branch} 브랜치는 이미 지켜보고 있어요. 별명: ${nickname}`,
    en: (nickname: string, repository: string, branch: string) =>
      `I already watch ${branch} of ${repository} for you, as ${nickname}.`,
  },
  renamedFrom: {
    ko: (was: string) => `${was} 저장소는 이름이 바뀌었어요.`,
    en: (was: string) => `${was} has a new name.`,
  },
  archived: {
    ko: () => '보관된 저장소라 새 소식이 없을 수 있어요.',
    en: () => 'It is archived, so there may be no news.',
  },
  empty: {
    ko: () => '아직 커밋이 없어요. 첫 커밋부터 알려 드릴게요.',
    en: () => 'It has no commits yet. I will tell you from the first one on.',
  },
  linkHint: {
    ko: () =>
      '카카오톡으로 알림을 받으려면 ‘연결’이라고 말해 주세요. 지금은 ‘목록’으로 볼 수 있어요.',
    en: () => 'Say “login” to get alerts by KakaoTalk. Until then, ask me with “list”.',
  },
  list: {
    ko: () => '지켜보는 저장소예요.',
    en: () => 'Your repositories:',
  },
  listNone: {
    ko: () => '아직 지켜보는 저장소가 없어요. ‘관심 레포 추가’라고 말해 보세요.',
    en: () => 'You watch no repository yet. Say “watch” to add one.',
  },
  paused: { ko: () => '멈춤', en: () => 'paused' },
  archivedMark: { ko: () => '보관됨', en: () => 'archived' },
  missing: { ko: () => '찾을 수 없음', en: () => 'not found' },
  andMore: {
    ko: (count: number) => `그 밖에 ${count}개가 더 있어요.`,
    en: (count: number) => `and ${count} more`,
  },
  goingOn: {
    ko: () => '이어서 보여 드릴게요.',
    en: () => 'Here are more:',
  },
  noMore: { ko: () => '이게 전부예요.', en: () => 'That was all of them.' },
  allSure: {
    ko: (count: number) => `지켜보는 저장소 ${count}개를 모두 해제할까요?`,
    en: (count: number) => `Shall I stop watching all ${count} repositories?`,
  },
  unwatchedAll: {
    ko: (count: number) => `저장소 ${count}개의 알림을 모두 해제했어요.`,
    en: (count: number) => `${count} repositories are no longer watched.`,
  },
  backAgain: {
    ko: (names: string) => `${names} 알림을 되돌렸어요.`,
    en: (names: string) => `${names}: watched again.`,
  },
  undone: {
    ko: (nickname: string) => `[${nickname}] 설정을 되돌렸어요.`,
    en: (nickname: string) => `[${nickname}] is set as it was.`,
  },
  askNewName: {
    ko: (nickname: string) => `[${nickname}] 별명을 무엇으로 바꿀까요?`,
    en: (nickname: string) => `What shall I call [${nickname}]?`,
  },
  optionsNotUnderstood: {
    ko: (nickname: string) => `그 설정은 잘 모르겠어요. [${nickname}] 지금 설정은 이래요.`,
    en: (nickname: string) => `I do not know that setting. [${nickname}] is set like this now.`,
  },
  whichOne: {
    ko: () => '몇 번 저장소인가요? 번호나 별명을 알려 주세요.',
    en: () => 'Which one? Tell me its number or nickname.',
  },
  noSuchWatch: {
    ko: (words: string) => `‘${words}’ 저장소를 찾지 못했어요. ‘목록’에서 번호를 확인해 주세요.`,
    en: (words: string) => `I found no “${words}”. Say “list” to see the numbers.`,
  },
  statusNone: {
    ko: (nickname: string) => `[${nickname}] 지난번 물어보신 뒤로 새 소식이 없어요.`,
    en: (nickname: string) => `[${nickname}] Nothing new since you last asked.`,
  },
  covers: {
    ko: (count: number) =>
      count === 0
        ? '아직 맞는 브랜치가 없어요. 생기면 알려 드릴게요.'
        : `지금 브랜치 ${count}개를 지켜보고, 새로 생기면 그것도 알려 드려요.`,
    en: (count: number) =>
      count === 0
        ? 'No branch fits yet. You will hear of the first one that does.'
        : `${count === 1 ? '1 branch is' : `${count} branches are`} watched now, and new ones as they come.`,
  },
  lastNews: {
    ko: (when: string) => `마지막 소식 ${when}`,
    en: (when: string) => `last news ${when}`,
  },
  unwatched: {
    ko: (nickname: string) => `[${nickname}] 알림을 해제했어요.`,
    en: (nickname: string) => `[${nickname}] is no longer watched.`,
  },
  pausedNow: {
    ko: (nickname: string) =>
      `[${nickname}] 알림을 잠시 멈췄어요. ‘다시 ${nickname}’ 하면 이어져요.`,
    en: (nickname: string) => `[${nickname}] is paused. Say “resume ${nickname}” to go on.`,
  },
  muted: {
    ko: (nickname: string, until: string) =>
      `[${nickname}] ${until}까지 조용히 있을게요. 그동안의 소식은 모아서 그때 알려 드려요.`,
    en: (nickname: string, until: string) =>
      `[${nickname}] is quiet until ${until}. What happens meanwhile comes together then.`,
  },
  quietUntil: {
    ko: (until: string) => `${until}까지 조용히`,
    en: (until: string) => `quiet until ${until}`,
  },
  resumed: {
    ko: (nickname: string) => `[${nickname}] 알림을 다시 보내 드릴게요.`,
    en: (nickname: string) => `[${nickname}] is on again.`,
  },
  renamed: {
    ko: (nickname: string) => `별명을 바꿨어요: [${nickname}]`,
    en: (nickname: string) => `I call it [${nickname}] now.`,
  },
  settings: {
    ko: (nickname: string, list: string) => `[${nickname}] 설정이에요: ${list}`,
    en: (nickname: string, list: string) => `[${nickname}] is set to: ${list}`,
  },
  settingsHow: {
    ko: (nickname: string) =>
      [
        `[${nickname}] 뒤에 이렇게 붙여 말해 주세요.`,
        '커밋만 · 릴리스만 · 모두 : 알릴 소식',
        '프리릴리스 포함 · 프리릴리스 빼고',
        '태그 v2.* : 이 태그만 (태그 모두 : 전부)',
        '메이저만 · 마이너까지 · 버전 모두',
        '봇 빼고 · 머지 빼고 · 홍길동 빼고',
        '메시지 전체 · 첫 줄만',
        '한 번에 · 따로따로 : 한 번에 찾은 소식',
        '바로 · 매시간 · 매일 9시 : 받는 때',
        `예: 설정 ${nickname} 릴리스만 매일 9시`,
      ].join('\n'),
    en: (nickname: string) =>
      [
        `Say one or more of these after [${nickname}]:`,
        'commits · releases · both : what to tell',
        'with prereleases · without prereleases',
        'tag v2.* : only these tags (tag all : every one)',
        'major only · minor too · every version',
        'without bots · without merges · without octocat',
        'whole messages · first lines',
        'together · one by one : what one look finds',
        'instant · hourly · daily 9 : when to tell',
        `Like: set ${nickname} releases daily 9`,
      ].join('\n'),
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** Why the code of the web page does not count. */
export const codeProblems = {
  over: {
    ko: () =>
      '이 코드는 끝났거나 이미 썼거나 없는 코드예요. 등록 페이지에서 새로 받아 주세요. 코드는 한 시간 동안 한 번 쓸 수 있어요.',
    en: () =>
      'This code is over, used, or none. Please get a new one on the page: it is good once, for an hour.',
  },
  'too-many': {
    ko: () => '코드를 너무 많이 보내셨어요. 한 시간 뒤에 다시 해 주세요.',
    en: () => 'That is too many codes. Please try again in an hour.',
  },
} satisfies Record<string, Record<Language, () => string>>;

/** Why a repository cannot be watched, and what to do about it. */
export const watchProblems = {
  'not-a-repository': {
    ko: () =>
      'GitHub 저장소 주소가 아니에요. owner/repo 나 github.com/owner/repo 처럼 보내 주세요.',
    en: () => 'That is no GitHub repository. Send it as owner/repo or github.com/owner/repo.',
  },
  'other-host': {
    ko: () => 'GitHub에 있는 저장소만 지켜볼 수 있어요.',
    en: () => 'I can watch repositories on GitHub only.',
  },
  'not-found': {
    ko: () => '저장소를 찾지 못했어요. 주소를 확인해 주세요. 비공개 저장소는 지켜볼 수 없어요.',
    en: () =>
      'I found no such repository. Please check the address; private ones cannot be watched.',
  },
  'not-seen': {
    ko: () => '이제 볼 수 없는 저장소예요. 삭제됐거나 비공개로 바뀌었어요.',
    en: () => 'This repository can not be seen any more: it was deleted or made private.',
  },
  empty: {
    ko: () => '아직 커밋이 없어요. 첫 커밋부터 알려 드릴게요.',
    en: () => 'It has no commits yet. I will tell you from the first one on.',
  },
  'several-branches': {
    ko: () => '여러 브랜치를 함께 지켜보고 있어요. 새 커밋이 있으면 알려 드려요.',
    en: () => 'Several branches are watched together. You will hear of new commits on them.',
  },
  'too-many-branches': {
    ko: () => '그 패턴에 맞는 브랜치가 300개를 넘어요. release/* 처럼 더 좁혀 주세요.',
    en: () => 'More than 300 branches fit that pattern. Please narrow it, like release/*.',
  },
  blocked: {
    ko: () => 'GitHub이 막아 둔 저장소예요.',
    en: () => 'GitHub has blocked this repository.',
  },
  'no-branch': {
    ko: () => '그 브랜치를 찾지 못했어요. 이 가운데에서 골라 주세요.',
    en: () => 'I found no such branch. Please choose one of these.',
  },
  'nickname-invalid': {
    ko: () => '별명은 글자를 넣어 서른 자 안으로 지어 주세요. 숫자만으로는 안 돼요.',
    en: () => 'A nickname has letters in it, 30 characters at most; digits alone will not do.',
  },
  'nickname-taken': {
    ko: () => '이미 다른 저장소에 쓰는 별명이에요. 다른 별명을 보내 주세요.',
    en: () => 'You use that nickname for another repository. Please send me another one.',
  },
  'too-many': {
    ko: () => `한 분이 ${MOST_WATCHES}개까지 지켜볼 수 있어요. 먼저 하나를 해제해 주세요.`,
    en: () => `A person may watch ${MOST_WATCHES}. Please unwatch one first.`,
  },
  off: {
    ko: () => '지금은 저장소를 지켜볼 수 없어요. 봇 주인이 아직 켜지 않았어요.',
    en: () => 'Watching repositories is not switched on yet by the owner of this bot.',
  },
  unavailable: {
    ko: () => 'GitHub이 대답하지 않아요. 잠시 뒤에 다시 말해 주세요.',
    en: () => 'GitHub does not answer. Please try again in a while.',
  },
  'held-back': {
    ko: () => '한 시간에 찾아볼 수 있는 만큼 다 찾아봤어요. 조금 쉬었다가 다시 말해 주세요.',
    en: () => 'That is all I can look up for you within an hour. Please ask again a little later.',
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

export type WatchProblem = keyof typeof watchProblems;

/** The end of a wait as people read it; what ends within a minute ends at the next full one. */
export function untilText(until: number, now: number, timeZone: string, language: Language) {
  return instantText(Math.ceil(until / MINUTE_MS) * MINUTE_MS, now, timeZone, language);
}

/** An instant as people read it: `09:00` of today, `내일 09:00`, `12월 3일 (목) 09:00`. */
export function instantText(at: number, now: number, timeZone: string, language: Language): string {
  const [day = '', time = ''] = minuteOf(at, timeZone).split(' ');
  const today = dayOf(now, timeZone);
  if (day === today) return time;
  if (day === addDays(today, 1)) return `${language === 'ko' ? '내일' : 'tomorrow'} ${time}`;
  return `${dayForPeople(day, today, language)} ${time}`;
}
