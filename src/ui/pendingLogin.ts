import * as v from 'valibot';
import type { Runtime } from '../lib/runtime.ts';
import { MINUTE_MS } from '../lib/time.ts';
import type { Sealer } from '../store/sealed.ts';

const LOGIN_MS = 10 * MINUTE_MS;
/** The cookie outlives the login, so that a late return is told as late and not as foreign. */
export const PENDING_SECONDS = 30 * 60;

const schema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ pending: v.string(), expiresAt: v.number() }),
);

/** Seals a begun login for one session's browser; nobody else can open or use it. */
export async function sealPending(
  sealer: Sealer,
  runtime: Pick<Runtime, 'now'>,
  sessionId: string,
  pending: string,
): Promise<string> {
  const expiresAt = runtime.now() + LOGIN_MS;
  return sealer.seal(nameOf(sessionId), JSON.stringify({ pending, expiresAt }));
}

/** The login a browser began, or why there is none. */
export async function openPending(
  sealer: Sealer,
  runtime: Pick<Runtime, 'now'>,
  sessionId: string,
  sealed: string,
): Promise<{ ok: true; pending: string } | { ok: false; reason: 'expired' | 'not-this-browser' }> {
  const opened = await sealer.open(nameOf(sessionId), sealed);
  const parsed = v.safeParse(schema, opened.ok ? opened.value : '');
  if (!parsed.success) return { ok: false, reason: 'not-this-browser' };
  const { pending, expiresAt } = parsed.output;
  return runtime.now() < expiresAt ? { ok: true, pending } : { ok: false, reason: 'expired' };
}

function nameOf(sessionId: string): string {
  return `pending login of ${sessionId}`;
}
