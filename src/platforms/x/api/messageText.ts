import * as v from 'valibot';

/**
 * The links of a text: X puts `https://t.co/...` in place of every address, also of a bare
 * `github.com/hana/app`, and says beside it what stood there. v1.1 has `indices`, v2 `start` and
 * `end`; both count code points.
 */
export const linkEntities = v.fallback(
  v.array(
    v.looseObject({
      url: v.string(),
      expanded_url: v.fallback(v.optional(v.string()), undefined),
      indices: v.fallback(v.optional(v.tuple([v.number(), v.number()])), undefined),
      start: v.fallback(v.optional(v.number()), undefined),
      end: v.fallback(v.optional(v.number()), undefined),
    }),
  ),
  [],
);
type LinkEntity = v.InferOutput<typeof linkEntities>[number];

// X API v1.1 escapes these three in texts; whether v2 does for DMs is not documented.
const ESCAPED: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Pictures and posts that were sent along: X adds a link to each at the end of the text. */
const OWN_LINK = /^https?:\/\/(?:www\.|mobile\.)?(?:pic\.)?(?:twitter|x)\.com\//i;

/** A text as its writer wrote it: with the addresses themselves, without what X added. */
export function messageText(text: string, links: readonly LinkEntity[]): string {
  let points = Array.from(text);
  // From the end, so that the places of those before stay right.
  const placed = links.toSorted((one, other) => startOf(other) - startOf(one));
  for (const { url, expanded_url: address, ...place } of placed) {
    if (address === undefined) continue;
    const letters = Array.from(url);
    const start = placeOf(points, letters, startOf(place));
    if (start < 0) continue;
    const written = OWN_LINK.test(address) ? [] : Array.from(address);
    points = [...points.slice(0, start), ...written, ...points.slice(start + letters.length)];
  }
  return points
    .join('')
    .replace(/&(?:lt|gt|amp);/g, (entity) => ESCAPED[entity] ?? entity)
    .trimEnd();
}

function startOf({ indices, start }: Pick<LinkEntity, 'indices' | 'start'>): number {
  return indices?.[0] ?? start ?? -1;
}

/** Where a link stands: where it is said to, else wherever it is; -1: nowhere. */
function placeOf(points: readonly string[], letters: readonly string[], said: number): number {
  const isAt = (at: number) => letters.every((letter, index) => points[at + index] === letter);
  if (said >= 0 && isAt(said)) return said;
  return points.findIndex((_, at) => isAt(at));
}
