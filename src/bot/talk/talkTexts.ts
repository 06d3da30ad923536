import type { Language } from '../../lib/time.ts';

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
