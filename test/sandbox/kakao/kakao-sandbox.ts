import type { Deliver } from '../x/crc.ts';
import type { Refusal } from '../x/x-sandbox.ts';
import type { KakaoApp } from './app-settings.ts';
import type { Room } from './chats.ts';
import type { SayOptions } from './skill-request.ts';
import type { KakaoGrant } from './tokens.ts';
import type { ChatEntry, FriendMessage, KakaoPerson, Memo, SkillTurn } from './types.ts';
import type { ReferrerType, SecurityEventKind } from './webhooks.ts';

export interface LoginChoice {
  /** The person cancels. */
  readonly deny?: boolean;
  /** What of the optional items is agreed to; default everything that is asked. */
  readonly scopes?: readonly string[];
}

/** Kakao: login, messages, the chatbot, and its calls to us. People are named by `id`. */
export interface KakaoSandbox {
  /** The app's and the chatbot's settings at Kakao; change them at will. */
  readonly app: KakaoApp;
  /** The two who use the bot: one reads Korean, one English. Both added the channel. */
  readonly people: readonly KakaoPerson[];
  /** Twelve friends of everyone, who agreed to be listed. */
  readonly friends: readonly KakaoPerson[];
  /** Group rooms with the bot in them. */
  readonly rooms: readonly Room[];
  /** Why requests were not let in: what the real Kakao would not always tell. */
  readonly refusals: readonly Refusal[];

  /** From now on Kakao carries its requests to webhooks and to the skill this way. */
  reachBy(deliver: Deliver): void;

  /**
   * A person follows the app's link to Kakao, agrees or cancels. Gives the address that the browser
   * is sent to; throws in words when Kakao shows an error page.
   */
  logIn(authorizeUrl: string, personId: string, choice?: LoginChoice): Promise<string>;
  /** The pair that logging in would give, without logging in; default: every consent item. */
  issueTokens(personId: string, scopes?: readonly string[]): KakaoGrant;
  /** What the person agreed to; empty when not linked. */
  scopes(personId: string): readonly string[];
  /** The person takes a consent back in Kakao's settings. */
  withdrawScope(personId: string, scope: string): void;
  /** Every token of the person ends, as after a new password. */
  revokeTokens(personId: string): void;
  /**
   * The person ends the link in Kakao's settings: tokens and consents end, then the unlink webhook
   * is called. Gives its answer, null when there was none in time.
   */
  unlink(
    personId: string,
    options?: { readonly method?: 'GET' | 'POST'; readonly referrer?: ReferrerType },
  ): Promise<Response | null>;
  /**
   * Sends a signed security event; nothing else happens.
   *
   * @param claims put over the right ones, for forgeries
   */
  securityEvent(
    personId: string,
    kind: SecurityEventKind,
    claims?: Readonly<Record<string, unknown>>,
  ): Promise<Response | null>;

  /** A person's chat with themselves, oldest first. */
  memo(personId: string): readonly Memo[];
  /** What friends sent to a person by the app, oldest first. */
  delivered(personId: string): readonly FriendMessage[];
  /** Messages of today (Korea): of the whole app, sent and received by a person. */
  today(personId: string): {
    readonly app: number;
    readonly sent: number;
    readonly received: number;
  };
  /**
   * A friend refuses messages of the app (-530).
   *
   * @param options.isListed false: the friends list does not say so yet; default true
   */
  refuseMessages(personId: string, options?: { readonly isListed: boolean }): void;
  acceptMessages(personId: string): void;
  unfriend(personId: string, otherId: string): void;
  /** The person gives up KakaoTalk (-501). */
  leaveTalk(personId: string): void;

  /** The skill's address and what its settings send as `X-Skill-Token`. */
  connectSkill(url: string, token: string): void;
  /** A person says something to the bot; the skill is called, its answer checked and shown. */
  say(personId: string, text: string, options?: SayOptions): Promise<SkillTurn>;
  /** Presses a button or quick reply of the newest bot entry by its label; throws when it has none. */
  press(personId: string, label: string): Promise<SkillTurn>;
  /** The chat with the bot, or a group room by its key, oldest first. */
  chat(chatId: string): readonly ChatEntry[];
  /** The person adds the channel; its webhook is told, if there is one. */
  addBot(personId: string): Promise<Response | null>;
  blockBot(personId: string): Promise<Response | null>;
  /** Resolves when what events caused is over. */
  settled(): Promise<void>;
}
