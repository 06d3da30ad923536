import type { Bulletin, Headline } from '../../bot/notice/notice.ts';
import { EVERYONE } from '../../bot/outbox/channel.ts';
import { say, type Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { OwnerNews } from '../../store/incidents.ts';
import type { Marks } from './identity.ts';
import type { FeedItem } from './source/items.ts';
import type { Feed } from './store.ts';
import { texts } from './texts.ts';

/** As many items go into one message to a follower. */
const IN_A_BULLETIN = 10;

interface Fresh {
  readonly item: FeedItem;
  readonly marks: Marks;
}

/** The posts about new items, each to be handed over once. */
export function postsOf(feed: Feed, fresh: readonly Fresh[], language: Language) {
  return fresh.map(({ item, marks }) => ({
    dedupeKey: `announce:feed:${feed.id}:${keyOf(marks)}`,
    address: EVERYONE,
    notice: JSON.stringify(postOf(feed, item, language)),
  }));
}

function postOf({ title, postLinks }: Feed, item: FeedItem, language: Language): Headline {
  return {
    kind: 'headline',
    language,
    label: '',
    title: item.title,
    lines: title === '' ? [] : [{ label: '', text: title }],
    poster: null,
    link: postLinks ? item.link : null,
  };
}

/** What followers are told of new items: a message for every ten. */
export function bulletinsOf(feed: Feed, fresh: readonly Fresh[]) {
  const parts: (readonly Fresh[])[] = [];
  for (let start = 0; start < fresh.length; start += IN_A_BULLETIN) {
    parts.push(fresh.slice(start, start + IN_A_BULLETIN));
  }
  return parts.map((part) => ({
    key: `feed:${feed.id}:${part.map(({ marks }) => keyOf(marks)).join(',')}`,
    noticeIn: (language: Language): Bulletin => ({
      kind: 'bulletin',
      language,
      head: say(texts.told, language, { count: part.length }),
      entries: part.map(({ item }) => ({ title: item.title, lines: [feed.title], url: item.link })),
      link: null,
    }),
  }));
}

/** Short, and the same for the same marks (FNV-1a, 32 bits twice). */
function keyOf({ guid, link, titleKey, dated }: Marks): string {
  const text = JSON.stringify([guid, link, titleKey, dated]);
  return [0x81_1c_9d_c5, 0x9d_c5_81_1c].map((seed) => hash(text, seed)).join('');
}

function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93) >>> 0;
  }
  return value.toString(36);
}

/** What the owner is told of feeds; `null` for what is not about them. */
export function newsText({ kind, detail }: Pick<OwnerNews, 'kind' | 'detail'>): Text | null {
  const { title = '', reason = '', count = '' } = detail;
  switch (kind) {
    case 'feed-flood':
      return {
        ko: `‘${title}’ 피드에 새 글이 한꺼번에 너무 많아서 ${count}개는 알리지 않았어요.`,
        en: `The feed “${title}” has too much at once: ${count} of its items were not told.`,
      };
    case 'feed-failing':
      return {
        ko: `‘${title}’ 피드를 하루 넘게 읽지 못했어요 (${reason}). 계속 다시 해 볼게요.`,
        en: `The feed “${title}” cannot be read for more than a day (${reason}). I go on trying.`,
      };
    case 'feed-over':
      return {
        ko: `‘${title}’ 피드를 한 달 넘게 읽지 못해서 그만 살펴봐요 (${reason}).`,
        en: `The feed “${title}” could not be read for a month and is given up (${reason}).`,
      };
    default:
      return null;
  }
}
