/** When a consent item is asked for: at the first login, or only when `scope` names it. */
export type ConsentItem = 'required' | 'optional' | 'in-use';

/** The app, its keys and its chatbot as the owner set them up at Kakao: change at will. */
export interface KakaoApp {
  readonly id: number;
  /** Compared exactly. */
  redirectUris: string[];
  logoutRedirectUris: string[];
  /** Kakao Login is switched on; default true. */
  isLoginOn: boolean;
  /** True: only members log in (KOE005); default false. */
  isTestApp: boolean;
  /** Members of the app; default everyone. */
  memberIds: string[];
  /** The REST API key asks for its client secret, as new keys do; default true. */
  isSecretOn: boolean;
  consentItems: Record<string, ConsentItem>;
  /** The review of friends and messages is passed; before it, only members are friends. Default false. */
  isFriendsApproved: boolean;
  /** Origins whose links open from messages. */
  linkDomains: string[];
  /** Sizes of a page of friends (today's are not documented). */
  friendsPage: { fallback: number; max: number };
  /** Whether messages to oneself count for sender and receiver (not documented); default false. */
  countsMemos: boolean;
  /** A message that reaches none of its friends: an error (default), or a list of failures. */
  whenNobodyIsReached: 'error' | 'list';
  /** Status of KOE237; default 400. */
  rateLimitStatus: 400 | 429;
  quota: {
    appPerDay: number;
    senderPerDay: number;
    receiverPerDay: number;
    pairPerDay: number;
    /** Calls of every API. */
    callsPerMonth: number;
  };
  /** Addresses that Kakao calls; null: none is registered. */
  webhooks: {
    unlink: { url: string; method: 'GET' | 'POST' } | null;
    securityEvents: string | null;
    channel: string | null;
  };
  bot: {
    readonly id: string;
    readonly name: string;
    /** The chatbot's channel is joined to the app: skills learn `appUserId`. Default false. */
    isLinked: boolean;
    /** Origin of callback addresses. */
    callbackUrl: string;
    /** What the block says when its skill fails. */
    failureText: string;
    /**
     * Event blocks: words with `{{#current.event.data.x}}`, or null for a block that asks the skill.
     */
    events: Record<string, string | null>;
    /** Status of an answer that says FAIL (not documented); default 200. */
    failStatus: 200 | 400;
    /** What is in the wallet, in won. */
    walletWon: number;
  };
  /** How long Kakao waits, in milliseconds of real time and of the world's clock. */
  waits: { skillMs: number; webhookMs: number };
}

export const eventPriceWon = 15;

/** An individual's app of 2026 that is not reviewed (docs/platforms/kakao.md). */
export function freshKakaoApp(everyone: readonly { readonly id: string }[]): KakaoApp {
  return {
    id: 990_001,
    redirectUris: ['https://soshik.example/login/kakao/callback'],
    logoutRedirectUris: ['https://soshik.example/'],
    isLoginOn: true,
    isTestApp: false,
    memberIds: everyone.map(({ id }) => id),
    isSecretOn: true,
    consentItems: { profile_nickname: 'required', talk_message: 'in-use', friends: 'in-use' },
    isFriendsApproved: false,
    linkDomains: ['https://soshik.example', 'https://github.com'],
    friendsPage: { fallback: 10, max: 100 },
    countsMemos: false,
    whenNobodyIsReached: 'error',
    rateLimitStatus: 400,
    quota: {
      appPerDay: 30_000,
      senderPerDay: 100,
      receiverPerDay: 100,
      pairPerDay: 20,
      callsPerMonth: 3_000_000,
    },
    webhooks: {
      unlink: { url: 'https://soshik.example/webhook/kakao/unlink', method: 'POST' },
      securityEvents: 'https://soshik.example/webhook/kakao/events',
      channel: null,
    },
    bot: {
      id: '5f3c0ffee0ddba11c0ffee42',
      name: '소식',
      isLinked: false,
      callbackUrl: 'https://bot-api.kakao.com',
      failureText: '지금은 대답할 수 없어요. 잠시 뒤에 다시 말해 주세요.',
      events: { news: '{{#current.event.data.text}}' },
      failStatus: 200,
      walletWon: 100_000,
    },
    waits: { skillMs: 5000, webhookMs: 3000 },
  };
}
