import * as v from 'valibot';
import { utf8 } from '../../../lib/encoding.ts';
import { isBranchName } from './branchName.ts';

/** What a delivery says happened; each is only a hint to go and look. */
export type GitHubDelivery =
  | { readonly kind: 'ping' }
  | { readonly kind: 'push'; readonly repositoryId: number; readonly branch: string }
  | { readonly kind: 'release'; readonly repositoryId: number }
  /** Renamed, transferred, deleted, made private and the like. */
  | { readonly kind: 'repository'; readonly repositoryId: number };

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
const BRANCH = 'refs/heads/';

const repository = v.object({ id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) });
const pushSchema = v.object({ ref: v.string(), deleted: v.boolean(), repository });
const actionSchema = v.object({ action: v.string(), repository });

// A CryptoKey is immutable; importing one costs more than the HMAC itself.
const keys = new Map<string, Promise<CryptoKey>>();

/**
 * Whether a delivery was signed with our secret: HMAC-SHA256 over the raw body, header
 * `X-Hub-Signature-256` (docs/platforms/github.md, Webhooks); constant time. False when anything is
 * missing.
 *
 * @param secret as set at the webhook; a blank one makes every delivery wrong
 */
export async function verifyGitHubSignature(
  secret: string,
  headers: Headers,
  body: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const claimed = SIGNATURE.exec(headers.get('x-hub-signature-256') ?? '')?.[1];
  if (claimed === undefined || secret.trim() === '') return false;
  const mac = Uint8Array.from({ length: 32 }, (_, index) =>
    Number.parseInt(claimed.slice(index * 2, index * 2 + 2), 16),
  );
  return crypto.subtle.verify('HMAC', await hmacKey(secret), mac, body);
}

/**
 * Reads a delivery's body (docs/platforms/github.md, Webhooks). `null`: nothing to look at, which
 * includes tags (their release, if there is one, comes a little later), deleted branches (only
 * three misses in a row are believed), and events that nobody asked for.
 *
 * @param event header `X-GitHub-Event`
 */
export function readDelivery(event: string, body: unknown): GitHubDelivery | null {
  if (event === 'ping') return { kind: 'ping' };
  if (event === 'push') {
    const push = v.safeParse(pushSchema, body);
    if (!push.success || push.output.deleted || !push.output.ref.startsWith(BRANCH)) return null;
    const branch = push.output.ref.slice(BRANCH.length);
    const repositoryId = push.output.repository.id;
    return isBranchName(branch) ? { kind: 'push', repositoryId, branch } : null;
  }
  if (event !== 'release' && event !== 'repository') return null;
  const told = v.safeParse(actionSchema, body);
  if (!told.success) return null;
  const { action } = told.output;
  if (event === 'release' && action !== 'published' && action !== 'released') return null;
  return { kind: event, repositoryId: told.output.repository.id };
}

function hmacKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const made = crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['verify']);
  keys.set(secret, made);
  return made;
}
