import * as v from 'valibot';
import { utf8 } from '../../../lib/encoding.ts';
import { isBranchName } from './addresses.ts';
import { notesOfMarkdown } from './notes.ts';
import { instantSchema } from './queries.ts';
import type { Release } from './types.ts';

/**
 * What a delivery says happened. Of releases all is said; of everything else it is a hint to go and
 * look, and of what is gone for good a word that one look is enough.
 */
export type GitHubDelivery =
  | { readonly kind: 'ping' }
  | { readonly kind: 'push'; readonly repositoryId: number; readonly branch: string }
  /** A branch is new, or gone. */
  | {
      readonly kind: 'create' | 'delete';
      readonly repositoryId: number;
      readonly branch: string;
    }
  /** A tag is new. */
  | { readonly kind: 'tag'; readonly repositoryId: number }
  | { readonly kind: 'release'; readonly repositoryId: number; readonly release: Release }
  /** Renamed, transferred, archived and the like; `isGone`: deleted, or made private. */
  | { readonly kind: 'repository'; readonly repositoryId: number; readonly isGone: boolean };

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;
const BRANCH = 'refs/heads/';

const repository = v.object({
  id: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  private: v.optional(v.boolean(), false),
});
const pushSchema = v.object({ ref: v.string(), deleted: v.boolean(), repository });
const refSchema = v.object({ ref: v.string(), ref_type: v.string(), repository });
const actionSchema = v.object({ action: v.string(), repository });
const releaseSchema = v.object({
  action: v.string(),
  repository,
  release: v.object({
    node_id: v.string(),
    tag_name: v.string(),
    name: v.nullish(v.string()),
    body: v.nullish(v.string()),
    draft: v.boolean(),
    prerelease: v.boolean(),
    published_at: v.nullable(instantSchema),
    html_url: v.pipe(v.string(), v.url()),
  }),
});

/** Publications: `released` alone says that a pre-release was promoted. */
const PUBLISHED = new Set(['published', 'released', 'prereleased']);
const GONE = new Set(['deleted', 'privatized']);

// A CryptoKey is immutable; importing one costs more than the HMAC itself.
const keys = new Map<string, Promise<CryptoKey>>();

/**
 * Whether a delivery was signed with our secret: HMAC-SHA256 over the raw body, header
 * `X-Hub-Signature-256` (GitHub docs, validating webhook deliveries); constant time. False when
 * anything is missing.
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
 * Reads a delivery's body (GitHub docs, webhook events and payloads). `null`: nothing to look at,
 * which includes events that nobody asked for.
 *
 * @param event header `X-GitHub-Event`
 */
export function readDelivery(event: string, body: unknown): GitHubDelivery | null {
  switch (event) {
    case 'ping':
      return { kind: 'ping' };
    case 'push':
      return readPush(body);
    case 'create':
    case 'delete':
      return readRef(event, body);
    case 'release':
      return readRelease(body);
    case 'repository': {
      const told = v.safeParse(actionSchema, body);
      if (!told.success) return null;
      const { action, repository: of } = told.output;
      return { kind: 'repository', repositoryId: of.id, isGone: GONE.has(action) };
    }
    default:
      return null;
  }
}

/** Of a branch that is gone `delete` tells; of a tag `create`. */
function readPush(body: unknown): GitHubDelivery | null {
  const push = v.safeParse(pushSchema, body);
  if (!push.success || push.output.deleted || !push.output.ref.startsWith(BRANCH)) return null;
  const branch = push.output.ref.slice(BRANCH.length);
  return isBranchName(branch)
    ? { kind: 'push', repositoryId: push.output.repository.id, branch }
    : null;
}

function readRef(event: 'create' | 'delete', body: unknown): GitHubDelivery | null {
  const told = v.safeParse(refSchema, body);
  if (!told.success) return null;
  const { ref, ref_type: type, repository: of } = told.output;
  if (type === 'branch' && isBranchName(ref)) {
    return { kind: event, repositoryId: of.id, branch: ref };
  }
  return type === 'tag' && event === 'create' ? { kind: 'tag', repositoryId: of.id } : null;
}

function readRelease(body: unknown): GitHubDelivery | null {
  const told = v.safeParse(releaseSchema, body);
  if (!told.success || !PUBLISHED.has(told.output.action)) return null;
  const { repository: of, release } = told.output;
  if (release.draft || release.published_at === null) return null;
  // Whose eyes what is private is for, a look tells.
  if (of.private) return { kind: 'repository', repositoryId: of.id, isGone: false };
  return {
    kind: 'release',
    repositoryId: of.id,
    release: {
      id: release.node_id,
      tag: release.tag_name,
      title: release.name?.trim() || release.tag_name,
      isPrerelease: release.prerelease,
      at: release.published_at,
      url: release.html_url,
      target: '',
      notes: notesOfMarkdown(release.body ?? ''),
    },
  };
}

function hmacKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const made = crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['verify']);
  keys.set(secret, made);
  return made;
}
