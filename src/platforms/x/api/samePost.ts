/**
 * True when a post read back from X is the one that was written as `text`. X escapes `& < >`,
 * wraps links in t.co, appends one for media, and may normalise white space.
 */
export function samePost(published: string, text: string): boolean {
  return essence(published) === essence(text);
}

// `&amp;` first: a text that holds `&lt;` itself comes back as `&amp;lt;`.
function essence(text: string): string {
  return text
    .replace(/&(?:amp;)+/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/https?:\/\/\S+/g, '')
    .normalize('NFC')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
