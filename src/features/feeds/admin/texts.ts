import type { FlashText } from '../../../bot/feature.ts';
import type { Text } from '../../../lib/text.ts';
import type { Feed } from '../store.ts';

export const texts = {
  title: { ko: '피드', en: 'Feeds' },
  lead: {
    ko: 'RSS, Atom, JSON Feed의 새 글을 30분마다 모아 X에 올리거나, ‘피드’라고 말해 받는 사람들에게 알려요.',
    en: 'Every half hour what is new in RSS, Atom and JSON feeds is posted on X or told to those who follow by saying “feed”.',
  },
  add: { ko: '피드 넣기', en: 'Add a feed' },
  address: { ko: '주소', en: 'Address' },
  addressHint: {
    ko: '피드의 주소, 또는 블로그나 GitHub 저장소처럼 피드가 있는 페이지의 주소',
    en: 'of a feed, or of a page that has one, such as a blog or a GitHub repository',
  },
  look: { ko: '살펴보기', en: 'Look at it' },
  preview: { ko: '이 피드를 찾았어요', en: 'This feed was found' },
  noItems: { ko: '아직 글이 없어요.', en: 'There is nothing in it yet.' },
  latest: {
    ko: '다음 30분에 맨 위의 글부터 알리고, 그 뒤로 새 글을 한 번씩 알려요.',
    en: 'The topmost is told at the next half hour, and from then on what is new, each once.',
  },
  posts: { ko: 'X에도 올리기', en: 'Post on X too' },
  postLinks: {
    ko: 'X의 글에 주소 넣기 (값이 13배)',
    en: 'Put the address into posts on X (13 times the price)',
  },
  silently: { ko: '지금 있는 글은 알리지 않기', en: 'Tell nothing of what is in it now' },
  keep: { ko: '넣기', en: 'Add it' },
  list: { ko: '피드 {count}개', en: 'Feeds: {count}' },
  none: { ko: '아직 피드가 없어요.', en: 'There is no feed yet.' },
  followers: { ko: '받는 사람 {count}', en: 'followers {count}' },
  onX: { ko: 'X에 올려요', en: 'posted on X' },
  byChat: { ko: '채팅으로 들어왔어요', en: 'brought by chat' },
  visited: { ko: '살펴본 때', en: 'looked at' },
  remove: { ko: '빼기', en: 'Remove' },
  toX: { ko: 'X에 올리기', en: 'Post on X' },
  notToX: { ko: 'X에 올리지 않기', en: 'Stop posting' },
  people: { ko: '사람들이 넣는 피드', en: 'Feeds that people bring' },
  peopleLead: {
    ko: '켜 두면 누구나 채팅에서 ‘피드 <주소>’라고 말해 새 피드를 받을 수 있어요. X에는 올리지 않아요.',
    en: 'When on, anybody can say “feed <address>” in a chat and follow a feed of their own. Those are not posted on X.',
  },
  open: { ko: '누구나 넣게 하기', en: 'Let people bring feeds' },
  close: { ko: '나만 넣기', en: 'Only I add feeds' },
  opml: { ko: '목록 옮기기 (OPML)', en: 'The list elsewhere (OPML)' },
  download: { ko: '목록 내려받기', en: 'Download the list' },
  upload: { ko: 'OPML 붙여 넣기', en: 'Paste OPML' },
  uploadHint: {
    ko: '넣은 피드에 지금 있는 글은 알리지 않고, 그 뒤의 새 글만 알려요.',
    en: 'What is in those feeds now is not told; what comes after is.',
  },
  uploadDo: { ko: '모두 넣기', en: 'Add them all' },
} as const satisfies Record<string, Text>;

export const states = {
  new: { ko: '읽기 전', en: 'Not read yet' },
  ok: { ko: '좋아요', en: 'Fine' },
  failing: { ko: '답이 없어요', en: 'No answer' },
  over: { ko: '그만 봐요', en: 'Given up' },
} as const satisfies Record<Feed['state'], Text>;

export const done = {
  added: { ko: '피드를 넣었어요: {title}', en: 'Added: {title}' },
  full: { ko: '피드를 더 넣을 수 없어요.', en: 'No more feeds can be added.', isBad: true },
  removed: { ko: '피드를 뺐어요.', en: 'The feed is removed.' },
  changed: { ko: '바꿨어요.', en: 'Changed.' },
  gone: { ko: '그 피드는 이제 없어요.', en: 'This feed is not there any more.', isBad: true },
  imported: { ko: '피드 {count}개를 넣었어요.', en: 'Feeds added: {count}' },
  notOpml: {
    ko: 'OPML이 아니에요. 아무것도 바꾸지 않았어요.',
    en: 'That is no OPML. Nothing was changed.',
    isBad: true,
  },
} as const satisfies Record<string, FlashText>;

export const removeQuestion = {
  title: { ko: '이 피드를 뺄까요?', en: 'Remove this feed?' },
  warning: {
    ko: '‘{title}’ 새 글을 더 알리지 않고, 받던 사람들도 함께 지워요.',
    en: 'Nothing of “{title}” is told any more, and who follows it is forgotten with it.',
  },
  yes: texts.remove,
} as const;
