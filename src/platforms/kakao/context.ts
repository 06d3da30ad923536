import type { Bot } from '../../bot/context.ts';
import type { KakaoOAuthOptions } from './api/oauth.ts';
import { kakaoSettings } from './settings.ts';

/** Key of a Kakao login's tokens in `TOKENS`, and name of their keeper. */
export function kakaoKeeperKey(id: string): string {
  return `kakao:${id}`;
}

/** The app at Kakao, or `null` when its REST API key is not set. */
export function kakaoAppOf({
  runtime,
  read,
}: Pick<Bot, 'runtime' | 'read'>): KakaoOAuthOptions | null {
  const { authUrl, restApiKey, clientSecret } = read(kakaoSettings);
  if (restApiKey === null) return null;
  return { runtime, authUrl, client: { id: restApiKey, secret: clientSecret } };
}
