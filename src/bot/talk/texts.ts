import type { Language } from '../../lib/time.ts';

/** Everything the bot says in a conversation, Korean and English side by side. */
export const texts = {
  hint: {
    ko: () => '무슨 말씀인지 잘 모르겠어요. 이렇게 말해 보세요.',
    en: () => 'I did not get that. Try one of these.',
  },
  trouble: {
    ko: () => '잠깐 문제가 생겼어요. 조금 뒤에 다시 말해 주세요.',
    en: () => 'Something went wrong for a moment. Please try again in a while.',
  },
  cancelled: {
    ko: () => '알겠어요, 그만둘게요.',
    en: () => 'All right, never mind.',
  },
  link: {
    ko: () =>
      '아래를 눌러 카카오로 로그인하면, 소식을 카카오톡으로 보내 드려요. 15분 안에 한 번만 쓸 수 있어요.',
    en: () =>
      'Log in with Kakao below and your news comes by KakaoTalk. Good once, for 15 minutes.',
  },
  linkButton: { ko: () => '카카오톡 연결', en: () => 'KakaoTalk' },
  linkInGroup: {
    ko: () => '카카오톡 연결은 저와 둘이 하는 채팅에서만 돼요. 거기서 ‘연결’이라고 말해 주세요.',
    en: () => 'That works in a chat with me alone. Please say “login” there.',
  },
  linkOff: {
    ko: () => '카카오톡 연결은 아직 켜져 있지 않아요.',
    en: () => 'This bot does not offer KakaoTalk yet.',
  },
  unlinked: {
    ko: () => '이제 카카오톡으로는 보내지 않을게요.',
    en: () => 'No more news by KakaoTalk from now on.',
  },
  forgetSure: {
    ko: () => '지켜보는 저장소와 알림을 모두 지울까요? 되돌릴 수 없어요.',
    en: () => 'Shall I delete your repositories and alerts, all of them? There is no way back.',
  },
  forgotten: {
    ko: () => '모두 지웠어요. 그동안 고마웠어요.',
    en: () => 'All deleted. Thank you for your time.',
  },
  oneMoment: {
    ko: () => '찾아보고 있어요. 잠시 뒤에 ‘결과 보기’를 눌러 주세요.',
    en: () => 'I am looking it up. Press “Show the answer” in a moment.',
  },
  notYet: {
    ko: () => '아직 준비하고 있어요. 조금 뒤에 다시 눌러 주세요.',
    en: () => 'Not ready yet. Please press again in a moment.',
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** What fetches an answer that took too long. */
export const fetchWords: Readonly<Record<Language, string>> = {
  ko: '결과 보기',
  en: 'Show the answer',
};
