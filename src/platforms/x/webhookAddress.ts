import type { XSettings } from './settings.ts';

/**
 * Which of the app's secrets an address of the webhook answers CRC with. The CRC route reads no
 * storage, so that the address itself has to tell: `/webhook/twitter` goes by the settings, the
 * other two are pinned.
 */
export type Pin = 'auto' | 'client' | 'consumer';

type SecretSettings = Pick<XSettings, 'secrets' | 'secretKind'>;

const PATH = '/webhook/twitter';
const PINS: readonly Pin[] = ['auto', 'client', 'consumer'];

export function addressOf(origin: string, pin: Pin): string {
  return pin === 'auto' ? origin + PATH : `${origin}${PATH}/${pin}`;
}

/** The pin of one of our addresses; `null` for any other address. */
export function pinOf(origin: string, url: string): Pin | null {
  return PINS.find((pin) => addressOf(origin, pin) === url) ?? null;
}

/** The secret that answers CRC at an address; `null` when that secret is not set. */
export function secretBehind(
  { secrets, secretKind }: SecretSettings,
  pin: Pin,
): 'client' | 'consumer' | null {
  const wanted = pin === 'auto' ? secretKind : pin;
  const kind = wanted === 'auto' ? (secrets.client === undefined ? 'consumer' : 'client') : wanted;
  return secrets[kind] === undefined ? null : kind;
}

/** The pin of the app's other secret; `null` when there is none, or the owner chose the secret. */
export function otherPin(settings: SecretSettings, pin: Pin): Exclude<Pin, 'auto'> | null {
  if (settings.secretKind !== 'auto') return null;
  const used = secretBehind(settings, pin) ?? pin;
  const other = used === 'client' ? 'consumer' : 'client';
  return settings.secrets[other] === undefined ? null : other;
}
