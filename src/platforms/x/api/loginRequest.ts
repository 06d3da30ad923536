import { base64, utf8 } from '../../../lib/encoding.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { USER_AGENT } from './call.ts';
import { percentEncode } from './oauth1.ts';

/** The app's OAuth 1.0a key pair. */
export interface ConsumerKeys {
  readonly key: string;
  readonly secret: string;
}

/** Where and as which app a login step that needs the key pair is made. */
export interface ConsumerOptions {
  readonly runtime: Runtime;
  readonly apiUrl: string;
  readonly consumer: ConsumerKeys;
}

/** A POST of an urlencoded form to one of X's login endpoints; without fields it has no body. */
export function formRequest(
  url: string,
  authorization: string | null,
  form: Readonly<Record<string, string>> = {},
): Request {
  const headers = new Headers({ 'user-agent': USER_AGENT });
  if (authorization !== null) headers.set('authorization', authorization);
  const body = new URLSearchParams(form).toString();
  if (body === '') return new Request(url, { method: 'POST', headers });
  headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  return new Request(url, { method: 'POST', headers, body });
}

/** HTTP Basic with both parts encoded first (RFC 6749 section 2.3.1, X docs: application-only). */
export function basicAuthorization(id: string, secret: string): string {
  return `Basic ${base64(utf8(`${percentEncode(id)}:${percentEncode(secret)}`))}`;
}
