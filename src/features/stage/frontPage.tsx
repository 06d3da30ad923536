import type { Bot } from '../../bot/context.ts';
import type { FrontPage } from '../../bot/feature.ts';
import { errorCode, log } from '../../lib/log.ts';
import { say } from '../../lib/text.ts';
import { addDays, type Language } from '../../lib/time.ts';
import { Card } from '../../ui/parts.tsx';
import { SOON_DAYS, tidings } from './job.ts';
import { stageSettings } from './settings.ts';
import { productionsOn, type StoredProduction } from './store.ts';
import { periodForPeople, texts } from './texts.ts';

const MOST_SHOWN = 12;
const MOST_SAMPLED = 2;

const sayable = {
  say: { ko: '공연 · 뮤지컬 부산 · 공연 알림 켜기', en: 'stage · musicals busan' },
  gives: { ko: '지금 하거나 곧 여는 연극과 뮤지컬', en: 'plays and musicals on now or soon' },
} as const;

/** On the front page: what is on stage, with its posters. */
export const stageFrontPage: FrontPage = {
  read: async (bot, { language, today }) => {
    const isOn = bot.read(stageSettings).key !== null;
    if (!isOn) return { lead: null, sayable: [], section: null };
    const productions = await readOn(bot, today);
    return {
      lead: texts.lead,
      sayable: [sayable],
      sample: tidings(productions.slice(0, MOST_SAMPLED), '', language),
      section:
        productions.length === 0 ? null : <OnStage productions={productions} language={language} />,
    };
  },
};

async function readOn({ db }: Bot, today: string): Promise<readonly StoredProduction[]> {
  try {
    const until = addDays(today, SOON_DAYS);
    const question = { today, until, genre: null, areas: [], limit: MOST_SHOWN };
    return (await productionsOn(db, question)).productions;
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return [];
  }
}

function OnStage({
  productions,
  language,
}: {
  productions: readonly StoredProduction[];
  language: Language;
}) {
  return (
    <Card title={say(texts.section, language)}>
      <ul class="posters">
        {productions.map((production) => (
          <li>
            {production.posterUrl === null ? (
              <div class="poster" aria-hidden="true" />
            ) : (
              <img
                class="poster"
                src={`/stage/${production.id}/poster`}
                alt={say(texts.poster, language, { name: production.name })}
                loading="lazy"
                decoding="async"
              />
            )}
            <strong>{production.name}</strong>
            <small>{production.venue}</small>
            <small>{periodForPeople(production, language)}</small>
          </li>
        ))}
      </ul>
    </Card>
  );
}
