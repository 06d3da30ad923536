import type { Text } from '../../lib/text.ts';
import type { Bot } from '../context.ts';

/** Something that keeps a part of the bot from working. */
export interface Trouble {
  /** What is wrong, such as `source:netflix`: the same as long as it is wrong. */
  readonly key: string;
  /** The part that stands still, by its name on `/healthz`. */
  readonly feature: string;
  /** Why, in a word; for `/healthz` and the log. */
  readonly reason: string;
  /** When it began, epoch milliseconds, where that is known better than by the incident. */
  readonly since?: number;
  readonly what: Text;
  /** What the owner can do about it, or that it passes by itself. */
  readonly advice: Text;
  /** The page on which they can. */
  readonly page: `/admin${string}`;
}

/** Looks for what is wrong in what the bot has written down; asks nobody outside. */
export type TroubleFinder = (bot: Bot, now: number) => Promise<readonly Trouble[]>;
