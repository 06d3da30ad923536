import * as v from 'valibot';
import { base64url, utf8 } from '../../../lib/encoding.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { type GitHubRefusal, type GitHubResult, refused } from './answer.ts';
import { ask, headersOf, readAnswer } from './call.ts';
import { createGitHubClient, type GitHubClient } from './client.ts';
import { instantSchema } from './queries.ts';

/** What a GitHub App shows itself by. */
export interface AppKey {
  readonly appId: string;
  /** PEM: PKCS#1 as GitHub hands it out, or PKCS#8. */
  readonly privateKey: string;
}

/** A GitHub App, and the installation it acts for. */
export interface GitHubApp extends AppKey {
  readonly installationId: string;
}

interface ApiOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  /** Who runs the bot: goes into the User-Agent. */
  readonly contact: string;
}

export interface InstallationTokenOptions extends ApiOptions {
  readonly app: GitHubApp;
}

/** Opaque and of any length. */
export interface InstallationToken {
  readonly token: string;
  /** Epoch milliseconds, an hour ahead. */
  readonly expiresAt: number;
}

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const PEM =
  /-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END (?:RSA )?PRIVATE KEY-----/;

const tokenSchema = v.object({
  token: v.pipe(v.string(), v.nonEmpty()),
  expires_at: instantSchema,
});

const installationsSchema = v.array(
  v.object({
    id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    account: v.nullable(v.object({ login: v.optional(v.string(), '') })),
    suspended_at: v.nullish(v.string()),
  }),
);

const madeSchema = v.object({
  id: v.pipe(v.number(), v.safeInteger(), v.transform(String)),
  name: v.string(),
  html_url: v.pipe(v.string(), v.url()),
  pem: v.pipe(v.string(), v.regex(PEM)),
  webhook_secret: v.nullish(v.string()),
});

/** A GitHub App that was made by its manifest. */
export interface MadeByManifest extends AppKey {
  readonly name: string;
  /** Path of its page at GitHub; `/installations/new` under it installs it. */
  readonly path: string;
  readonly webhookSecret: string | null;
}

/** Where an app is installed, and may be used now. */
export interface Installation {
  readonly id: string;
  /** Login of the account; may be blank. */
  readonly account: string;
}

/**
 * Fetches what GitHub made of a manifest (docs/platforms/github.md, App): each code gives it once,
 * within an hour. `not-found`: this one is used up or over.
 *
 * @param code as GitHub's page brought it back
 */
export async function convertManifest(
  { runtime, apiUrl, contact }: ApiOptions,
  code: string,
): Promise<GitHubResult<MadeByManifest>> {
  const url = `${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`;
  const init = { method: 'POST', headers: headersOf(contact, null) };
  const told = readAnswer(madeSchema, await ask(runtime, new Request(url, init)), runtime.now());
  if (!told.ok) return told;
  const { id, name, html_url, pem, webhook_secret } = told.value;
  return {
    ok: true,
    value: {
      appId: id,
      privateKey: pem,
      name,
      path: new URL(html_url).pathname,
      webhookSecret: webhook_secret ?? null,
    },
  };
}

/** Where an app is installed, at most a hundred; those that are suspended are left out. */
export async function installationsOf(
  options: ApiOptions,
  app: AppKey,
): Promise<GitHubResult<readonly Installation[]>> {
  const told = await askAsApp(options, app, installationsSchema, {
    path: '/app/installations?per_page=100',
    method: 'GET',
  });
  if (!told.ok) return told;
  const value = told.value
    .filter(({ suspended_at: since }) => (since ?? null) === null)
    .map(({ id, account }) => ({ id: String(id), account: account?.login ?? '' }));
  return { ok: true, value };
}

/**
 * A token with which the app reads what its installation may (docs/platforms/github.md, App).
 * `unauthorized`: the key or the app's id is wrong, or the app is not installed there.
 */
export async function installationToken({
  app,
  ...options
}: InstallationTokenOptions): Promise<GitHubResult<InstallationToken>> {
  if (!/^\d{1,20}$/.test(app.installationId)) {
    return refused('invalid', 'the installation id is not a number');
  }
  const path = `/app/installations/${app.installationId}/access_tokens`;
  const told = await askAsApp(options, app, tokenSchema, { path, method: 'POST' });
  if (!told.ok) return told;
  return { ok: true, value: { token: told.value.token, expiresAt: told.value.expires_at } };
}

