import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/lexicon.ts';

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
