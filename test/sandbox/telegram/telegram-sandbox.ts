import type { Deliver } from '../x/crc.ts';
import type { Limits } from './limits.ts';
import type { BotCommand } from './method.ts';
import type { Bot, Callback, Chat, Message, Person, Refusal } from './types.ts';
import type { DeliveryOptions } from './webhook.ts';

export interface SayOptions extends DeliveryOptions {
  /** Id of the person who says it in a group; default the first person. */
  readonly from?: number;
  /** Words behind which an address hides. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** The topic of a forum it is said in. */
  readonly topic?: number;
  /** Id of a message of the bot that it replies to. */
  readonly replyTo?: number;
}

export interface NewPerson {
  readonly name: string;
  readonly language: 'ko' | 'en';
  /** False: the person has not pressed Start yet, so the bot cannot write first; default true. */
  readonly hasStarted?: boolean;
}

/** The webhook as Telegram has it. */
export interface WebhookState {
  /** Blank: none. */
  readonly url: string;
  readonly secret: string | null;
  /** Kinds of updates; empty: all but the rare ones. */
  readonly allowed: readonly string[];
  readonly maxConnections: number;
  readonly lastError: { readonly at: number; readonly message: string } | null;
}

/** Telegram: the Bot API behind `api.telegram.org`, the people in it, and the webhook's other side. */
export interface TelegramSandbox {
  readonly bot: Bot;
  readonly people: readonly Person[];
  /** At first one private chat for each language and one group. */
  readonly chats: readonly Chat[];
  /** Adds somebody; gives the private chat. */
  addPerson(person: NewPerson): Chat;
  addGroup(name: string, language?: 'ko' | 'en'): Chat;
  /** A supergroup with topics. */
  addForum(name: string, language?: 'ko' | 'en'): Chat;
  /** A public channel that the bot is an admin of. */
  addChannel(username: string, admins: readonly number[], language?: 'ko' | 'en'): Chat;

  /** How fast the bot may send; change it at will. */
  readonly limits: Limits;
  readonly webhook: WebhookState;
  /** How many updates wait for the webhook. */
  pendingUpdates(): number;
  /** Menus of commands by language; blank: for all others. */
  readonly commands: ReadonlyMap<string, readonly BotCommand[]>;
  /** Buttons that were pressed, oldest first, and how the bot answered. */
  readonly callbacks: readonly Callback[];
  /** Every refused call, the ones in webhook answers included. */
  readonly refusals: readonly Refusal[];
  /** What was said in a chat, oldest first. */
  messages(chatId: number): readonly Message[];

  /** From now on Telegram carries its requests to the webhook this way. */
  reachBy(deliver: Deliver): void;
  /** Sets the webhook by hand, for all kinds of updates; throws in words for a wrong address. */
  connect(url: string, secret: string | null): void;
  /** A person writes; in a private chat that also starts it. Every answer of the webhook. */
  say(chatId: number, text: string, options?: SayOptions): Promise<Response[]>;
  /** Presses the newest button with these words under a message of the bot. */
  press(chatId: number, button: string, options?: SayOptions): Promise<Response[]>;
  /** The person blocks the bot, or the group throws it out. */
  block(chatId: number, options?: SayOptions): Promise<Response[]>;
  unblock(chatId: number, options?: SayOptions): Promise<Response[]>;
  /** The bot may not write in a chat any more; `isTold: false`: as when nobody may. */
  restrict(
    chatId: number,
    options?: SayOptions & { readonly isTold?: boolean },
  ): Promise<Response[]>;
  allow(chatId: number, options?: SayOptions & { readonly isTold?: boolean }): Promise<Response[]>;
  /** The account, or the group, is gone; nobody is told. */
  deactivate(chatId: number): void;
  /** A group becomes a supergroup; gives the new id. `isTold: false`: the updates get lost. */
  migrate(chatId: number, options?: { readonly isTold?: boolean }): Promise<number>;
  /** Any other update. */
  emit(kind: string, payload: object, options?: DeliveryOptions): Promise<Response[]>;
  /** Delivers what still waits: updates that were not taken hold up all later ones. */
  deliver(options?: DeliveryOptions): Promise<Response[]>;
  settled(): Promise<void>;
}
