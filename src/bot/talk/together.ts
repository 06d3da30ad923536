import * as v from 'valibot';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { suggestionsIn } from './hint.ts';
import { talkTexts } from './talkTexts.ts';
import type { Kept, Reply } from './types.ts';

/** Id of the intent that takes things back, two that were done in one breath too. */
export const UNDO_ID = 'undo';

const several = v.array(v.object({ intent: v.string(), data: v.unknown() }));

/** Two answers as one: what was done first, and what was done then. */
export function together(first: Reply, then: Reply, between = '\n\n'): Reply {
  const undos = [first.undo, then.undo].filter((one) => one !== undefined);
  return {
    ...then,
    text: `${first.text}${between}${then.text}`,
    links: [...(first.links ?? []), ...(then.links ?? [])],
    writes: [...(first.writes ?? []), ...(then.writes ?? [])],
    after: async () => {
      await first.after?.();
      await then.after?.();
    },
    ...undoOf(undos),
  };
}

/** How several changes are taken back at once: the last one first. */
export function undoOf(undos: readonly Kept[]): Pick<Reply, 'undo'> {
  const [only, ...others] = undos;
  if (only === undefined) return {};
  return { undo: others.length === 0 ? only : { intent: UNDO_ID, data: undos } };
}

/** Takes back what {@link together} put into one. */
export async function takeBackSeveral(bot: Bot, person: Person, data: unknown): Promise<Reply> {
  let all: Reply | null = null;
  for (const { intent, data: its } of v.parse(several, data).toReversed()) {
    const author = bot.talk.intents.find(({ id }) => id === intent);
    const back: Reply | undefined = await author?.takeBack?.(bot, all?.person ?? person, its);
    // Half of it could not be done again.
    if (back) all = withoutUndo(all === null ? back : together(all, back, '\n'));
  }
  return all ?? nothingToUndo(bot, person);
}

function withoutUndo({ undo: _undo, ...reply }: Reply): Reply {
  return reply;
}

/** There is nothing, or not any more. */
export function nothingToUndo(bot: Bot, person: Person): Reply {
  const { language } = person;
  return {
    text: talkTexts.nothingToUndo[language](),
    suggestions: suggestionsIn(bot, language),
    person,
  };
}
