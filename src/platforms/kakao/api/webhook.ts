import * as v from 'valibot';
import { isSameSecret } from '../../../lib/sameSecret.ts';

/** `referrerType` such as `UNLINK_FROM_APPS`; empty when Kakao did not tell. */
export interface KakaoUnlink {
  /** App user id. */
  readonly userId: string;
  readonly referrerType: string;
}

const unlinkSchema = v.object({
  user_id: v.union([
    v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
    v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.transform(String)),
  ]),
  referrer_type: v.fallback(v.pipe(v.string(), v.regex(/^[A-Z_]{1,50}$/)), ''),
});

/**
 * Whether `Authorization` holds the app's primary admin key, as Kakao's webhooks send it; tells in
 * the same time however alike they are. A blank admin key opens nothing. Source:
 * docs/platforms/kakao.md, Webhooks.
 */
export async function isAdminKey(authorization: string | null, adminKey: string): Promise<boolean> {
  const [, key] = /^KakaoAK (.+)$/.exec(authorization ?? '') ?? [];
  return await isSameSecret(key, adminKey);
}

/**
 * Who ended the tie to the app, from the fields of an unlink webhook (query of a GET, body of a
 * POST); null when they name nobody. Source: docs/platforms/kakao.md, Webhooks.
 */
export function readUnlink(
  fields: URLSearchParams | Readonly<Record<string, unknown>>,
): KakaoUnlink | null {
  const plain = fields instanceof URLSearchParams ? Object.fromEntries(fields) : fields;
  const parsed = v.safeParse(unlinkSchema, plain);
  if (!parsed.success) return null;
  return { userId: parsed.output.user_id, referrerType: parsed.output.referrer_type };
}
