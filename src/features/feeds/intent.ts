import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Intent, Reply, Vocabulary } from '../../bot/talk/types.ts';
import { unlinked } from '../../lib/links/neutralize.ts';
import { say, type Text } from '../../lib/text.ts';
import type { Person } from '../../store/people.ts';
import { readSetting } from '../../store/settings.ts';
import { newsChannelOf, setTopic, topicsOn } from '../../store/topics.ts';
import { type Found, findFeed, isAddress, keepFeed } from './add.ts';
import { feedPhrasings, feedWords, texts } from './notices.ts';
import { type Feed, feedByUrl, feedsByTitle, feedTopic, readFeeds, reviveFeed } from './store.ts';

const MOST_FOLLOWED = 20;
const MOST_LISTED = 20;

/** Key: whether people may bring feeds that the owner did not add. */
export const OPEN_SETTING = 'feeds-open';

export async function isOpenToAll({ db }: Pick<Bot, 'db'>): Promise<boolean> {
  return (await readSetting(db, OPEN_SETTING, v.boolean())) ?? false;
}

const FEED = '(?:피드|알에스에스|feeds?|rss)';
const STOP = '(?:해제|구독 ?취소|구독 ?해제|취소|끄기|그만|삭제|빼기?|off)';

const UNFOLLOW = [
  new RegExp(`^${FEED} ${STOP} (?<name>.+)$`),
  new RegExp(`^${FEED} (?<name>.+) ${STOP}$`),
  /^unfollow (?:feed )?(?<name>.+)$/,
];
const FOLLOW = [
  new RegExp(`^${FEED} (?:구독 |추가 |follow )?(?<name>.+?)(?: (?:구독|추가|받기|받을래요?))?$`),
  /^follow (?:feed )?(?<name>\S.*)$/,
];
/** A wish to see what there is. */
const LIST = new RegExp(
  `^(?:${FEED}|내 ${FEED}|my ${FEED})(?:\\s?(?:목록|리스트|list|보여.*|알려.*))?$`,
);

/** `피드`, `피드 <address>`, `피드 <title>`, `피드 해제 동네 소식`, `unfollow feed 동네 소식`. */
const feedIntent: Intent = {
  id: 'feed',
  phrasings: feedPhrasings,
  example: { ko: '피드', en: 'feeds' },
  reply: async (bot, person, utterance) => {
    const words = utterance.text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}/]+$/gu, '');
    if (LIST.test(words)) return list(bot, person);
    const isNamed = utterance.tokens.some(({ means }) => means.length === 0);
    const left = nameIn(words, UNFOLLOW);
    if (left !== null) return unfollow(bot, person, left, isNamed);
    // An address as it was written: capital letters matter there.
    const written = utterance.text
      .split(/\s+/)
      .find((word) => isAddress(word) && word.includes('.'));
    if (written !== undefined) return byAddress(bot, person, written);
    const name = nameIn(words, FOLLOW);
    return name === null ? list(bot, person) : byTitle(bot, person, name, isNamed);
  },
};

function nameIn(words: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const name = pattern.exec(words)?.groups?.['name'];
    if (name !== undefined) return name;
  }
  return null;
}

async function unfollow(
  bot: Bot,
  person: Person,
  wanted: string,
  isNamed: boolean,
): Promise<Reply> {
  const { language } = person;
  const followed = await followedBy(bot, person);
  const byUrl = isAddress(wanted)
    ? followed.find(({ url }) => url.toLowerCase() === wanted || url.toLowerCase().endsWith(wanted))
    : undefined;
  const named = await feedsByTitle(bot.db, wanted, MOST_LISTED);
  const found = byUrl ?? named.find(({ id }) => followed.some((one) => one.id === id));
  if (found === undefined) {
    return isNamed ? reply(person, say(texts.notFollowed, language)) : list(bot, person);
  }
  return {
    ...reply(person, say(texts.unfollowed, language, { title: unlinked(found.title) })),
    writes: [setTopic(bot.db, feedTopic(found.id), person.id, false, bot.runtime.now())],
  };
}

/** @param isNamed some words can only be a name: else `피드 뭐 있어?`, `피드 알림 켜줘` ask what there is */
async function byTitle(bot: Bot, person: Person, name: string, isNamed: boolean): Promise<Reply> {
  const [feed] = await feedsByTitle(bot.db, name, 1);
  if (feed === undefined) {
    return isNamed ? reply(person, say(texts.nothing, person.language)) : list(bot, person);
  }
  return start(bot, person, feed);
}

