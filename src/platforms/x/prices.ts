/** Items of a sent message, as deliveries keep them in `charges`. */
export type ChargedItem = 'post' | 'post-with-link' | 'direct-message' | 'alt-text';

/**
 * US dollars each. Source: X docs: getting-started/pricing, as of 2026-11 (docs/platforms/x.md,
 * Prices).
 */
const ITEM_PRICES: ReadonlyMap<string, number> = new Map<ChargedItem, number>([
  ['post', 0.015],
  ['post-with-link', 0.2],
  ['direct-message', 0.015],
  ['alt-text', 0.005],
]);

/** US dollars an event; the first entry that a type starts with. Posts of others count as a post. */
const EVENT_PRICES: readonly (readonly [prefix: string, usd: number])[] = [
  ['dm.received', 0.01],
  ['chat.received', 0.01],
  ['dm.sent', 0],
  ['dm.read', 0],
  ['dm.indicate_typing', 0],
  ['chat.sent', 0],
  ['follow.', 0.01],
  ['post.delete', 0],
  ['post.', 0.005],
  ['profile.update.', 0.005],
  ['spaces.', 0.005],
  ['mute.', 0.001],
  ['block.', 0.001],
  ['oauth.revoke', 0],
];

/** Price of an item of a sent message; `null` when the list does not name it. */
export function priceOfItem(item: string): number | null {
  return ITEM_PRICES.get(item) ?? null;
}

/** Price of an event; `null` when the list does not name it (likes, Account Activity API). */
export function priceOfEvent(type: string): number | null {
  return EVENT_PRICES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? null;
}
