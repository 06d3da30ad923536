import type { Bot } from '../../bot/context.ts';
import type { FeatureState } from '../../config/reader.ts';
import { counted } from '../../pages/admin/channels/counted.ts';
import { texts } from '../../pages/admin/channels/texts.ts';
import { FeatureRow, FeatureRows } from '../../pages/admin/features.tsx';
import type { KakaoLoginCounts } from '../../store/channelCounts.ts';
import type { OwnerAt } from '../../ui/admin/page.tsx';
import { say, type Text } from '../../ui/language.ts';
import { Card, Row } from '../../ui/parts.tsx';

/** What is to be put into Kakao's console, by the path of its address. */
const addresses = [
  ['/login/kakao/callback', texts.redirectUri, texts.atKey],
  ['/webhook/kakao/unlink', texts.unlink, texts.atWebhook],
  ['/webhook/kakao/events', texts.events, texts.atWebhook],
  ['/skill', texts.skill, texts.atSkill],
] as const satisfies readonly (readonly [string, Text, Text])[];

/** Kakao Login and the chatbot: what works, what to put where, and how the logins are. */
export function Kakao({
  features,
  eventApi,
  origin,
  logins,
  at,
}: {
  features: Bot['states'];
  eventApi: FeatureState;
  origin: string;
  logins: KakaoLoginCounts;
  at: OwnerAt;
}) {
  const { language } = at;
  const { hasMore } = logins;
  return (
    <Card title={say(texts.kakao, language)} id="kakao">
      <ul class="rows">
        <FeatureRows
          ids={['kakao-login', 'kakao-chatbot', 'kakao-unlink-webhook']}
          features={features}
          at={at}
        />
        <FeatureRow id="kakao-event" feature={eventApi} at={at} />
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
