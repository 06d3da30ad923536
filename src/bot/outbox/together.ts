import type { Notice } from '../notice/notice.ts';

type TextNotice = Extract<Notice, { kind: 'text' }>;

/** Longer, nobody reads it in a chat; the newest answer stays. */
const MOST_CHARACTERS = 1500;

/**
 * Several replies that waited for the same person as one message: what they asked last decides, older
 * answers stand before it as far as there is room. A question of the bot's that was overtaken is
 * over, and the same answer is not said twice.
 *
 * @param notices the oldest first, at least one
 */
export function together(notices: readonly Notice[]): Notice {
  const newest = notices.at(-1);
  if (!newest) throw new RangeError('nothing to say');
  if (newest.kind !== 'text') return newest;
  const said = [newest];
  let length = newest.text.length;
  for (const older of notices.slice(0, -1).toReversed()) {
    if (older.kind !== 'text' || older.isQuestion) continue;
    if (said.some(({ text }) => text === older.text)) continue;
    length += older.text.length + 2;
    if (length > MOST_CHARACTERS) break;
    said.unshift(older);
  }
  return {
    ...newest,
    text: said.map(({ text }) => text).join('\n\n'),
    links: uniqueLinks(said),
  };
}

function uniqueLinks(notices: readonly TextNotice[]): TextNotice['links'] {
  const links = new Map(
    notices.flatMap((one) => one.links).map((link) => [JSON.stringify(link), link]),
  );
  return [...links.values()];
}
