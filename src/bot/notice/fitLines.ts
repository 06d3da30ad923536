import { cutToFit } from '../../lib/graphemes.ts';

/**
 * As many whole lines as fit into `limit` UTF-16 units, an ellipsis in place of the others. A first
 * line that is too long by itself is cut at a grapheme.
 */
export function fitLines(lines: readonly string[], limit: number): string {
  const text = lines.join('\n');
  if (text.length <= limit) return text;
  // Room for the ellipsis and the line break before it.
  let room = limit - 1;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return end === 0
    ? cutToFit(text, limit, (value) => value.length)
    : [...lines.slice(0, end), '…'].join('\n');
}
