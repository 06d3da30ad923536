import { sandboxSecrets, type World } from '../world.ts';
import { oauth1Signature, type SignedPart } from './oauth1.ts';

export interface CallOptions {
  /** Becomes a JSON body; a form or a blob is sent as it is. */
  readonly body?: object | FormData | URLSearchParams | Blob;
  /** Instead of fresh and right ones. */
  readonly oauth?: Readonly<Record<string, string>>;
  /** Left out of the header. */
  readonly without?: string;
  /** Whose token signs, null for none; default the bot's. */
  readonly as?: { readonly token: string; readonly secret: string } | null;
  /** Shown as an OAuth 2.0 or app-only token; nothing is signed then. */
  readonly bearer?: string;
}

const botToken = {
  token: sandboxSecrets.TWITTER_ACCESS_TOKEN,
  secret: sandboxSecrets.TWITTER_ACCESS_TOKEN_SECRET,
};

/** A request to `api.x.com` signed as the bot or as told, for the sandbox's own tests. */
export async function signedRequest(
  world: World,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Request> {
  const { body, as: signer = botToken } = options;
  const isOwnType =
    body instanceof FormData || body instanceof URLSearchParams || body instanceof Blob;
  const unsigned = new Request(`https://api.x.com${path}`, {
    method,
    ...(body && { body: isOwnType ? body : JSON.stringify(body) }),
    ...(body && !isOwnType && { headers: { 'content-type': 'application/json' } }),
  });
  if (options.bearer !== undefined) {
    unsigned.headers.set('authorization', `Bearer ${options.bearer}`);
    return unsigned;
  }
  const part: SignedPart = {
    method,
    url: unsigned.url,
    contentType: unsigned.headers.get('content-type') ?? '',
    body: new Uint8Array(await unsigned.clone().arrayBuffer()),
  };
  const oauth = new Map(
    Object.entries({
      oauth_consumer_key: sandboxSecrets.TWITTER_API_KEY,
      oauth_nonce: crypto.randomUUID(),
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: String(Math.floor(world.clock.now() / 1000)),
      ...(signer ? { oauth_token: signer.token } : {}),
      oauth_version: '1.0',
      ...options.oauth,
    }),
  );
  if (!oauth.has('oauth_signature')) {
    const signature = await oauth1Signature(oauth, part, {
      consumerSecret: sandboxSecrets.TWITTER_API_SECRET,
      tokenSecret: signer?.secret ?? '',
    });
    oauth.set('oauth_signature', signature);
  }
  if (options.without !== undefined) oauth.delete(options.without);
  const pairs = [...oauth].map(([key, value]) => `${key}="${encodeURIComponent(value)}"`);
  const request = new Request(unsigned);
  request.headers.set('authorization', `OAuth ${pairs.join(', ')}`);
  return request;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  /** Null when the answer is no JSON. */
  readonly json: unknown;
  readonly text: string;
}

/** Calls the world's X, as the bot unless told otherwise, and reads the answer. */
export async function call(
  world: World,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Told> {
  return await read(await world.fetch(await signedRequest(world, method, path, options)));
}

/** An answer with its body. */
export async function read(response: Response): Promise<Told> {
  const { status, headers } = response;
  const text = await response.text();
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status, headers, text, json: isJson ? JSON.parse(text) : null };
}

/** Uploads a picture by one multipart call; gives the media id. */
export async function upload(
  world: World,
  bytes: Uint8Array,
  category = 'tweet_image',
): Promise<string> {
  const { json } = await call(world, 'POST', '/2/media/upload', {
    body: uploadForm(bytes, category),
  });
  return idIn(json);
}

export function uploadForm(bytes: Uint8Array, category: string): FormData {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)]), 'poster');
  form.set('media_category', category);
  return form;
}

/** An id in an answer, by its name. */
export function idIn(json: unknown, name = 'id'): string {
  const match = new RegExp(`"${name}":"(\\d+)"`).exec(JSON.stringify(json));
  if (!match?.[1]) throw new Error(`No ${name} in ${JSON.stringify(json)}`);
  return match[1];
}
