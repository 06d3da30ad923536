import * as v from 'valibot';
import { base64url, utf8 } from '../../../lib/encoding.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { ask, headersOf, readAnswer } from './call.ts';
import { createGitHubClient, type GitHubClient } from './client.ts';
import { type GitHubRefusal, type GitHubResult, refused } from './failure.ts';
import { instantSchema } from './queries.ts';

/** A GitHub App, and the installation it acts for. */
export interface GitHubApp {
  readonly appId: string;
  /** PEM: PKCS#1 as GitHub hands it out, or PKCS#8. */
  readonly privateKey: string;
  readonly installationId: string;
}

export interface InstallationTokenOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  readonly app: GitHubApp;
  /** Who runs the bot: goes into the User-Agent. */
  readonly contact: string;
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

/**
 * A token with which the app reads what its installation may (docs/platforms/github.md, App).
 * `unauthorized`: the key or the app's id is wrong, or the app is not installed there.
 */
export async function installationToken({
  runtime,
  apiUrl,
  app,
  contact,
}: InstallationTokenOptions): Promise<GitHubResult<InstallationToken>> {
  if (!/^\d{1,20}$/.test(app.installationId)) {
    return refused('invalid', 'the installation id is not a number');
  }
  const jwt = await signedJwt(app, runtime.now());
  if (!jwt.ok) return jwt;
  const url = `${apiUrl}/app/installations/${app.installationId}/access_tokens`;
  const init = { method: 'POST', headers: headersOf(contact, jwt.value) };
  const told = readAnswer(tokenSchema, await ask(runtime, new Request(url, init)), runtime.now());
  if (!told.ok) {
    // Not to be mistaken for a repository that is not found.
    return told.reason === 'not-found' ? { ...told, reason: 'unauthorized' } : told;
  }
  return { ok: true, value: { token: told.value.token, expiresAt: told.value.expires_at } };
}

/** JWT (RFC 7519) for ten minutes at most; its start lies back a minute for clocks that differ. */
async function signedJwt(app: GitHubApp, nowMs: number): Promise<GitHubResult<string>> {
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

interface GitHubSourceOptions {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  /** Who runs the bot: goes into the User-Agent. */
  readonly contact: string;
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
