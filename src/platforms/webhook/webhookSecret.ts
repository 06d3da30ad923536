import { base64 } from '../../lib/encoding.ts';
import { derive, readTokenKeys } from '../../store/tokenKeys.ts';

/**
 * The secret that signs what is sent to one address (Standard Webhooks: `whsec_` and base64). It is
 * made of `TOKEN_KEY`, so that nothing has to be stored; a new key makes new secrets.
 *
 * @returns `null` when `TOKEN_KEY` is missing or unusable
 */
export async function webhookSecret(tokenKeys: string, url: string): Promise<string | null> {
  const read = await readTokenKeys(tokenKeys);
  if (!read.ok) return null;
  return `whsec_${base64(await derive(read.value[0].material, `webhook ${url}`))}`;
}
