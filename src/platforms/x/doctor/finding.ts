import { sha256Hex } from '../../../lib/encoding.ts';
import type { Text } from '../../../lib/text.ts';

/** One thing looked at. Never a secret's value. */
export interface Finding extends Text {
  /** Stable, such as `consumer-keys` or `webhook`; with `:<account id>` when about one account. */
  readonly id: string;
  /** `off`: not set up, and that is fine. */
  readonly state: 'ok' | 'warn' | 'bad' | 'off';
  /** What to do about it; `null` when there is nothing to do. */
  readonly todo: Text | null;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Tells two values of a secret apart and nothing else: the first 4 digits of its SHA-256. */
export async function fingerprint(secret: string): Promise<string> {
  return (await sha256Hex(secret)).slice(0, 4);
}

/** Where the app's keys are found and renewed. */
export const KEYS_PAGE = 'developer.x.com > Keys and tokens';

/** What to do about a secret that is missing or wrong. */
export function setSecret(...names: string[]): Text {
  const list = names.join(', ');
  return {
    ko: `${KEYS_PAGE}에서 값을 다시 확인하고 npx wrangler secret put으로 넣어 주세요: ${list}`,
    en: `Look the value up at ${KEYS_PAGE} and set it with npx wrangler secret put: ${list}`,
  };
}
