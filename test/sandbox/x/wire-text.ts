import twitterText from 'twitter-text';

/**
 * Why a text cannot be a post, or null when it can (docs/platforms/x.md, Text length; the official
 * counter decides).
 */
export function postTextProblem(text: string): string | null {
  const { valid, weightedLength } = twitterText.parseTweet(text);
  if (weightedLength > 280) return `The text weighs ${weightedLength}, more than 280.`;
  return valid ? null : 'The text has characters that cannot be posted.';
}

/** Names the text would notify; a name behind an invisible character is none. */
export function mentionsIn(text: string): string[] {
  return twitterText.extractMentions(text);
}

export function cashtagsIn(text: string): string[] {
  return twitterText.extractCashtags(text);
}

/**
 * A post's text as X's answers have it: every link as t.co, another t.co link behind it when the
 * post has pictures, and `&`, `<` and `>` written as HTML entities.
 */
export function wireText(id: string, text: string, hasMedia: boolean): string {
  let written = '';
  let from = 0;
  for (const [index, { indices }] of twitterText.extractUrlsWithIndices(text).entries()) {
    written += `${escapeHtml(text.slice(from, indices[0]))}${shortLink(id, index)}`;
    from = indices[1];
  }
  written += escapeHtml(text.slice(from));
  return hasMedia ? `${written} ${shortLink(id, 99)}`.trimStart() : written;
}

function shortLink(id: string, index: number): string {
  const mixed = (BigInt(id) * 1000n + BigInt(index)).toString(36);
  return `https://t.co/${mixed.slice(-10).padStart(10, '0')}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
