import * as v from 'valibot';
import { MINUTE_MS } from '../../../lib/time.ts';
import { readSetting, writeSetting } from '../../../store/settings.ts';

const KEY = 'repository-cards';
const FRESH_MS = 10 * MINUTE_MS;
const MOST_CARDS = 20;

const cardSchema = v.object({
  /** GitHub's number. */
  id: v.number(),
  owner: v.string(),
  name: v.string(),
  description: v.nullable(v.string()),
  avatarUrl: v.string(),
  stars: v.number(),
  forks: v.number(),
  /** ISO 8601. */
  createdAt: v.string(),
  updatedAt: v.string(),
  isArchived: v.boolean(),
  isEmpty: v.boolean(),
  /** The branch the address names, else the default one. */
  branch: v.string(),
  /** True when the address names a branch that is not there. */
  isBranchMissing: v.boolean(),
  /** To choose from, the default one first. */
  branches: v.array(v.string()),
});

/** What a page tells of a repository before it is watched. */
export type Card = Readonly<v.InferOutput<typeof cardSchema>>;

const cardsSchema = v.array(v.object({ address: v.string(), at: v.number(), card: cardSchema }));

/** What GitHub said of an address a short while ago, so that the next step need not ask again. */
export async function recallCard(
  db: D1Database,
  address: string,
  now: number,
): Promise<Card | null> {
  const cards = await readSetting(db, KEY, cardsSchema);
  const known = cards?.find((one) => one.address === address);
  return known && now - known.at < FRESH_MS ? known.card : null;
}

/** Keeps a card beside the newest others; what has become old goes. */
export async function keepCard(
  db: D1Database,
  address: string,
  card: Card,
  now: number,
): Promise<void> {
  const cards = (await readSetting(db, KEY, cardsSchema)) ?? [];
  const others = cards.filter((one) => one.address !== address && now - one.at < FRESH_MS);
  await writeSetting(db, KEY, [{ address, at: now, card }, ...others].slice(0, MOST_CARDS), now);
}
