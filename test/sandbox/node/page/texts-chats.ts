/** Texts of the phones on which one can type. */
export const chatTexts = {
  dm: { ko: 'X 쪽지', en: 'X messages' },
  dmEmpty: {
    ko: '소식에게 말을 걸어 보세요. ‘고양이’라고 하면 고양이 이야기를 들려줘요.',
    en: 'Say something to the bot. “cat” gets you a cat fact.',
  },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  kakaoEmpty: {
    ko: '‘연결’이라고 말하고 카카오로 로그인하면 소식이 카카오톡으로 와요.',
    en: 'Say “login” and log in with Kakao: news then comes by KakaoTalk.',
  },
  telegram: { ko: '텔레그램', en: 'Telegram' },
  telegramEmpty: {
    ko: '‘/start’로 시작해 보세요.',
    en: 'Begin with “/start”.',
  },
  rooms: { ko: '대화방', en: 'Chats' },
  'room.self': { ko: '나와의 채팅', en: 'My chatroom' },
  selfEmpty: {
    ko: '카카오로 로그인하면 식단과 저장소 소식이 여기로 와요.',
    en: 'After logging in with Kakao, menus and news of repositories arrive here.',
  },
  selfLogin: { ko: '카카오로 로그인하기', en: 'Log in with Kakao' },
  groupEmpty: {
    ko: '소식 봇이 들어와 있는 단체 방이에요. 모두에게 함께 알려 줘요.',
    en: 'A group with the bot in it: news here is for everybody.',
  },
  by: { ko: '소식에서 보냄', en: 'Sent by soshik' },
  bot: { ko: '봇', en: 'bot' },
  groupMembers: { ko: '3명', en: '3 members' },
  unread: { ko: '새 메시지 {count}개', en: 'New messages: {count}' },
  chatPlaceholder: { ko: '메시지 입력', en: 'Message' },
  'dm.write': { ko: 'X 쪽지에 쓸 말', en: 'Write on X' },
  'kakao.write': { ko: '카카오톡에 쓸 말', en: 'Write on KakaoTalk' },
  'telegram.write': { ko: '텔레그램에 쓸 말', en: 'Write on Telegram' },
  chatSend: { ko: '보내기', en: 'Send' },
  chatTyping: { ko: '소식이 답을 쓰고 있어요', en: 'The bot is writing' },
  chatNoAnswer: {
    ko: '답이 늦어요. 잠시 뒤에 다시 말해 보세요.',
    en: 'The answer is late. Try again in a moment.',
  },
  suggestions: { ko: '이렇게 말해 보세요', en: 'Things to say' },
  replies: { ko: '바로 답하기', en: 'Quick replies' },
} as const;
