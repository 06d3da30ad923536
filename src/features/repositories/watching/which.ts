import { nicknameKey } from '../../../store/watchLimits.ts';
import type { Watch } from '../store/watches.ts';

/**
 * The watch a person means: by its number in the list (from 1) or by its nickname. What stands
 * behind it is returned as `rest`, so that `설정 내 저장소 매일 9시` needs no quotes.
 */
export function whichWatch(
  watches: readonly Watch[],
  words: string,
): { readonly watch: Watch; readonly rest: string } | null {
  const [, digits, after = ''] = /^(\d{1,3})\s*(?:번)?(?:\s+(.*))?$/s.exec(words.trim()) ?? [];
  if (digits !== undefined) {
    const watch = watches[Number(digits) - 1];
    return watch ? { watch, rest: after.trim() } : null;
  }
  const tokens = words.trim().split(/\s+/);
  for (let count = tokens.length; count > 0; count--) {
    const key = nicknameKey(tokens.slice(0, count).join(' '));
    const watch = watches.find(({ nickname }) => nicknameKey(nickname) === key);
    if (watch) return { watch, rest: tokens.slice(count).join(' ') };
  }
  return null;
}
