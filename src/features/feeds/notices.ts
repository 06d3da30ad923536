import type { Bulletin, Headline } from '../../bot/notice/notice.ts';
import { EVERYONE } from '../../bot/outbox/channel.ts';
import type { Phrasing } from '../../bot/talk/grammar/choose.ts';
import type { Words } from '../../bot/talk/grammar/utterance.ts';
import { say, type Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { OwnerNews } from '../../store/incidents.ts';
import type { FeedItem, Marks } from './source/items.ts';
import type { Feed } from './store.ts';

export const feedWords: Words = {
  feed: '블로그 새 글, 블로그 글, 블로그 구독, 피드, 알에스에스, feed, feeds, rss, rss feed',
};

/** `피드 https://example.com/atom.xml`. */
export const feedPhrasings: readonly Phrasing[] = [
  {
    says: ['feed', 'feed foreign', 'feed address', 'feed watch foreign'],
    with: 'watch foreign address show want alert on mine list is what new',
    takesAnything: true,
    not: 'menu netflix cat',
  },
];

/** What people read about feeds. */
export const texts = {
  told: { ko: '새 글 {count}개', en: 'New: {count}' },
  followed: {
    ko: '이제 ‘{title}’ 새 글을 알려 드릴게요. 그만 받으려면 ‘피드 해제 {title}’, 이렇게 말해 주세요.',
    en: 'You will hear of what is new in “{title}”. To stop, say “unfollow {title}”.',
  },
  already: { ko: '‘{title}’ 피드를 이미 받고 있어요.', en: 'You follow “{title}” already.' },
  unfollowed: { ko: '‘{title}’ 소식을 그만 보낼게요.', en: 'No more news of “{title}”.' },
  notFollowed: { ko: '받고 있는 피드 가운데 그런 것이 없어요.', en: 'You follow no such feed.' },
  none: {
    ko: '받고 있는 피드가 없어요. ‘피드’ 뒤에 이름이나 주소를 붙여 말해 주세요.',
    en: 'You follow no feed yet. Say “feed” with its name or address.',
  },
  list: { ko: '받고 있는 피드예요.', en: 'You follow:' },
  available: { ko: '이런 피드가 있어요.', en: 'Feeds you can follow:' },
  nothing: {
    ko: '그런 피드를 찾지 못했어요. ‘피드’라고 말하면 있는 것을 보여 드려요.',
    en: 'I know no such feed. Say “feed” to see those there are.',
  },
  closed: {
    ko: '이 봇에서는 봇 주인이 넣은 피드만 받을 수 있어요. ‘피드’라고 말하면 보여 드려요.',
    en: 'Here people follow the feeds that the owner of this bot added. Say “feed” to see them.',
  },
  tooMany: {
    ko: '피드는 한 사람에 {count}개까지 받을 수 있어요.',
    en: 'One person follows {count} feeds at most.',
  },
  full: { ko: '지금은 새 피드를 더 넣을 수 없어요.', en: 'No more feeds can be added now.' },
  notAFeed: {
    ko: '그 주소에는 피드(RSS, Atom)가 없어요.',
    en: 'There is no feed (RSS, Atom) at this address.',
  },
  refused: {
    ko: '그 주소는 읽을 수 없어요. 누구나 볼 수 있는 http(s) 주소를 보내 주세요.',
    en: 'This address cannot be read. Send a public http(s) address.',
  },
  blocked: {
    ko: '그 사이트가 로봇이 읽는 것을 막아 두었어요.',
    en: 'The site does not let robots read it.',
  },
  away: {
    ko: '그 주소에서 지금은 답이 없어요. 조금 뒤에 다시 말해 주세요.',
    en: 'There is no answer from this address now. Please try again in a while.',
  },
  unreachable: {
    ko: '지금은 먼저 말을 걸 길이 없어요. ‘연결’이라고 말해 카카오톡을 이어 주세요.',
    en: 'I cannot write to you first yet. Say “login” to connect KakaoTalk.',
  },
} as const satisfies Record<string, Text>;

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
