import type { Runtime } from '../../lib/runtime.ts';
import type { Sealer } from '../../store/sealed.ts';
import type { TokenKeeperCalls } from '../../store/tokenKeeper.ts';
import type { TokenKeyProblem } from '../../store/tokenKeys.ts';
import type { CrcSecretKind, WebhookSecrets } from './api/signature.ts';

/** The bot's own account by the keys among the Worker's secrets. */
export interface StaticTwitterAccount {
  readonly userId: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
}

/** What of the Worker's settings is about X. */
export interface TwitterSettings {
  /** Origin of the API, no slash at its end. */
  readonly apiUrl: string;
  /** Origin of the site where people log in, no slash at its end. */
  readonly webUrl: string;
  /** API key and secret of the app; `null` when either is missing. */
  readonly consumer: { readonly key: string; readonly secret: string } | null;
  /** OAuth 2.0 client of the app; `null` when its id is missing. */
  readonly oauth2: { readonly clientId: string; readonly clientSecret: string | null } | null;
  /** Secrets that may sign webhook traffic. */
  readonly secrets: WebhookSecrets;
  /** `TWITTER_WEBHOOK_SECRET_KIND`. */
  readonly secretKind: CrcSecretKind;
  readonly static: StaticTwitterAccount | null;
  /** `TWITTER_USER_ID`: the account that posts. */
  readonly speakerId: string | null;
}

/** Everything that keeping accounts alive works with during one invocation. */
export interface AccountsContext {
  readonly runtime: Runtime;
  readonly db: D1Database;
  /** `PUBLIC_URL`, else the request's origin; `null` without either (cron). */
  readonly publicUrl: string | null;
  readonly twitter: TwitterSettings;
  /** IANA name; months are counted in it. */
  readonly timeZone: string;
  /** @param account key of the account's credential, see {@link keeperKey} */
  readonly keeperOf: (account: string) => TokenKeeperCalls;
  /** `null` when `TOKEN_KEY` is missing or unusable. */
  readonly sealer: () => Promise<Sealer | null>;
  /** What is wrong with `TOKEN_KEY`; `null` when it is fine. */
  readonly tokenKeyProblem: () => Promise<TokenKeyProblem | null>;
}

/** Key of an X account's credential in `TOKENS`, and name of its keeper. */
export function keeperKey(userId: string): string {
  return `twitter:${userId}`;
}
