import { createClock } from '../clock.ts';
import { sandboxSecrets } from '../secrets.ts';
import { createKakao } from './sandbox.ts';

export const redirectUri = 'https://soshik.example/login/kakao/callback';

export interface Told {
  readonly status: number;
  readonly json: unknown;
}

/** Kakao on a clock that stands still, and ways to call it, for the sandbox's own tests. */
export function createTestKakao() {
  // Sunday 2026-11-22 12:00 in Seoul.
  const clock = createClock(Date.UTC(2026, 10, 22, 3), false);
  const { sandbox, handle, handleAuth, handleBot } = createKakao(clock);
  const [ko, en] = sandbox.people;
  if (!ko || !en) throw new Error('The sandbox lacks its two people.');

  /** A call of kapi; fields make it a form post. */
  async function api(
    path: string,
    authorization: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<Told> {
    const headers = { authorization };
    const url = `https://kapi.kakao.com${path}`;
    const init = fields
      ? { method: 'POST', headers, body: new URLSearchParams(fields) }
      : { headers };
    return await read(await handle(new Request(url, init)));
  }

  /** A call of the token endpoint as the app. */
  async function token(fields: Readonly<Record<string, string>>): Promise<Told> {
    const body = new URLSearchParams({
      client_id: sandboxSecrets.KAKAO_REST_API_KEY,
      client_secret: sandboxSecrets.KAKAO_CLIENT_SECRET,
      ...fields,
    });
    const url = 'https://kauth.kakao.com/oauth/token';
    return await read(await handleAuth(new Request(url, { method: 'POST', body })));
  }

  return { clock, kakao: sandbox, handle, handleAuth, handleBot, ko, en, api, token };
}

export type TestKakao = ReturnType<typeof createTestKakao>;

export async function read(response: Response): Promise<Told> {
  return { status: response.status, json: await response.json<unknown>().catch(() => null) };
}

/** The app's link to Kakao Login. */
export function authorizeUrl(changes: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: sandboxSecrets.KAKAO_REST_API_KEY,
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 'st4te',
    scope: 'talk_message',
    ...changes,
  });
  return `https://kauth.kakao.com/oauth/authorize?${String(query)}`;
}

/** A text message's `template_object`. */
export function textTemplate(text: string, url = 'https://soshik.example/menu'): string {
  return JSON.stringify({ object_type: 'text', text, link: { web_url: url, mobile_web_url: url } });
}
