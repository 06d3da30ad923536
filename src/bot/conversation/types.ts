import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';

/** What the bot answers, and what it remembers of the person from now on. */
export interface Reply {
  readonly text: string;
  /** Words the person can say next. */
  readonly suggestions: readonly string[];
  readonly person: Person;
}

/** Something people can ask for. */
export interface Intent {
  readonly id: string;
  /** Tried against the normalized text (see `normalize`); the match goes to `reply`. */
  readonly patterns: readonly RegExp[];
  readonly reply: (bot: Bot, person: Person, match: RegExpExecArray) => Promise<Reply>;
}
