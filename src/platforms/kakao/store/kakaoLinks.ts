/**
 * Uses a link up.
 *
 * @param nonce the number in the link
 * @param expiresAt until when the link would work, epoch milliseconds; then it is forgotten
 * @returns false when it was used before
 */
export async function claimKakaoLink(
  db: D1Database,
  nonce: string,
  expiresAt: number,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO kakao_links (nonce, expires_at) VALUES (?1, ?2) ON CONFLICT (nonce) DO NOTHING`,
    )
    .bind(nonce, expiresAt)
    .run();
  return meta.changes === 1;
}

export async function isKakaoLinkUsed(db: D1Database, nonce: string): Promise<boolean> {
  const found = db.prepare(`SELECT 1 FROM kakao_links WHERE nonce = ?1`).bind(nonce);
  return (await found.first()) !== null;
}

/** Forgets links that do not work any more by their age. */
export async function forgetKakaoLinks(db: D1Database, now: number): Promise<number> {
  const { meta } = await db
    .prepare(`DELETE FROM kakao_links WHERE expires_at <= ?1`)
    .bind(now)
    .run();
  return meta.changes;
}
