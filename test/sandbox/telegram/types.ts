/** Somebody on Telegram. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly username: string;
  readonly language: 'ko' | 'en';
}

export interface Bot {
  readonly id: number;
  readonly name: string;
  readonly username: string;
}

/** How a chat stands to the bot; `closed`: nobody pressed Start yet; `muted`: it may only read. */
export type Standing = 'open' | 'closed' | 'blocked' | 'deactivated' | 'muted';

/** A chat as it is now; a private one has the id of its person. */
export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly name: string;
  readonly language: 'ko' | 'en';
  standing: Standing;
  /** Of a public channel, without its `@`. */
  readonly username: string | null;
  /** Ids of its admins; of a private chat none. */
  readonly admins: readonly number[];
  /** Topics of a forum that were deleted. */
  readonly deletedTopics: Set<number>;
  /** Epoch milliseconds until which Telegram takes nothing for this chat. */
  slowUntil: number;
  /** Id of the supergroup that a group became. */
  migratedTo: number | null;
}

/** One action each; neither for a button whose kind the sandbox does not act out. */
export interface Button {
  readonly text: string;
  readonly url?: string;
  readonly data?: string;
}

/** A message as it stands now. */
export interface Message {
  readonly id: number;
  readonly from: 'bot' | 'person';
  /** The topic of a forum it stands in; null for General and where there are none. */
  readonly topic: number | null;
  /** As it reads, without tags. */
  readonly text: string;
  /** The text as safe HTML; line breaks are newline characters. */
  readonly html: string;
  readonly buttons: readonly (readonly Button[])[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly isEdited: boolean;
  /** It came without a sound. */
  readonly isSilent: boolean;
}

/** A button that was pressed; the client spins until it is answered. */
export interface Callback {
  readonly id: string;
  readonly chatId: number;
  readonly data: string;
  readonly at: number;
  answer: { readonly text: string; readonly isAlert: boolean } | null;
}

/** Why a call was refused, without its token. */
export interface Refusal {
  readonly at: number;
  readonly method: string;
  readonly code: number;
  readonly description: string;
}
