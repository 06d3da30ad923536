import * as v from 'valibot';
import { base64, fromBase64url } from '../../../src/lib/encoding.ts';
import { utf8 } from '../bytes.ts';
import { randomToken } from '../x/random.ts';
import { isoTime, ownerJson } from './json.ts';
import { paged } from './pages.ts';
import { problem } from './problems.ts';

export interface Installation {
  readonly id: number;
  /** Full names of the repositories it may read though they are private. */
  readonly repositories: string[];
  /** Login of the account that installed it. */
  readonly account: string;
  isSuspended: boolean;
}

/** A GitHub App as its owner's settings have it. */
export interface App {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly slug: string;
  readonly installations: Installation[];
  /** Where its installations' events go; null for none. */
  readonly hook: {
    readonly url: string;
    readonly secret: string;
    readonly events: readonly string[];
  } | null;
  readonly setupUrl: string | null;
  readonly keys: () => Promise<CryptoKeyPair>;
  /** The key as the owner converted it: PKCS#8. */
  readonly privateKey: () => Promise<string>;
}

export type Apps = ReturnType<typeof createApps>;

const lifeMs = 3_600_000;
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

const headerSchema = v.object({ alg: v.literal('RS256') });
const claimsSchema = v.object({
  iat: v.number(),
  exp: v.number(),
  iss: v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
});
const undecodable = 'A JSON web token could not be decoded';

/** GitHub Apps: their keys, and tokens for their installations (docs/platforms/github.md, App). */
export function createApps(now: () => number) {
  const apps: App[] = [];
  const tokens = new Map<string, { installation: Installation; expiresAt: number }>();

  function add(made: Pick<App, 'id' | 'clientId' | 'name' | 'hook' | 'setupUrl'>): App {
    let pair: Promise<CryptoKeyPair> | null = null;
    const keys = () => {
      pair ??= makeKeys();
      return pair;
    };
    const slug = made.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const privateKey = async () => pemOf('PRIVATE KEY', await pkcs8Of(await keys()));
    const app: App = { ...made, slug, installations: [], keys, privateKey };
    apps.push(app);
    return app;
  }

  /** The app a JWT is of, or what is wrong with it. */
  async function appOf(request: Request): Promise<App | Response> {
    const jwt = /^bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const [head = '', body = '', sign = '', ...rest] = jwt.split('.');
    const header = v.safeParse(headerSchema, decoded(head));
    const claims = v.safeParse(claimsSchema, decoded(body));
    const signature = fromBase64url(sign);
    if (!header.success || !claims.success || !signature || rest.length > 0) {
      return problem(401, undecodable);
    }
    const { iat, exp, iss } = claims.output;
    const app = apps.find(({ id, clientId }) => iss === id || iss === clientId);
    if (!app) return problem(404, 'Integration not found');
    const { publicKey } = await app.keys();
    const signed = utf8(`${head}.${body}`);
    if (!(await crypto.subtle.verify(algorithm, publicKey, signature, signed))) {
      return problem(401, undecodable);
    }
    const seconds = now() / 1000;
    const wrong =
      iat > seconds + 30
        ? "'Issued at' claim ('iat') must be an Integer in the past"
        : exp <= seconds
          ? "'Expiration time' claim ('exp') must be in the future"
          : exp > seconds + 600
            ? "'Expiration time' claim ('exp') is too far in the future"
            : null;
    return wrong === null ? app : problem(401, wrong);
  }

  return {
    /** In the order they were made. */
    apps,
    add,

    /** Installs an app, or adds repositories to where it is installed. */
    install(app: App, account: string, repositories: readonly string[]): Installation {
      const known = app.installations.find((one) => one.account === account);
      const id = 5151 + apps.flatMap(({ installations }) => installations).length;
      const installation = known ?? { id, account, repositories: [], isSuspended: false };
      if (!known) app.installations.push(installation);
      installation.repositories.push(...repositories);
      return installation;
    },

    /** The owner deletes the app: its key, tokens and webhook are good for nothing. */
    remove(app: App): void {
      apps.splice(apps.indexOf(app), 1);
      for (const [token, { installation }] of tokens) {
        if (app.installations.includes(installation)) tokens.delete(token);
      }
    },

    /** The installation a token was made for; null when it is unknown, suspended or an hour old. */
    installationOf(token: string): Installation | null {
      const kept = tokens.get(token);
      const isGood = kept && now() < kept.expiresAt && !kept.installation.isSuspended;
      return isGood ? kept.installation : null;
    },

    /** `GET /app/installations`. */
    async list(request: Request): Promise<Response> {
      const app = await appOf(request);
      if (app instanceof Response) return app;
      return paged(request, app.installations, ({ id, account, isSuspended }) => ({
        id,
        account: ownerJson(account),
        app_id: Number(app.id),
        app_slug: app.slug,
        repository_selection: 'selected',
        permissions: { contents: 'read', metadata: 'read' },
        suspended_at: isSuspended ? isoTime(now()) : null,
      }));
    },

    /** `POST /app/installations/{id}/access_tokens`. */
    async createToken(request: Request, installationId: string): Promise<Response> {
      const app = await appOf(request);
      if (app instanceof Response) return app;
      const installation = app.installations.find((one) => String(one.id) === installationId);
      if (!installation) return problem(404, 'Not Found');
      if (installation.isSuspended) return problem(403, 'This installation has been suspended');
      // New tokens are stateless and far longer than 40 characters.
      const token = `ghs_${app.id}_${randomToken(240)}`;
      const expiresAt = Math.floor((now() + lifeMs) / 1000) * 1000;
      tokens.set(token, { installation, expiresAt });
      const permissions = { contents: 'read', metadata: 'read' };
      const body = { token, expires_at: isoTime(expiresAt), permissions };
      return Response.json({ ...body, repository_selection: 'selected' }, { status: 201 });
    },
  };
}

/** The private key as GitHub hands it out: PKCS#1. */
export async function handedOutKey({ keys }: Pick<App, 'keys'>): Promise<string> {
  // The envelope of PKCS#8 is 26 bytes long around a key of this size.
  return pemOf('RSA PRIVATE KEY', (await pkcs8Of(await keys())).slice(26));
}

async function pkcs8Of({ privateKey }: CryptoKeyPair): Promise<ArrayBuffer> {
  const bytes = await crypto.subtle.exportKey('pkcs8', privateKey);
  if (!(bytes instanceof ArrayBuffer)) throw new Error('A PKCS#8 key is bytes.');
  return bytes;
}

function pemOf(kind: string, der: ArrayBuffer): string {
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`;
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
