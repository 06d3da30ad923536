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
  tooFast: {
    ko: () => '조금만 쉬었다가 다시 말해 주세요.',
    en: () => 'Please take a short break, then go on.',
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

/** What the bot says around what its features say, Korean and English side by side. */
export const talkTexts = {
  slip: {
    ko: (question: string) => `잘 못 알아들었어요. ${question}`,
    en: (question: string) => `I did not catch that. ${question}`,
  },
  questionClosed: {
    ko: () => '아까 여쭤본 건 그만둘게요. 다른 걸 말씀해 주세요.',
    en: () => 'Let us leave that question. What else can I do for you?',
  },
  cancelWord: { ko: () => '취소', en: () => 'cancel' },
  nothingToCancel: {
    ko: () => '그만둘 것이 없어요. 무엇을 도와드릴까요?',
    en: () => 'There is nothing to cancel. What can I do for you?',
  },
  yesToNothing: {
    ko: () => '네! 무엇을 도와드릴까요?',
    en: () => 'All right! What can I do for you?',
  },
  noToNothing: {
    ko: () => '알겠어요. 필요할 때 언제든 말을 걸어 주세요.',
    en: () => 'All right. Just talk to me whenever you need something.',
  },
  moreOfNothing: {
    ko: () => '무엇을 더 보여 드릴까요?',
    en: () => 'More of what?',
  },
  nearest: {
    ko: (word: string) => `무슨 말씀인지 잘 모르겠어요. 혹시 ‘${word}’ 말씀인가요?`,
    en: (word: string) => `I did not get that. Did you mean “${word}”?`,
  },
  hint: {
    ko: () => '무슨 말씀인지 잘 모르겠어요. 이렇게 말해 보세요.',
    en: () => 'I did not get that. Try one of these.',
  },
  hintAgain: {
    ko: () => '아직 제가 못 하는 일 같아요. ‘도움말’에 제가 할 수 있는 일이 있어요.',
    en: () => 'That may be something I cannot do yet. Say “help” to see what I can.',
  },
  hintOnce: {
    ko: () => '이번에도 못 알아들었어요. 아래에서 골라 주셔도 돼요.',
    en: () => 'I still did not get it. You can pick one of these too.',
  },
  wordless: {
    ko: () => '사진이나 스티커는 아직 읽지 못해요. 글로 말해 주세요.',
    en: () => 'I cannot read pictures or stickers yet. Please write to me.',
  },
  languageSet: {
    ko: () => '이제부터 한국어로 말할게요.',
    en: () => 'I will speak English from now on.',
  },
  /** What makes a language one's own. */
  speak: { ko: () => '한국어로 말해줘', en: () => 'Speak English' },
  nothingToUndo: {
    ko: () => '되돌릴 것이 없어요. 되돌리기는 5분 안에만 할 수 있어요.',
    en: () => 'There is nothing to undo. That works within five minutes.',
  },
  alertsAre: {
    ko: (count: number) =>
      count === 0
        ? '지금 받고 있는 알림이 없어요. 아래에서 켤 수 있어요.'
        : `알림 ${count}가지를 받고 있어요. 아래에서 켜고 끌 수 있어요.`,
    en: (count: number) =>
      count === 0
        ? 'You get no alerts at the moment. Turn some on below.'
        : `You get ${count} kind${count === 1 ? '' : 's'} of alerts. Turn them on and off below.`,
  },
  whichAlerts: {
    ko: () => '어떤 알림을 멈출까요?',
    en: () => 'Which alerts shall I stop?',
  },
  noAlerts: {
    ko: () => '지금 받고 있는 알림이 없어요.',
    en: () => 'You get no alerts at the moment.',
  },
  help: {
    ko: () => '도움말',
    en: () => 'help',
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** What takes the last change back. */
export const undoWords: Readonly<Record<Language, string>> = { ko: '되돌리기', en: 'undo' };

/** What shows the rest of a list. */
export const moreWords: Readonly<Record<Language, string>> = { ko: '더 보기', en: 'more' };

/** One warm line for each kind of small talk. */
export const smallTalkTexts = {
  greeting: {
    ko: '안녕하세요! 소식이에요. 무엇을 알려 드릴까요?',
    en: 'Hello! This is soshik. What would you like to know?',
  },
  thanks: {
    ko: '도움이 됐다니 기뻐요. 또 불러 주세요!',
    en: 'You are welcome! Call me any time.',
  },
  bye: {
    ko: '안녕히 가세요. 새 소식이 있으면 알려 드릴게요!',
    en: 'Goodbye! I will tell you when there is news.',
  },
  sorry: {
    ko: '괜찮아요! 편하게 다시 말씀해 주세요.',
    en: 'No worries at all! Just tell me again.',
  },
  compliment: {
    ko: '칭찬해 주셔서 고마워요. 더 잘할게요!',
    en: 'That is kind of you, thank you!',
  },
  insult: {
    ko: '마음에 들지 않으셨군요. 더 잘하도록 노력할게요.',
    en: 'I am sorry to let you down. I will try to do better.',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;
