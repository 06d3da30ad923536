import { createRoutes, type Routes } from '../bot/http.ts';
import type { Text } from '../lib/text.ts';
import { languageOf, say } from '../ui/language.ts';
import { Card, Layout, PRIVACY_PATH } from '../ui/parts.tsx';
import { securePages } from '../ui/secure.ts';

const title: Text = { ko: '개인정보', en: 'Privacy' };

/** What is kept of people, why, until when, and how it goes. */
const parts: readonly { readonly title: Text; readonly lines: readonly Text[] }[] = [
  {
    title: { ko: '무엇을 왜 갖고 있나요', en: 'What is kept, and why' },
    lines: [
      {
        ko: '소식을 보낼 주소: 채팅방이나 계정의 번호. 이름, 사진, 전화번호는 갖고 있지 않아요.',
        en: 'Where to send news: the number of your chat or account. No name, picture or phone number.',
      },
      {
        ko: '부탁하신 것: 지켜보는 저장소와 별명, 학교와 알레르기, 언어, 조용한 시간.',
        en: 'What you asked for: repositories and nicknames, a school and allergens, language, quiet hours.',
      },
      {
        ko: '카카오나 X로 로그인하셨다면 그 토큰. 암호로 잠가 두고 소식을 보낼 때만 써요.',
        en: 'If you logged in with Kakao or X, its tokens: encrypted, used to send your news and for nothing else.',
      },
      {
        ko: '주고받은 말은 답하고 보낼 때까지만. 무엇을 언제 보냈는지는 두 번 보내지 않으려고 적어 둬요.',
        en: 'What is said, only until it is answered and sent. What was sent when is noted, so that nothing is sent twice.',
      },
    ],
  },
  {
    title: { ko: '언제 지우나요', en: 'Until when' },
    lines: [
      {
        ko: '말은 답하고 보낸 즉시, 보낸 기록은 40일 뒤에 지워요. 보내지 못한 소식은 이 봇의 주인이 다시 보내거나 버릴 때까지 남아요.',
        en: 'Words go once answered and sent, the note of it after 40 days. News that could not be sent stays until the owner of this bot sends it again or drops it.',
      },
      {
        ko: '나머지는 채팅에서 ‘탈퇴’라고 하시면, 한 번 더 여쭤본 뒤 모두 지워요. 누구인지 알 수 없는 해시만 남아, 지운 것이 되살아나지 않게 해요.',
        en: 'The rest goes when you say “forget me” in your chat, after one question. Only hashes stay, which name nobody and keep what was erased from coming back.',
      },
    ],
  },
  {
    title: { ko: '누가 볼 수 있나요', en: 'Who sees it' },
    lines: [
      {
        ko: '이 봇의 주인과, 메시지를 나르는 채팅 서비스와 Cloudflare. 팔거나 광고에 쓰지 않고, 쿠키는 고른 언어와 로그인에만 써요.',
        en: 'The owner of this bot, the chat services that carry the messages, and Cloudflare. Nothing is sold or used for ads; cookies hold your language and logins only.',
      },
    ],
  },
];

/** `/privacy`: what people have a right to know before they begin. */
export function privacyRoute(): Routes {
  const routes = createRoutes();
  routes.get(PRIVACY_PATH, securePages(), (context) => {
    const language = languageOf(context);
    return context.html(
      <Layout
        language={language}
        title={say(title, language)}
        menu={<span class="spacer" />}
        path={PRIVACY_PATH}
      >
        <h1>{say(title, language)}</h1>
        {parts.map((part) => (
          <Card title={say(part.title, language)}>
            {part.lines.map((line) => (
              <p>{say(line, language)}</p>
            ))}
          </Card>
        ))}
      </Layout>,
    );
  });
  return routes;
}
