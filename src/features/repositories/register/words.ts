import type { Language } from '../../../lib/time.ts';
import type { Text } from '../../../ui/language.ts';
import type { WatchOptions } from '../store/options.ts';
import { optionWordsFor } from '../watching/options.ts';

export const texts = {
  title: { ko: '저장소 등록하기', en: 'Register a repository' },
  lead: {
    ko: '네 걸음이면 새 커밋과 릴리스가 여러분의 채팅으로 가요. 가입은 없어요.',
    en: 'Four steps, and new commits and releases come to your chat. There is nothing to sign up for.',
  },
  watched: { ko: '다른 사람들이 지켜보는 저장소', en: 'Repositories that others watch' },
  stepsLabel: { ko: '등록하는 걸음', en: 'Steps' },
  back: { ko: '뒤로', en: 'Back' },
  again: { ko: '다른 저장소 등록하기', en: 'Register another repository' },
  nowhere: {
    ko: '아직 이 봇을 만날 수 있는 채팅이 없어요. 봇 주인이 채널을 켜면 여기서 등록할 수 있어요.',
    en: 'There is no chat to meet this bot in yet. Once its owner switches a channel on, you can register here.',
  },

  address: { ko: 'GitHub 저장소 주소', en: 'Address of the GitHub repository' },
  addressLead: {
    ko: '붙여 넣으면 바로 확인해요. 브랜치 주소도 돼요.',
    en: 'Paste it and it is checked at once. The address of a branch works, too.',
  },
  check: { ko: '확인', en: 'Check' },
  checking: { ko: '확인하고 있어요…', en: 'Checking…' },
  stale: {
    ko: '이 페이지를 연 지 오래됐어요. 한 번 더 눌러 주세요.',
    en: 'This page has been open for a long time. Please press once more.',
  },
  wait: {
    ko: '한꺼번에 너무 많이 확인했어요. {minutes}분 뒤에 다시 해 주세요. 채팅에서는 지금도 등록할 수 있어요: {words}',
    en: 'Too many checks at once. Please try again in {minutes} min. In the chat you can register now: {words}',
  },
  failed: {
    ko: '확인하지 못했어요. 인터넷 연결을 살펴보고 다시 눌러 주세요.',
    en: 'It could not be checked. Please look at your connection and press again.',
  },

  avatar: { ko: '{name}의 사진', en: 'Picture of {name}' },
  stars: { ko: '별', en: 'Stars' },
  forks: { ko: '포크', en: 'Forks' },
  created: { ko: '만든 날', en: 'Created' },
  updated: { ko: '바뀐 날', en: 'Updated' },
  branch: { ko: '브랜치', en: 'Branch' },
  manyBranches: {
    ko: '100개까지만 보여요. 다른 브랜치는 주소로 넣어 주세요: …/tree/브랜치',
    en: 'The first 100 are listed. For another one give its address: …/tree/branch',
  },
  nickname: { ko: '별명', en: 'Nickname' },
  nicknameLead: {
    ko: '비워 두면 저장소 이름이에요.',
    en: 'Left empty, it is the name of the repository.',
  },
  kinds: { ko: '무엇을 알려 드릴까요?', en: 'What shall I tell you?' },
  commits: { ko: '새 커밋', en: 'New commits' },
  releases: { ko: '새 릴리스', en: 'New releases' },
  both: { ko: '둘 다', en: 'Both' },
  digest: { ko: '언제 알려 드릴까요?', en: 'When shall I tell you?' },
  instant: { ko: '바로', en: 'At once' },
  hourly: { ko: '한 시간마다 모아서', en: 'Every hour, together' },
  daily: { ko: '하루에 한 번 모아서', en: 'Once a day, together' },
  hour: { ko: '하루에 한 번이면 몇 시에?', en: 'If once a day, at what hour?' },
  filters: { ko: '릴리스 고르기', en: 'Choose among releases' },
  prereleases: { ko: '프리릴리스도 알리기', en: 'Pre-releases, too' },
  tag: { ko: '이런 태그만', en: 'Only tags like' },
  step: { ko: '어느 버전부터', en: 'Which versions' },
  any: { ko: '모든 버전', en: 'Every version' },
  minor: { ko: '마이너와 메이저', en: 'Minor and major' },
  major: { ko: '메이저만', en: 'Major only' },
  tagInvalid: {
    ko: '태그 모양은 빈칸 없이 50바이트 안으로 적어 주세요. 예: v2.*',
    en: 'A tag pattern has no spaces and 50 bytes at most, such as v2.*',
  },
  next: { ko: '다음', en: 'Next' },

  scan: { ko: 'QR 코드로', en: 'By QR code' },
  kakaoScan: {
    ko: '카카오톡 채널 채팅의 QR 등록에서 이 코드를 비춰 주세요.',
    en: 'Show this code to the QR registration in the chat of the KakaoTalk channel.',
  },
  kakaoCode: { ko: '{name} 등록 QR 코드', en: 'QR code that registers {name}' },
  byCode: { ko: '코드 한 줄로', en: 'By one code' },
  codeLead: {
    ko: '고른 것이 모두 담긴 코드예요. 한 시간 안에 한 번 쓸 수 있어요.',
    en: 'The code holds all you chose. It is good once, for an hour.',
  },
  open: { ko: '{name} 열기', en: 'Open {name}' },
  openCode: { ko: '{name} 채팅을 여는 QR 코드', en: 'QR code that opens the chat with {name}' },
  look: { ko: '등록됐는지 보기', en: 'See whether it is registered' },
  done: {
    ko: '등록됐어요! [{name}] 소식이 이제 채팅으로 가요.',
    en: 'Registered! News of [{name}] comes to your chat from now on.',
  },
  thenSay: { ko: '등록되면 이어서 보내 주세요.', en: 'Once it is registered, send this, too.' },
  copy: { ko: '복사', en: 'Copy' },
  copied: { ko: '복사했어요', en: 'Copied' },
} as const satisfies Record<string, Text>;

