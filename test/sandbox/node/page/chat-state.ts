/** Phones on which one can type. */
export const chatPhones = ['dm', 'kakao', 'telegram'] as const;
export type ChatPhone = (typeof chatPhones)[number];

/** Rooms of a phone; the first is open at first. */
export const rooms = {
  dm: ['bot'],
  kakao: ['bot', 'self'],
  telegram: ['bot', 'group'],
} as const satisfies Readonly<Record<ChatPhone, readonly string[]>>;
export type Room = (typeof rooms)[ChatPhone][number];

/** A button: opens a page, or says or presses something. */
export interface ChatButton {
  readonly label: string;
  /** null: pressed by its label. */
  readonly url: string | null;
}

export interface KakaoBubble {
  /** A `card` has buttons under it. */
  readonly kind: 'text' | 'card';
  readonly title: string | null;
  readonly text: string;
  readonly rows: readonly { readonly title: string; readonly text: string }[];
  readonly buttons: readonly ChatButton[];
}

/** What was said at once. */
export interface KakaoEntry {
  readonly id: string;
  readonly at: number;
  readonly fromBot: boolean;
  readonly bubbles: readonly KakaoBubble[];
}

export interface KakaoPhone {
  /** The chat with the bot, oldest first. */
  readonly bot: readonly KakaoEntry[];
  /** The chat with oneself, in which news arrives. */
  readonly self: readonly KakaoEntry[];
  /** Quick replies under the newest entry of the bot. */
  readonly replies: readonly string[];
}

export interface TelegramEntry {
  readonly id: string;
  readonly at: number;
  readonly fromBot: boolean;
  /** Safe HTML; line breaks are newline characters. */
  readonly html: string;
  readonly buttons: readonly (readonly ChatButton[])[];
}

export interface TelegramPhone {
  readonly bot: readonly TelegramEntry[];
  readonly group: readonly TelegramEntry[];
  /** Name of the group. */
  readonly groupName: string;
}
