import { Hono } from 'hono';
import { TMDB_ATTRIBUTION } from '../platforms/tmdb/discover.ts';
import { languageOf, say, type Text } from './ui/language.ts';
import { Layout } from './ui/layout.tsx';
import { securePages } from './ui/secure.ts';

const texts = {
  title: { ko: '소식을 날라 드려요', en: 'Tidings, carried to you' },
  does: {
    ko: '매주 토요일 아침, 앞으로 2주 동안 한국 넷플릭스에 나올 작품을 포스터와 함께 X에 올려요.',
    en: 'Every Saturday morning I post on X what comes to Netflix in Korea in the next two weeks, with posters.',
  },
  talk: { ko: 'X 메시지로 말을 걸어 보세요', en: 'Talk to me in a direct message on X' },
  cat: {
    ko: '고양이 이야기 하나, 숫자를 붙이면 여럿',
    en: 'a cat fact, or several with a number',
  },
  netflix: { ko: '2주 안에 나올 작품', en: 'what comes in the next two weeks' },
  help: { ko: '할 수 있는 말', en: 'what can be said' },
} as const satisfies Record<string, Text>;

const sayable = [
  { say: { ko: '고양이', en: 'cat 3' }, gives: texts.cat },
  { say: { ko: '넷플릭스', en: 'netflix' }, gives: texts.netflix },
  { say: { ko: '도움말', en: 'help' }, gives: texts.help },
] as const;

/** `/`: what the bot does and what people can say to it. */
export function homeRoute(): Hono<{ Bindings: Env }> {
  const routes = new Hono<{ Bindings: Env }>();
  routes.get('/', securePages(), (context) => {
    const language = languageOf(context);
    return context.html(
      <Layout
        language={language}
        title={say(texts.title, language)}
        menu={<span class="spacer" />}
        path="/"
      >
        <div>
          <h1>{say(texts.title, language)}</h1>
          <p class="lead">{say(texts.does, language)}</p>
        </div>
        <section class="card">
          <h2>{say(texts.talk, language)}</h2>
          <ul class="rows">
            {sayable.map((entry) => (
              <li>
                <div class="what">
                  <strong>{say(entry.say, language)}</strong>
                  <p>{say(entry.gives, language)}</p>
                </div>
              </li>
            ))}
          </ul>
        </section>
        <p>
          <small>{TMDB_ATTRIBUTION[language]}</small>
        </p>
      </Layout>,
    );
  });
  return routes;
}
