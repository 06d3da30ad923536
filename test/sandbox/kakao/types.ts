import type { KakaoApp } from './app-settings.ts';

/** Somebody with a Kakao account and a KakaoTalk. */
export interface KakaoPerson {
  /** App user id: digits, a number in JSON. */
  readonly id: string;
  readonly name: string;
  /** The chatbot's key of this person: `userRequest.user.id`. */
  readonly botUserKey: string;
  /** The channel's key of this person. */
  readonly plusfriendUserKey: string;
  readonly language: 'ko' | 'en';
}

/** A message in the chat with oneself. */
export interface Memo {
  /** Epoch milliseconds. */
  readonly at: number;
  /** As sent, without the links that KakaoTalk does not open. */
  readonly template: Readonly<Record<string, unknown>>;
  /** Links that were lost: their domain is not registered. */
  readonly lostLinks: readonly string[];
}

/** A message that a friend sent by the app. */
export interface FriendMessage extends Memo {
  /** Id of the sender. */
  readonly from: string;
}

export interface ChatButton {
  readonly label: string;
  /** `webLink`, `message`, `block` and so on. */
  readonly action: string;
  /** Where a `webLink` leads. */
  readonly url: string | null;
  /** What a press says. */
  readonly messageText: string | null;
  /** What a press hands to the skill as `action.clientExtra`. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** One bubble, or several of one answer, in the chat with the bot or in a group room. */
export interface ChatEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly from: 'bot' | 'person';
  /** `waiting`: the word before a callback; `failure`: the block's own words for a failed skill. */
  readonly via: 'utterance' | 'skill' | 'waiting' | 'callback' | 'event' | 'failure';
  /** All words of it, one bubble a paragraph. */
  readonly text: string;
  /** The components as the skill gave them. */
  readonly outputs: readonly unknown[];
  readonly buttons: readonly ChatButton[];
  readonly quickReplies: readonly ChatButton[];
}

/** What came of one call of the skill. */
export interface SkillTurn {
  /** The body that Kakao sent. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Null when the skill gave no answer within the limit. */
  readonly status: number | null;
  /** The answer's JSON; null when there is none. */
  readonly answer: unknown;
  /** Why the answer is not shown; empty for a right one. */
  readonly problems: readonly string[];
  /** What the person sees of it; null for a right answer without outputs. */
  readonly entry: ChatEntry | null;
}

/** What every part of the Kakao stand-in needs. */
export interface KakaoContext {
  readonly now: () => number;
  readonly app: KakaoApp;
  /** The two people and their friends. */
  readonly everyone: readonly KakaoPerson[];
  readonly person: (id: string) => KakaoPerson | undefined;
  /** Keeps why a request was not let in. */
  readonly onRefusal: (request: Request, reason: string) => void;
}
