import { sandboxSecrets, type World } from '../world.ts';
import { call, read, type Told } from './client.ts';

const form = 'application/x-www-form-urlencoded';

/**
 * What a person does on a page of X that asks for consent: opens it, then allows as a user, or
 * cancels. Gives X's answer, mostly a redirect to the app; throws when the page does not open.
 */
export async function press(
  world: World,
  url: string,
  choice: { readonly allow: string } | 'cancel',
): Promise<Response> {
  const opened = await world.fetch(new Request(url));
  const page = await opened.text();
  if (opened.status !== 200) throw new Error(`The page answered ${opened.status}: ${page}`);
  const fields =
    choice === 'cancel' ? { decision: 'cancel' } : { decision: 'allow', account: choice.allow };
  return await world.fetch(
    new Request(url, {
      method: 'POST',
      headers: { 'content-type': form },
      body: String(new URLSearchParams(fields)),
    }),
  );
}

/** Parameters of the address that an answer redirects to. */
export function backWith(response: Response): URLSearchParams {
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams;
}

/** The first leg: a request token for a callback. */
export async function askToken(
  world: World,
  callback: string,
): Promise<{ readonly token: string; readonly secret: string }> {
  const body = new URLSearchParams({ oauth_callback: callback });
  const told = await call(world, 'POST', '/oauth/request_token', { as: null, body });
  const fields = new URLSearchParams(told.text);
  return {
    token: fields.get('oauth_token') ?? '',
    secret: fields.get('oauth_token_secret') ?? '',
  };
}

/** A call of the token endpoint as the app's confidential client. */
export async function tokenCall(
  world: World,
  fields: Readonly<Record<string, string>>,
  secret: string = sandboxSecrets.TWITTER_CLIENT_SECRET,
): Promise<Told> {
  return await basicCall(
    world,
    '/2/oauth2/token',
    fields,
    `${sandboxSecrets.TWITTER_CLIENT_ID}:${secret}`,
  );
}

/** A form post with Basic credentials, none when they are null. */
export async function basicCall(
  world: World,
  path: string,
  fields: Readonly<Record<string, string>>,
  credentials: string | null,
): Promise<Told> {
  const headers = new Headers({ 'content-type': form });
  if (credentials !== null) headers.set('authorization', `Basic ${btoa(credentials)}`);
  const body = String(new URLSearchParams(fields));
  return await read(
    await world.fetch(new Request(`https://api.x.com${path}`, { method: 'POST', headers, body })),
  );
}
