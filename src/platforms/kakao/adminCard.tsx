import type { Bot } from '../../bot/context.ts';
import type { CardView } from '../../bot/platform.ts';
import { type FeatureState, stateOf } from '../../config/reader.ts';
import { DAY_MS } from '../../lib/time.ts';
import { FeatureRow, FeatureRows } from '../../ui/admin/features.tsx';
import { counted } from '../../ui/admin/flash.ts';
import { say, type Text } from '../../ui/language.ts';
import { Card, Row } from '../../ui/parts.tsx';
import { kakaoSettings } from './settings.ts';
import { countKakaoLogins } from './store/kakaoLogins.ts';

const texts = {
  event: { ko: '챗봇이 먼저 말하기 (Event API)', en: 'Chatbot writes first (Event API)' },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  redirectUri: { ko: '로그인 Redirect URI', en: 'Redirect URI of the login' },
  unlink: { ko: '연결 해제 웹훅', en: 'Unlink webhook' },
  events: { ko: '계정 상태 변경 웹훅', en: 'Account status webhook' },
  skill: { ko: '챗봇 스킬 URL', en: 'Skill URL of the chatbot' },
  atKey: {
    ko: 'developers.kakao.com > 앱 > 플랫폼 키 > REST API 키',
    en: 'developers.kakao.com > your app > Platform key > REST API key',
  },
  atWebhook: {
    ko: 'developers.kakao.com > 앱 > 웹훅',
    en: 'developers.kakao.com > your app > Webhook',
  },
  atSkill: {
    ko: '헤더 X-Skill-Token에 KAKAO_SKILL_TOKEN과 같은 값을 넣어 주세요.',
    en: 'Its header X-Skill-Token has the same value as KAKAO_SKILL_TOKEN.',
  },
  logins: { ko: '로그인한 사람', en: 'People logged in' },
  loginsText: {
    ko: '연결됨 {connected} · 다시 로그인해야 함 {logInAgain} · 끝남 {gone}',
    en: 'connected {connected} · to log in again {logInAgain} · over {gone}',
  },
  endSoon: { ko: '일주일 안에 끝나는 로그인 {count}', en: 'ending within a week {count}' },
} as const satisfies Record<string, Text>;

/** What is to be put into Kakao's console, by the path of its address. */
const addresses = [
  ['/login/kakao/callback', texts.redirectUri, texts.atKey],
  ['/webhook/kakao/unlink', texts.unlink, texts.atWebhook],
  ['/webhook/kakao/events', texts.events, texts.atWebhook],
  ['/skill', texts.skill, texts.atSkill],
] as const satisfies readonly (readonly [string, Text, Text])[];

/** Kakao Login and the chatbot: what works, what to put where, and how the logins are. */
export async function kakaoCard(bot: Bot, view: CardView) {
  const { language, origin } = view;
  const at = { ...view, book: bot.book, platforms: bot.platforms };
  const logins = await countKakaoLogins(bot.db, view.now + 7 * DAY_MS);
  const { hasMore } = logins;
  return (
    <Card title={say(texts.kakao, language)} id="kakao">
      <ul class="rows">
        <FeatureRows
          ids={['kakao-login', 'kakao-chatbot', 'kakao-unlink-webhook']}
          features={bot.states}
          at={at}
        />
        <FeatureRow id="kakao-event" name={texts.event} feature={eventApiOf(bot)} at={at} />
        <Row
          title={say(texts.logins, language)}
          lines={[
            say(texts.loginsText, language, {
              connected: counted(logins.connected, hasMore),
              logInAgain: counted(logins.logInAgain, hasMore),
              gone: counted(logins.gone, hasMore),
            }),
            say(texts.endSoon, language, { count: counted(logins.endSoon) }),
          ]}
        />
        {addresses.map(([path, name, place]) => (
          <Row
            title={say(name, language)}
            lines={[<code>{`${origin}${path}`}</code>, say(place, language)]}
          />
        ))}
      </ul>
    </Card>
  );
}

/** Whether the chatbot may write first; a choice of the owner's, so no part of `/healthz`. */
function eventApiOf({ read }: Bot): FeatureState {
  const { restApiKey, botId, eventName } = read(kakaoSettings);
  return stateOf([
    ...(restApiKey === null ? ['KAKAO_REST_API_KEY'] : []),
    ...(botId === null ? ['KAKAO_BOT_ID'] : []),
    ...(eventName === null ? ['KAKAO_EVENT_NAME'] : []),
  ]);
}
