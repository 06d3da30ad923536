import type { Feature, Sayable } from '../bot/feature.ts';
import { createRoutes, type Routes } from '../bot/http.ts';
import type { MeetingPlace } from '../bot/platform.ts';
import { meetingPlaces } from '../bot/receive.ts';
import type { Text } from '../lib/text.ts';
import { dayOf, type Language } from '../lib/time.ts';
import { languageOf, say } from '../ui/language.ts';
import { Layout } from '../ui/layout.tsx';
import { Card, Qr, Row } from '../ui/parts.tsx';
import { securePages } from '../ui/secure.ts';

const texts = {
  title: { ko: '소식을 날라 드려요', en: 'Tidings, carried to you' },
  where: { ko: '여기서 만나요', en: 'Where to find me' },
  code: { ko: '휴대폰으로 여는 QR 코드: {name}', en: 'QR code for your phone: {name}' },
  talk: { ko: '이렇게 말을 걸어 보세요', en: 'What you can say' },
} as const satisfies Record<string, Text>;

const sayLink: Sayable = {
  say: { ko: '연결', en: 'login' },
  gives: { ko: '소식을 카카오톡으로 받기', en: 'news by KakaoTalk' },
};
const sayHelp: Sayable = {
  say: { ko: '도움말', en: 'help' },
  gives: { ko: '할 수 있는 말', en: 'what can be said' },
};

/** `/`: what the bot does, where people find it and what they can say to it. Only what is on. */
export function homeRoute(features: readonly Feature[]): Routes {
  const routes = createRoutes();
  const parts = features.flatMap(({ frontPage }) => frontPage ?? []);
  const pages = securePages(undefined, (bot) => ({
    pictures: parts.flatMap(({ pictures }) => pictures?.(bot) ?? []),
    scripts: true,
  }));
  routes.get('/', pages, async (context) => {
    const language = languageOf(context);
    const bot = context.get('bot');
    const today = dayOf(bot.runtime.now(), bot.config.timeZone);
    const [places, ...shown] = await Promise.all([
      meetingPlaces(bot),
      ...parts.map(({ read }) => read(bot, { language, today })),
    ]);
    const leads = shown.flatMap(({ lead }) => lead ?? []);
    const sayable = [
      ...shown.flatMap((part) => part.sayable),
      ...(places.some(({ channel }) => channel === 'kakaotalk') ? [sayLink] : []),
      sayHelp,
    ];
    return context.html(
      <Layout
        language={language}
        title={say(texts.title, language)}
        menu={<span class="spacer" />}
        path="/"
        head={parts.map(({ head }) => head)}
      >
        <div>
          <h1>{say(texts.title, language)}</h1>
          {leads.map((lead) => (
            <p class="lead">{say(lead, language)}</p>
          ))}
        </div>
        {shown.map(({ section }) => section)}
        <div class="two">
          <Card title={say(texts.where, language)}>
            <ul class="rows">
              {places.map((place) => (
                <Where place={place} origin={bot.publicUrl} language={language} />
              ))}
            </ul>
          </Card>
          <Card title={say(texts.talk, language)}>
            <ul class="rows">
              {sayable.map((entry) => (
                <Row title={say(entry.say, language)} lines={[say(entry.gives, language)]} />
              ))}
            </ul>
          </Card>
        </div>
      </Layout>,
    );
  });
  return routes;
}

function Where({
  place,
  origin,
  language,
}: {
  place: MeetingPlace;
  /** Where this Worker is reached. */
  origin: string | null;
  language: Language;
}) {
  const { title, about, link } = place;
  const isLogin = place.chat === undefined;
  const label = say(isLogin && link ? link.text : title, language);
  return (
    <Row
      title={say(title, language)}
      lines={[
        ...(about ? [say(about, language)] : []),
        ...(link
          ? [
              <a class={isLogin ? 'button' : undefined} href={link.url}>
                {say(link.text, language)}
              </a>,
            ]
          : []),
      ]}
    >
      {link && URL.canParse(link.url, origin ?? undefined) && (
        <Qr
          text={new URL(link.url, origin ?? undefined).href}
          label={say(texts.code, language, { name: label })}
        />
      )}
    </Row>
  );
}
