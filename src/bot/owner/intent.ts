import type { Intent } from '../talk/types.ts';
import { claimOwner, leaveOwner } from './claim.ts';

/** `주인 <code>`: this chat is the owner's; `주인 그만`: it is no longer. */
export const owner: Intent = {
  id: 'owner',
  patterns: [/^(?:주인|owner)\s+(?<code>\S+)$/],
  reply: async (bot, person, match) => {
    const code = match.groups?.['code'] ?? '';
    const text = /^(?:그만|off|stop)$/.test(code)
      ? await leaveOwner(bot, person)
      : await claimOwner(bot, person, code);
    return { text, suggestions: [], person };
  },
};
