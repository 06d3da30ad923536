import { SECOND_MS } from '../../../src/lib/time.ts';
import { hotp } from '../../../src/pages/admin/secondFactor.ts';
import type { Browser, Desk } from './desk.ts';

const STEP_MS = 30 * SECOND_MS;

/** What the owner's authenticator app does. */
export interface App {
  /** Six digits as the app shows them now, or some steps of half a minute later. */
  code(later?: number): Promise<string>;
}

/** The owner switches the second factor on. */
export async function turnOn({ harness }: Pick<Desk, 'harness'>, owner: Browser): Promise<App> {
  const page = await (await owner.submit('/admin/security/factor/begin')).text();
  const [, letters = ''] = /<code>([A-Z2-7]{32})<\/code>/.exec(page) ?? [];
  const secret = bytesOf(letters);
  const code = (later = 0) => hotp(secret, Math.floor(harness.world.clock.now() / STEP_MS) + later);
  await owner.submit('/admin/security/factor/on', { code: await code() });
  return { code };
}

/** Bytes of a secret as authenticator apps take it. */
function bytesOf(letters: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(letters)
    .map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    .join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
