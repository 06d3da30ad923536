import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/heard.ts';
import type { Text } from '../../lib/text.ts';

export const feedWords: Words = {
  feed: '피드, 알에스에스, feed, feeds, rss, rss feed',
};

/** `피드 https://example.com/atom.xml`. */
export const feedHears: readonly Hearing[] = [
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
