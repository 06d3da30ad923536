import type { Runtime } from '../../lib/runtime.ts';
import type { Sealer } from '../../store/sealed.ts';
import type { Signer } from '../../store/signed.ts';
import type { TokenKeeperCalls } from '../../store/tokenKeeper.ts';
import type { KakaoOAuthOptions } from './api/oauth.ts';

/** What of the Worker's settings is about Kakao Login. Origins have no slash at their end. */
export interface KakaoSettings {
  readonly authUrl: string;
  readonly apiUrl: string;
  readonly restApiKey: string | null;
  readonly clientSecret: string | null;
  /** `KAKAO_SEND_TO_FRIENDS`. */
  readonly sendToFriends: boolean;
}

/** Everything that Kakao logins work with during one invocation. */
export interface KakaoContext {
  readonly runtime: Runtime;
  readonly db: D1Database;
  /** `PUBLIC_URL`, else the request's origin; `null` without either (cron, queue). */
  readonly publicUrl: string | null;
  /** IANA name; days are told in it. */
  readonly timeZone: string;
  readonly kakao: KakaoSettings;
  /** @param account see {@link kakaoKeeperKey} */
  readonly keeperOf: (account: string) => TokenKeeperCalls;
  /** `null` when `TOKEN_KEY` is missing or unusable; so is the signer then. */
  readonly sealer: () => Promise<Sealer | null>;
  readonly signer: () => Promise<Signer | null>;
  /** Ids of the ways to speak that are configured. */
  readonly channels: () => readonly string[];
}

/** Key of a Kakao login's tokens in `TOKENS`, and name of their keeper. */
export function kakaoKeeperKey(id: string): string {
  return `kakao:${id}`;
}

/** The app at Kakao, or `null` when its REST API key is not set. */
export function kakaoAppOf({
  runtime,
  kakao,
}: Pick<KakaoContext, 'runtime' | 'kakao'>): KakaoOAuthOptions | null {
  const { authUrl, restApiKey, clientSecret } = kakao;
  if (restApiKey === null) return null;
  return { runtime, authUrl, client: { id: restApiKey, secret: clientSecret } };
}
