import { utf8 } from './encoding.ts';

/**
 * Whether what a caller showed is a secret of ours, told in the same time however alike they are. A
 * missing or blank one on either side lets nobody in.
 */
export async function isSameSecret(
  shown: string | null | undefined,
  secret: string | null,
): Promise<boolean> {
  if (!shown?.trim() || !secret?.trim()) return false;
  const [left, right] = await Promise.all(
    [shown, secret].map((text) => crypto.subtle.digest('SHA-256', utf8(text))),
  );
  return left !== undefined && right !== undefined && crypto.subtle.timingSafeEqual(left, right);
}
