import type { Result } from '../../../lib/result.ts';

const SCRIPT_ID = '__NEXT_DATA__';

/** Longer than any start tag in use; bounds the work on a hostile one. */
const MAX_TAG_LENGTH = 10_000;

const START_TAG = /^<script((?:[^>"']|"[^"]*"|'[^']*')*)>/;
const ID = /(?:^|\s)id\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/;

/**
 * The data a Next.js page carries in `<script id="__NEXT_DATA__">`, found by searching the text:
 * no HTML is parsed. Comments and the insides of other scripts do not count.
 *
 * @returns the parsed JSON, or why there is none; two such scripts are one too many to choose from
 */
export function nextData(html: string): Result<unknown, { readonly reason: string }> {
  let found: string | null = null;
  const opening = /<!--|<script(?=[\s/>])/g;
  for (let match = opening.exec(html); match !== null; match = opening.exec(html)) {
    if (match[0] === '<!--') {
      // From +2, since `<!-->` is a whole comment.
      const end = html.indexOf('-->', match.index + 2);
      if (end === -1) break;
      opening.lastIndex = end;
      continue;
    }
    const tag = START_TAG.exec(html.slice(match.index, match.index + MAX_TAG_LENGTH));
    if (tag === null) return { ok: false, reason: 'a script tag is cut off' };
    const start = match.index + tag[0].length;
    const end = html.indexOf('</script', start);
    const isData = idOf(tag[1] ?? '') === SCRIPT_ID;
    if (end === -1) {
      return { ok: false, reason: isData ? `${SCRIPT_ID} is cut off` : 'a script is cut off' };
    }
    if (isData && found !== null) return { ok: false, reason: `two ${SCRIPT_ID} scripts` };
    if (isData) found = html.slice(start, end);
    opening.lastIndex = end;
  }
  if (found === null) return { ok: false, reason: `no ${SCRIPT_ID} script` };
  try {
    return { ok: true, value: JSON.parse(found) };
  } catch {
    return { ok: false, reason: `${SCRIPT_ID} is not JSON` };
  }
}

function idOf(attributes: string): string | undefined {
  const match = ID.exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}
