import * as v from 'valibot';
import { base64, fromBase64url } from '../../../src/lib/encoding.ts';
import { utf8 } from '../bytes.ts';
import { randomToken } from '../x/random.ts';
import { isoTime } from './json.ts';
import { problem } from './problems.ts';

export interface Installation {
  readonly id: number;
  /** Full names of the repositories it may read though they are private. */
  readonly repositories: string[];
}

export type App = ReturnType<typeof createApp>;

const lifeMs = 3_600_000;
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

const headerSchema = v.object({ alg: v.literal('RS256') });
const claimsSchema = v.object({
  iat: v.number(),
  exp: v.number(),
  iss: v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
});

/** A GitHub App: its key, and tokens for its installations (docs/platforms/github.md, App). */
export function createApp(now: () => number) {
  const id = '424242';
  const clientId = 'Iv1.sandboxclientid';
  const installations: Installation[] = [{ id: 5151, repositories: [] }];
  const tokens = new Map<string, { installation: Installation; expiresAt: number }>();
  let pair: Promise<CryptoKeyPair> | null = null;

  function keys(): Promise<CryptoKeyPair> {
    pair ??= makeKeys();
    return pair;
  }

  /** What is wrong with a JWT of the app, or null. */
  async function jwtProblem(jwt: string): Promise<string | null> {
    const [head = '', body = '', sign = '', ...rest] = jwt.split('.');
    const header = v.safeParse(headerSchema, decoded(head));
    const claims = v.safeParse(claimsSchema, decoded(body));
    const signature = fromBase64url(sign);
    const undecodable = 'A JSON web token could not be decoded';
    if (!header.success || !claims.success || !signature || rest.length > 0) return undecodable;
    const { publicKey } = await keys();
    const signed = utf8(`${head}.${body}`);
    if (!(await crypto.subtle.verify(algorithm, publicKey, signature, signed))) return undecodable;
    const { iat, exp, iss } = claims.output;
    const seconds = now() / 1000;
    if (iss !== id && iss !== clientId) return 'Integration not found';
    if (iat > seconds + 30) return "'Issued at' claim ('iat') must be an Integer in the past";
    if (exp <= seconds) return "'Expiration time' claim ('exp') must be in the future";
    if (exp > seconds + 600) return "'Expiration time' claim ('exp') is too far in the future";
    return null;
  }

  return {
    id,
    clientId,
    installations,

    /** The private key the owner downloaded, converted to PKCS#8. */
    async privateKey(): Promise<string> {
      const bytes = await crypto.subtle.exportKey('pkcs8', (await keys()).privateKey);
      if (!(bytes instanceof ArrayBuffer)) throw new Error('A PKCS#8 key is bytes.');
      const lines = base64(bytes).match(/.{1,64}/g) ?? [];
      return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
    },

    /** The installation a token was made for; null when it is unknown or an hour old. */
    installationOf(token: string): Installation | null {
      const kept = tokens.get(token);
      return kept && now() < kept.expiresAt ? kept.installation : null;
    },

    /** `POST /app/installations/{id}/access_tokens`. */
    async createToken(request: Request, installationId: string): Promise<Response> {
      const jwt = /^bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      if (jwt === undefined) return problem(401, 'A JSON web token could not be decoded');
      const wrong = await jwtProblem(jwt);
      if (wrong === 'Integration not found') return problem(404, wrong);
      if (wrong !== null) return problem(401, wrong);
      const installation = installations.find((one) => String(one.id) === installationId);
      if (!installation) return problem(404, 'Not Found');
      // New tokens are stateless and far longer than 40 characters.
      const token = `ghs_${id}_${randomToken(240)}`;
      const expiresAt = Math.floor((now() + lifeMs) / 1000) * 1000;
      tokens.set(token, { installation, expiresAt });
      const permissions = { contents: 'read', metadata: 'read' };
      const body = { token, expires_at: isoTime(expiresAt), permissions };
      return Response.json({ ...body, repository_selection: 'selected' }, { status: 201 });
    },
  };
}

async function makeKeys(): Promise<CryptoKeyPair> {
  const publicExponent = new Uint8Array([1, 0, 1]);
  const wanted = { ...algorithm, modulusLength: 2048, publicExponent };
  const made = await crypto.subtle.generateKey(wanted, true, ['sign', 'verify']);
  if (!('privateKey' in made)) throw new Error('RSA keys come in pairs.');
  return made;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(fromBase64url(part) ?? new Uint8Array()));
  } catch {
    return null;
  }
}
