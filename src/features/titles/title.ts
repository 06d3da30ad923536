import type { StoredItem } from './store/items.ts';

/** Sources that tell of Netflix titles, the one to believe first. */
export const NETFLIX_SOURCES = ['netflix', 'tmdb'] as const;

/** How far ahead the bot tells of titles. */
export const UPCOMING_DAYS = 14;

/** Title and season in one line, as the source has them or as the owner words them. */
export function fullTitle(item: Pick<StoredItem, 'title' | 'subtitle' | 'ownTitle'>): string {
  if (item.ownTitle !== null) return item.ownTitle;
  return item.subtitle === null ? item.title : `${item.title} ${item.subtitle}`;
}
