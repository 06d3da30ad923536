export const CALLBACK_PATH = '/login/twitter/callback';

/**
 * Where X sends the browser back: what the owner approves at developer.x.com. X takes no
 * `localhost` (docs/platforms/x.md, OAuth 1.0a), so on this machine it is 127.0.0.1.
 *
 * @param publicUrl origin the Worker is reached at
 */
export function callbackUrlOf(publicUrl: string): string {
  const url = new URL(CALLBACK_PATH, publicUrl);
  if (url.protocol === 'http:' && url.hostname === 'localhost') url.hostname = '127.0.0.1';
  return url.href;
}
