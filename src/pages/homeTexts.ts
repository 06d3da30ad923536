import type { Text } from '../ui/language.ts';

export const texts = {
  title: { ko: '소식을 날라 드려요', en: 'Tidings, carried to you' },
  netflix: {
    ko: '매주 토요일 아침, 앞으로 2주 동안 한국 넷플릭스에 나올 작품을 포스터와 함께 X에 올려요.',
    en: 'Every Saturday morning I post on X what comes to Netflix in Korea in the next two weeks, with posters.',
  },
  repositories: {
    ko: '지켜보는 GitHub 저장소의 새 커밋과 릴리스를 한 번씩 알려 드려요.',
    en: 'I tell you each new commit and release of the GitHub repositories you watch, once.',
  },
  menu: {
    ko: '아침, 점심, 저녁 때에 맞춰 오늘의 식단을 보내 드려요.',
    en: 'I send today’s menu in time for breakfast, lunch and dinner.',
  },
  where: { ko: '여기서 만나요', en: 'Where to find me' },
  twitter: { ko: 'X 메시지', en: 'Direct message on X' },
  kakaoTalk: { ko: '카카오톡', en: 'KakaoTalk' },
  kakaoTalkText: {
    ko: '카카오로 로그인하면 소식이 카카오톡으로 가요.',
    en: 'Log in with Kakao and news comes to your KakaoTalk.',
  },
  kakaoLogin: { ko: '카카오로 로그인', en: 'Log in with Kakao' },
  chatbot: { ko: '카카오톡 채널', en: 'KakaoTalk channel' },
  chatbotText: { ko: '채널 채팅에 아래처럼 말해 주세요.', en: 'Say in its chat what is below.' },
  telegram: { ko: '텔레그램', en: 'Telegram' },
  code: { ko: '휴대폰으로 여는 QR 코드: {name}', en: 'QR code for your phone: {name}' },
  talk: { ko: '이렇게 말을 걸어 보세요', en: 'What you can say' },
} as const satisfies Record<string, Text>;

/** What people can say, what it gives, and the part of the bot that it needs. */
export const sayable = [
  {
    say: { ko: '고양이', en: 'cat 3' },
    gives: {
      ko: '고양이 이야기 하나, 숫자를 붙이면 여럿',
      en: 'a cat fact, or several with a number',
    },
    needs: null,
  },
  {
    say: { ko: '넷플릭스', en: 'netflix' },
    gives: { ko: '2주 안에 나올 작품', en: 'what comes in the next two weeks' },
    needs: null,
  },
  {
    say: { ko: '메뉴 · 메뉴 알림 켜기', en: 'menu · menu alerts on' },
    gives: { ko: '오늘의 식단', en: 'what there is to eat' },
    needs: 'menu',
  },
  {
    say: { ko: '구독 owner/name', en: 'watch owner/name' },
    gives: { ko: '저장소 지켜보기', en: 'news of a repository' },
    needs: 'repositories',
  },
  {
    say: { ko: '목록 · 상태 1 · 해제 1', en: 'list · status 1 · unwatch 1' },
    gives: { ko: '지켜보는 저장소', en: 'the repositories you watch' },
    needs: 'repositories',
  },
  {
    say: { ko: '연결', en: 'login' },
    gives: { ko: '소식을 카카오톡으로 받기', en: 'news by KakaoTalk' },
    needs: 'kakaoTalk',
  },
  {
    say: { ko: '도움말', en: 'help' },
    gives: { ko: '할 수 있는 말', en: 'what can be said' },
    needs: null,
  },
] as const satisfies readonly {
  readonly say: Text;
  readonly gives: Text;
  readonly needs: string | null;
}[];
