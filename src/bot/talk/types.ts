import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';

/** A page to open, and the words on its button. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

/** What the bot answers, and what it remembers of the person from now on. */
export interface Reply {
  readonly text: string;
  /** Words the person can say next. */
  readonly suggestions: readonly string[];
  readonly links?: readonly Link[];
  readonly person: Person;
}

/** Something people can ask for. */
export interface Intent {
  readonly id: string;
  /** Tried against the normalized text (see `normalize`); the match goes to `reply`. */
  readonly patterns: readonly RegExp[];
  /** A question that is open stays open. */
  readonly isAside?: true;
  /** @param said the text as it was written, for what `normalize` would spoil */
  readonly reply: (
    bot: Bot,
    person: Person,
    match: RegExpExecArray,
    said: string,
  ) => Promise<Reply>;
  /**
   * Takes the answer to a question this intent asked (`ask` in asking.ts).
   *
   * @param data what was kept with the question
   * @returns `null` when the words are no answer to it
   */
  readonly resume?: (
    bot: Bot,
    person: Person,
    data: unknown,
    said: string,
  ) => Promise<Reply | null>;
}
