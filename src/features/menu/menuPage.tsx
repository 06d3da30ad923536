import { createRoutes, type Routes } from '../../bot/http.ts';
import { dayOf, daysBetween, isDay } from '../../lib/time.ts';
import { languageOf, say, type Text } from '../../ui/language.ts';
import { Card, Layout } from '../../ui/parts.tsx';
import { securePages } from '../../ui/secure.ts';
import { dayTexts } from './job.ts';
import { askMenu, type MenuAnswer } from './sources.ts';

const texts = {
  title: { ko: '식단', en: 'Menu' },
  none: { ko: '이날은 식단이 없어요.', en: 'There is no menu for this day.' },
  off: { ko: '이 봇은 식단을 알리지 않아요.', en: 'This bot tells no menu.' },
  away: {
    ko: '식단을 지금은 읽을 수 없어요. 잠시 뒤에 다시 열어 주세요.',
    en: 'The menu cannot be read now. Please open this page again in a while.',
  },
} as const satisfies Record<string, Text>;

/** Other days are nobody's message; each would cost a call to the source. */
const MOST_DAYS_OFF = 7;
const PATIENCE_MS = 5000;

/** `/menu` leads to today, `/menu/:day`: a day's meals in full, for messages that have room for a part of them only. */
export function menuPage(): Routes {
  const routes = createRoutes();
  routes.get('/', (context) => {
    const { runtime, config } = context.get('bot');
    return context.redirect(`/menu/${dayOf(runtime.now(), config.timeZone)}`);
  });
  routes.get('/:day', securePages(), async (context) => {
    const bot = context.get('bot');
    const { timeZone } = bot.config;
    const day = context.req.param('day');
    const today = dayOf(bot.runtime.now(), timeZone);
    if (!isDay(day) || Math.abs(daysBetween(today, day)) > MOST_DAYS_OFF) {
      return context.notFound();
    }
    const language = languageOf(context);
    const answer = await askMenu(bot, day, AbortSignal.timeout(PATIENCE_MS));
    const title = say(texts.title, language);
    return context.html(
      <Layout
        language={language}
        title={title}
        menu={<span class="spacer" />}
        path={`/menu/${day}`}
      >
        <h1>{answer.kind === 'meals' ? answer.place : title}</h1>
        {answer.kind === 'meals' ? (
          dayTexts(answer, day, language, timeZone).map(({ head, lines }) => (
            <Card title={head}>
              <ul>
                {lines.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            </Card>
          ))
        ) : (
          <p class="lead">{say(excuseFor(answer.kind), language)}</p>
        )}
      </Layout>,
    );
  });
  return routes;
}

function excuseFor(kind: Exclude<MenuAnswer['kind'], 'meals'>): Text {
  if (kind === 'none') return texts.none;
  return kind === 'off' ? texts.off : texts.away;
}
