import type { Feature } from '../bot/feature.ts';
import { createRoutes, type Routes } from '../bot/http.ts';
import { dayOf, type Language } from '../lib/time.ts';
import { languageOf, say } from '../ui/language.ts';
import { Layout } from '../ui/layout.tsx';
import { Card, Row } from '../ui/parts.tsx';
import { Qr } from '../ui/qr.tsx';
import { securePages } from '../ui/secure.ts';
import { sayHelp, sayLink, texts } from './homeTexts.ts';
import { type Places, placesOf } from './places.ts';

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
      placesOf(bot),
      ...parts.map(({ read }) => read(bot, { language, today })),
    ]);
    const leads = shown.flatMap(({ lead }) => lead ?? []);
    const sayable = [
      ...shown.flatMap((part) => part.sayable),
      ...(places.kakaoTalk ? [sayLink] : []),
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
              <Where places={places} origin={bot.publicUrl} language={language} />
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
  places,
  origin,
  language,
}: {
  places: Places;
  /** Where this Worker is reached. */
  origin: string | null;
  language: Language;
}) {
  const { accounts, telegram } = places;
  const code = (to: string, name: string) => (
    <Qr text={to} label={say(texts.code, language, { name })} />
  );
  return (
    <>
      {places.twitter && accounts.length === 0 && <Row title={say(texts.twitter, language)} />}
      {accounts.map(({ name, url }) => (
        <Row title={say(texts.twitter, language)} lines={[<a href={url}>{`@${name}`}</a>]}>
          {code(url, say(texts.twitter, language))}
        </Row>
      ))}
      {places.kakaoTalk && (
        <Row
          title={say(texts.kakaoTalk, language)}
          lines={[
            say(texts.kakaoTalkText, language),
            <a class="button" href="/login/kakao">
              {say(texts.kakaoLogin, language)}
            </a>,
          ]}
        >
          {origin !== null && code(`${origin}/login/kakao`, say(texts.kakaoLogin, language))}
        </Row>
      )}
      {places.chatbot && (
        <Row title={say(texts.chatbot, language)} lines={[say(texts.chatbotText, language)]} />
      )}
      {telegram !== null && (
        <Row
          title={say(texts.telegram, language)}
          lines={[<a href={`https://t.me/${telegram}`}>{`@${telegram}`}</a>]}
        >
          {code(`https://t.me/${telegram}`, say(texts.telegram, language))}
        </Row>
      )}
    </>
  );
}