async function askAsApp<Schema extends v.GenericSchema>(
  { runtime, apiUrl, contact }: ApiOptions,
  app: AppKey,
  schema: Schema,
  { path, method }: { readonly path: string; readonly method: 'GET' | 'POST' },
): Promise<GitHubResult<v.InferOutput<Schema>>> {
  const jwt = await signedJwt(app, runtime.now());
  if (!jwt.ok) return jwt;
  const init = { method, headers: headersOf(contact, jwt.value) };
  const told = readAnswer(
    schema,
    await ask(runtime, new Request(apiUrl + path, init)),
    runtime.now(),
  );
  // Not to be mistaken for a repository that is not found.
  return !told.ok && told.reason === 'not-found' ? { ...told, reason: 'unauthorized' } : told;
}

/** JWT (RFC 7519) for ten minutes at most; its start lies back a minute for clocks that differ. */
async function signedJwt(app: AppKey, nowMs: number): Promise<GitHubResult<string>> {
  const key = await importKey(app.privateKey);
  if ('ok' in key) return key;
  const claims = {
    iat: Math.floor((nowMs - MINUTE_MS) / SECOND_MS),
    exp: Math.floor((nowMs + 9 * MINUTE_MS) / SECOND_MS),
    iss: app.appId,
  };
  const [header, payload] = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    base64url(utf8(JSON.stringify(part))),
  );
  const text = `${header}.${payload}`;
  const signature = await crypto.subtle.sign(RS256.name, key, utf8(text));
  return { ok: true, value: `${text}.${base64url(signature)}` };
}

async function importKey(pem: string): Promise<CryptoKey | GitHubRefusal> {
  // In a setting of one line the ends of lines are often written out.
  const [, isPkcs1, body] = PEM.exec(pem.replaceAll('\\n', '\n')) ?? [];
  if (body === undefined) return refused('unauthorized', 'the private key is not PEM');
  try {
    const der = Uint8Array.from(atob(body.replace(/\s/g, '')), (byte) => byte.charCodeAt(0));
    const key = isPkcs1 === undefined ? der : pkcs8Of(der);
    return await crypto.subtle.importKey('pkcs8', key, RS256, false, ['sign']);
  } catch {
    return refused('unauthorized', 'the private key cannot be read: copy the whole file again');
  }
}

/** Version 0, algorithm rsaEncryption without parameters (RFC 5208, RFC 8017 appendix A.1). */
const RSA = [
  0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
].concat([0x01, 0x01, 0x05, 0x00]);

/**
 * A PKCS#1 key, which GitHub hands out, in the envelope of PKCS#8, which is all that Web Crypto
 * reads.
 */
function pkcs8Of(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  const octets = [0x04, ...lengthOf(pkcs1.length)];
  const inside = RSA.length + octets.length + pkcs1.length;
  return Uint8Array.from([0x30, ...lengthOf(inside), ...RSA, ...octets, ...pkcs1]);
}

/** A length in DER (X.690 section 8.1.3). */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes = [length >>> 16, length >>> 8, length].map((part) => part & 0xff);
  const used = bytes.slice(bytes.findIndex((byte) => byte > 0));
  return [0x80 | used.length, ...used];
}

interface GitHubSourceOptions extends ApiOptions {
  /** A personal access token. */
  readonly token: string | null;
  /** Takes the place of the token. */
  readonly app: GitHubApp | null;
  /** Looked at before each call: false holds it back. */
  readonly mayAsk?: () => Promise<boolean>;
}

/**
 * GitHub for one invocation: as an app where there is one (its token is minted at the first call,
 * once), else with the owner's token. Without either every call is `unauthorized`.
 */
export function createGitHubSource(options: GitHubSourceOptions): GitHubClient {
  const { runtime, apiUrl, contact, token, app, mayAsk } = options;
  let minted: Promise<GitHubResult<string>> | null = null;
  return createGitHubClient({
    runtime,
    apiUrl,
    contact,
    token: async () => {
      if (mayAsk && !(await mayAsk())) return refused('held-back', 'asked too often');
      if (app !== null) {
        minted ??= mint({ runtime, apiUrl, contact, app });
        return minted;
      }
      return token === null
        ? refused('unauthorized', 'no token is set')
        : { ok: true, value: token };
    },
  });
}

async function mint(options: InstallationTokenOptions): Promise<GitHubResult<string>> {
  const made = await installationToken(options);
  return made.ok ? { ok: true, value: made.value.token } : made;
}
