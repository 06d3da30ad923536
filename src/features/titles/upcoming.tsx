import type { Bot } from '../../bot/context.ts';
import type { FrontPage } from '../../bot/feature.ts';
import { isPosterAllowed, publisherOf } from '../../bot/outbox/posters.ts';
import type { CoreConfig } from '../../config/core.ts';
import { errorCode, log } from '../../lib/log.ts';
import { say, type Text } from '../../lib/text.ts';
import { addDays, dayForPeople, dayOf, type Language } from '../../lib/time.ts';
import { Card, Link } from '../../ui/parts.tsx';
import { TMDB_ATTRIBUTION } from './api/discover.ts';
import {
  fullTitle,
  NETFLIX_SOURCES,
  type StoredItem,
  UPCOMING_DAYS,
  upcomingItems,
} from './store/items.ts';
import { comingNotice } from './tell.ts';

const texts = {
  title: { ko: '곧 나올 넷플릭스', en: 'Coming to Netflix' },
  none: {
    ko: '앞으로 2주 안에 나올 작품이 아직 없어요. 새로 알려지면 여기에 보여 드릴게요.',
    en: 'Nothing is known yet for the next two weeks. You will see it here once it is.',
  },
  away: {
    ko: '작품을 지금은 보여 드릴 수 없어요. 잠시 뒤에 다시 열어 주세요.',
    en: 'The titles cannot be shown now. Please open this page again in a while.',
  },
  more: {
    ko: '그 밖에도 더 있어요. 채팅에서 ‘넷플릭스’라고 말해 보세요.',
    en: 'There are more. Say “netflix” in a chat.',
  },
  poster: { ko: '{title} 포스터', en: 'Poster of {title}' },
} as const satisfies Record<string, Text>;

const LEAD: Text = {
  ko: '매주 토요일 아침, 앞으로 2주 동안 한국 넷플릭스에 나올 작품을 포스터와 함께 X에 올려요.',
  en: 'Every Saturday morning I post on X what comes to Netflix in Korea in the next two weeks, with posters.',
};
const sayable = {
  say: { ko: '넷플릭스', en: 'netflix' },
  gives: { ko: '2주 안에 나올 작품', en: 'what comes in the next two weeks' },
} as const;

const MOST_TITLES = 18;
const MOST_SAMPLED = 2;

/** On the front page: what comes, with its posters. */
export const upcoming: FrontPage = {
  pictures: ({ config }) => posterSources(config),
  read: async (bot, { language, today }) => {
    const [isPosting, items] = await Promise.all([hasPublisher(bot), readUpcoming(bot)]);
    return {
      lead: isPosting ? LEAD : null,
      sayable: [sayable],
      sample:
        isPosting && items ? comingNotice(items.slice(0, MOST_SAMPLED), today, language) : null,
      section: <Upcoming items={items} config={bot.config} today={today} language={language} />,
    };
  },
};

/** Whether anybody posts, as far as storage tells. */
async function hasPublisher(bot: Bot): Promise<boolean> {
  try {
    return (await publisherOf(bot)) !== null;
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return false;
  }
}

/** What comes in the next two weeks, soonest first; `null` when storage does not tell. */
async function readUpcoming(bot: Bot): Promise<StoredItem[] | null> {
  const today = dayOf(bot.runtime.now(), bot.config.timeZone);
  try {
    return await upcomingItems(
      bot.db,
      NETFLIX_SOURCES,
      today,
      addDays(today, UPCOMING_DAYS),
      MOST_TITLES + 1,
    );
  } catch (cause) {
    log('storage-failed', { code: errorCode(cause) });
    return null;
  }
}

/** Hosts of posters as Content Security Policy names them, each with its subdomains. */
function posterSources({ posterHosts }: Pick<CoreConfig, 'posterHosts'>): string[] {
  return posterHosts
    .filter((host) => /^[a-z0-9.:[\]-]+$/.test(host))
    .flatMap((host) => (/:\d+$/.test(host) ? [host] : [`https://${host}`, `https://*.${host}`]));
}

/** Titles with their posters. */
function Upcoming({
  items,
  config,
  today,
  language,
}: {
  items: readonly StoredItem[] | null;
  config: CoreConfig;
  /** `YYYY-MM-DD`. */
  today: string;
  language: Language;
}) {
  return (
    <Card title={say(texts.title, language)}>
      {items === null || items.length === 0 ? (
        <p class="empty">{say(items === null ? texts.away : texts.none, language)}</p>
      ) : (
        <ul class="posters">
          {items.slice(0, MOST_TITLES).map((item) => (
            <li>
              <Poster item={item} config={config} language={language} />
              <strong>
                <Link to={item.pageUrl} text={fullTitle(item)} />
              </strong>
              <small>
                <time datetime={item.startsOn}>{dayForPeople(item.startsOn, today, language)}</time>
              </small>
            </li>
          ))}
        </ul>
      )}
      {items !== null && items.length > MOST_TITLES && (
        <p class="soft">{say(texts.more, language)}</p>
      )}
      <p>
        <small>{TMDB_ATTRIBUTION[language]}</small>
      </p>
    </Card>
  );
}

function Poster({
  item,
  config,
  language,
}: {
  item: StoredItem;
  config: CoreConfig;
  language: Language;
}) {
  const { posterUrl } = item;
  if (posterUrl === null || !isPosterAllowed(config, posterUrl)) {
    return <div class="poster" aria-hidden="true" />;
  }
  return (
    <img
      class="poster"
      src={posterUrl}
      alt={say(texts.poster, language, { title: fullTitle(item) })}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
    />
  );
}
