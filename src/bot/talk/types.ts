import type { Language } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import type { Recognizable } from './grammar/choose.ts';
import type { Finder } from './grammar/find.ts';
import type { Utterance, Words } from './grammar/utterance.ts';

/** A page to open, and the words on its button. */
export interface Link {
  readonly label: string;
  readonly url: string;
  /** It lasts for minutes: a name among the `links` of a platform, which makes it anew later. */
  readonly made?: string;
}

/** What the bot answers, and what it remembers of the person from now on. */
export interface Reply {
  readonly text: string;
  /** Words the person can say next, a button each. */
  readonly suggestions: readonly string[];
  /** The suggestions are a convenience, not the answers to a question. */
  readonly isOptional?: boolean;
  readonly links?: readonly Link[];
  readonly person: Person;
  /**
   * What the turn changes: statements that are written together with the reply, so that neither is
   * there without the other.
   */
  readonly writes?: readonly D1PreparedStatement[];
  /** What follows when that is written: nothing that a person would miss. */
  readonly after?: () => Promise<void>;
  /** What a word such as `더` or `내일은?` right after it goes on from. */
  readonly follow?: Kept;
  /** How to take it back within five minutes: given to the intent's `takeBack`. */
  readonly undo?: Kept;
  /** The language it is in, when that is not the person's. */
  readonly spoken?: Language;
  /** The language the person asked for: it is theirs from now on. */
  readonly language?: Language;
  /** True when nobody understood what they said. */
  readonly isHint?: true;
}

/** Something an intent wants to have back later; `data` as JSON. */
export interface Kept {
  /** Its id. */
  readonly intent: string;
  readonly data: unknown;
}

/** Something people can ask for. */
export interface Intent extends Recognizable {
  /** Words that ask for it, to be offered to somebody who nearly did. */
  readonly example?: Readonly<Record<Language, string>>;
  /** It knows that something is wished for, and asks what: two wishes that are clear say more. */
  readonly isVague?: true;
  /** The example makes news come by itself: offered to whoever asks what alerts there are. */
  readonly isSwitch?: true;
  /** Answers it. */
  readonly reply: (bot: Bot, person: Person, utterance: Utterance) => Promise<Reply>;
  /**
   * Takes the answer to a question this intent asked (`ask` in state.ts).
   *
   * @param data what was kept with the question
   * @returns `null` when the words are no answer to it
   */
  readonly resume?: (
    bot: Bot,
    person: Person,
    data: unknown,
    utterance: Utterance,
  ) => Promise<Reply | null>;
  /** Undoes what a reply of this intent did, by its `undo`. */
  readonly takeBack?: (bot: Bot, person: Person, data: unknown) => Promise<Reply>;
  /**
   * Does what a reply of this intent did, by its `undo`, to another one of the same kind.
   *
   * @returns `null` when the words name none
   */
  readonly instead?: (
    bot: Bot,
    person: Person,
    data: unknown,
    utterance: Utterance,
  ) => Promise<Reply | null>;
  /**
   * Answers a deep link (`/start 7K2P`).
   *
   * @returns `null` when the payload is none of its own
   */
  readonly open?: (bot: Bot, person: Person, payload: string) => Promise<Reply | null>;
}

/** The words a feature or platform brings for its intents to be recognised by. */
export interface Vocabulary {
  readonly words: Words;
  /** What no list of words holds, such as addresses. */
  readonly finders?: readonly Finder[];
  /** What this person has given names to, for instance their watches. */
  readonly names?: (bot: Bot, person: Person) => Promise<Finder>;
  /** What the person could say to stop news they get from here; empty when they get none. */
  readonly quiets?: (bot: Bot, person: Person) => Promise<readonly string[]>;
}

/** Everything people can ask for, and the words it is recognised by. */
export interface TalkBook {
  /** Of two that explain a text equally well, the first one answers. */
  readonly intents: readonly Intent[];
  readonly vocabularies: readonly Vocabulary[];
  /** Hears what somebody says, in words they said earlier for instance. */
  readonly parse: (bot: Bot, person: Person, said: string) => Promise<Utterance>;
}
