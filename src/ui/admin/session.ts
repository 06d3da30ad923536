import * as v from 'valibot';
import { base64url, sha256Hex } from '../../lib/encoding.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/time.ts';
import {
  endSession,
  endSessions,
  listSessions,
  openSession,
  proveSession,
  type StoredSession,
  touchSession,
} from '../../store/ownerLogin.ts';
import type { Signer } from '../../store/sealed.ts';

const SESSION_MS = 12 * HOUR_MS;
export const SESSION_SECONDS = SESSION_MS / SECOND_MS;
/** What cannot be undone wants the password typed so short a time ago. */
const PROOF_MS = 15 * MINUTE_MS;

const FOREVER = Number.MAX_SAFE_INTEGER;

const sessionSchema = v.object({ id: v.string(), password: v.string() });

/** The owner, logged in. */
export interface Session {
  readonly id: string;
  /** What every form of this session has to carry. */
  readonly csrf: string;
  /** Whether the password was typed a short time ago. */
  readonly isProved: boolean;
}

/** A session in the list of them. */
export interface ListedSession extends StoredSession {
  /** Whether it is the one that asks. */
  readonly isThis: boolean;
}

export interface Sessions {
  /**
   * Begins a session; the value of its cookie.
   *
   * @param agent what the browser calls itself
   */
  start(agent: string): Promise<string>;
  /** The session of a cookie, or `null` when it is forged, over, idle, or of another password. */
  read(cookie: string): Promise<Session | null>;
  /** True when a form's token is this session's. */
  isOwnForm(session: Session, token: string): Promise<boolean>;
  /** The password was typed again in this session. */
  prove(session: Session): Promise<void>;
  list(session: Session): Promise<readonly ListedSession[]>;
  /** Ends one of the list. */
  end(id: string): Promise<void>;
  /** Logs the owner out, on every device. */
  endAll(): Promise<void>;
}

/** Sessions of whoever knows the password. A changed password or a new `TOKEN_KEY` ends them all. */
export function createSessions(
  runtime: Pick<Runtime, 'now' | 'randomBytes'>,
  db: D1Database,
  signer: Signer,
  password: string,
): Sessions {
  // Keyed, so that whoever gets hold of a cookie cannot try passwords against it.
  const passwordMark = async () =>
    (
      await sha256Hex(
        await signer.sign('admin-cookie', `password ${await sha256Hex(password)}`, FOREVER),
      )
    ).slice(0, 32);

  return {
    async start(agent) {
      const session = {
        id: base64url(runtime.randomBytes(16)),
        password: await passwordMark(),
      };
      const now = runtime.now();
      await openSession(db, { id: await sha256Hex(session.id), about: aboutOf(agent) }, now);
      return signer.sign('admin-cookie', JSON.stringify(session), now + SESSION_MS);
    },
    async read(cookie) {
      const verified = await signer.verify('admin-cookie', cookie);
      if (!verified.ok) return null;
      const parsed = v.safeParse(sessionSchema, jsonOf(verified.value.text));
      if (!parsed.success || parsed.output.password !== (await passwordMark())) return null;
      const { id } = parsed.output;
      const now = runtime.now();
      const stored = await touchSession(db, await sha256Hex(id), now);
      if (stored === null) return null;
      const csrf = await signer.sign('csrf', id, verified.value.expiresAt);
      return { id, csrf, isProved: now - stored.provedAt < PROOF_MS };
    },
    async isOwnForm(session, token) {
      const verified = await signer.verify('csrf', token);
      return verified.ok && verified.value.text === session.id;
    },
    async prove({ id }) {
      await proveSession(db, await sha256Hex(id), runtime.now());
    },
    async list({ id }) {
      const own = await sha256Hex(id);
      const sessions = await listSessions(db, runtime.now());
      return sessions.map((session) => ({ ...session, isThis: session.id === own }));
    },
    end: (id) => endSession(db, id),
    async endAll() {
      await endSessions(db).run();
    },
  };
}

const BROWSERS = ['Edg', 'OPR', 'SamsungBrowser', 'Whale', 'Firefox', 'Chrome', 'Safari'];
const SYSTEMS = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'];

/** Enough of what a browser calls itself to tell one's own apart. */
function aboutOf(agent: string): string {
  const first = (names: readonly string[]) => names.find((name) => agent.includes(name));
  const names = [
    first(BROWSERS)?.replace(/^Edg$/, 'Edge').replace(/^OPR$/, 'Opera'),
    first(SYSTEMS),
  ];
  return names.filter((name) => name !== undefined).join(', ');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a form was sent by one of our own pages, as the browser tells it: `Origin`, or
 * `Sec-Fetch-Site` from one that leaves `Origin` out. A browser that tells neither is refused.
 */
export function isSentByUs(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = request.headers.get('origin');
  return origin === null ? site !== null : origin === new URL(request.url).origin;
}