export const stepNames = [
  { ko: '채널', en: 'Channel' },
  { ko: '주소', en: 'Address' },
  { ko: '고르기', en: 'Choose' },
  { ko: '마무리', en: 'Finish' },
] as const satisfies readonly Text[];

export const stepTitles = [
  { ko: '어디로 알려 드릴까요?', en: 'Where shall I tell you?' },
  { ko: '어느 저장소인가요?', en: 'Which repository?' },
  { ko: '이 저장소가 맞나요?', en: 'Is this the one?' },
  { ko: '이제 채팅에서 마쳐 주세요', en: 'Now finish it in the chat' },
] as const satisfies readonly Text[];

/** A branch that somebody is about to watch, under the name they gave it. */
export interface Wanted {
  readonly owner: string;
  readonly name: string;
  readonly branch: string;
  readonly nickname: string;
  readonly options: WatchOptions;
}

/** What to say in the chat to watch it, as the bot's grammar reads it. */
export function watchWords(wanted: Wanted, language: Language): string {
  const { owner, name, branch, nickname } = wanted;
  const verb = language === 'ko' ? '구독' : 'watch';
  return `${verb} ${owner}/${name} ${branch} as ${nickname}`;
}

/** What to say in the chat, with a code of the page. */
export function codeWords(code: string, language: Language): string {
  return `${language === 'ko' ? '등록' : 'register'} ${code}`;
}

/** What to say after that, when something else is to be told than is by itself. */
export function settingWords({ nickname, options }: Wanted, language: Language): string | null {
  const said = optionWordsFor(options, language);
  return said === null ? null : `${language === 'ko' ? '설정' : 'set'} ${nickname} ${said}`;
}

/** What the QR code holds that the seed's KakaoTalk channel reads. */
export function kakaoCode({ owner, name, branch, nickname }: Wanted): string {
  return JSON.stringify({
    url: `https://github.com/${owner}/${name}`,
    alias: encodeURIComponent(nickname),
    branch,
    type: 'kakao',
  });
}
