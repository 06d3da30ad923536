/**
 * A text of at most 13 characters that is another for another text, as good as surely. Not for
 * secrets: anybody can find two texts with the same one. (FNV-1a, twice, on halves of its own.)
 */
export function shortHash(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x1000193;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other ^ unit, 0x5bd1e995);
  }
  return `${(one >>> 0).toString(36)}${(other >>> 0).toString(36)}`;
}