async function byAddress(bot: Bot, person: Person, address: string): Promise<Reply> {
  const { language } = person;
  const known = await knownAt(bot, address);
  if (known !== null) return start(bot, person, known);
  if (!(await isOpenToAll(bot))) return reply(person, say(texts.closed, language));
  if ((await topicsOn(bot.db, person.id, 'feed:')).length >= MOST_FOLLOWED) {
    return reply(person, say(texts.tooMany, language, { count: MOST_FOLLOWED }));
  }
  const found = await findFeed(bot, address);
  if (found.kind !== 'feed') return reply(person, say(problems[found.kind], language));
  const where = { posts: false, postLinks: false, byOwner: false, tellsNewest: false };
  const feed = await keepFeed(bot, found, where);
  return feed === 'full' ? reply(person, say(texts.full, language)) : start(bot, person, feed);
}

/** What is told when there is no feed at an address. */
export const problems: Readonly<Record<Exclude<Found['kind'], 'feed'>, Text>> = {
  'not-a-feed': texts.notAFeed,
  refused: texts.refused,
  blocked: texts.blocked,
  away: texts.away,
};

/** The feed at an address, or of the page at an address. */
async function knownAt({ db }: Bot, address: string): Promise<Feed | null> {
  const whole = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  const href = URL.parse(whole)?.href;
  if (href === undefined) return null;
  const feed = (await feedByUrl(db, href)) ?? (await feedByUrl(db, href.replace(/\/$/, '')));
  if (feed !== null) return feed;
  const feeds = await readFeeds(db, 200);
  return (
    feeds.find(
      ({ url, siteUrl }) =>
        plain(url) === plain(href) || (siteUrl !== null && plain(siteUrl) === plain(href)),
    ) ?? null
  );
}

/** An address without what does not tell it from another. */
function plain(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}

async function start(bot: Bot, person: Person, feed: Feed): Promise<Reply> {
  const { language } = person;
  const topics = await topicsOn(bot.db, person.id, 'feed:');
  const title = unlinked(feed.title);
  if (topics.includes(feedTopic(feed.id)))
    return reply(person, say(texts.already, language, { title }));
  if (topics.length >= MOST_FOLLOWED) {
    return reply(person, say(texts.tooMany, language, { count: MOST_FOLLOWED }));
  }
  const channel = await newsChannelOf(bot.db, person.id);
  const canBeTold = channel !== null && bot.channels.has(channel);
  const lines = [
    say(texts.followed, language, { title }),
    ...(canBeTold ? [] : ['', say(texts.unreachable, language)]),
  ];
  const now = bot.runtime.now();
  const writes = [
    setTopic(bot.db, feedTopic(feed.id), person.id, true, now),
    reviveFeed(bot.db, feed.id, now),
  ];
  return { ...reply(person, lines.join('\n')), writes };
}

async function list(bot: Bot, person: Person): Promise<Reply> {
  const { language } = person;
  const followed = await followedBy(bot, person);
  const others = (await readFeeds(bot.db, 200)).filter(
    (feed) => feed.byOwner && !followed.some(({ id }) => id === feed.id),
  );
  const parts = [
    followed.length === 0
      ? say(texts.none, language)
      : [say(texts.list, language), ...names(followed)].join('\n'),
    ...(others.length === 0 ? [] : [[say(texts.available, language), ...names(others)].join('\n')]),
  ];
  const word = language === 'ko' ? '피드' : 'feed';
  const suggestions = others.slice(0, 3).map(({ title }) => `${word} ${title}`);
  return { ...reply(person, parts.join('\n\n')), suggestions };
}

function names(feeds: readonly Feed[]): string[] {
  return feeds.slice(0, MOST_LISTED).map(({ title }) => `· ${unlinked(title)}`);
}

async function followedBy(bot: Bot, person: Person): Promise<readonly Feed[]> {
  const topics = await topicsOn(bot.db, person.id, 'feed:');
  if (topics.length === 0) return [];
  const feeds = await readFeeds(bot.db, 200);
  return feeds.filter(({ id }) => topics.includes(feedTopic(id)));
}

function reply(person: Person, text: string): Reply {
  return { text, suggestions: [], person };
}

export const feedIntents: readonly Intent[] = [feedIntent];

export const feedVocabulary: Vocabulary = { words: feedWords };
