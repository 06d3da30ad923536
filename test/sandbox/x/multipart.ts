import { concat, utf8 } from '../bytes.ts';

const blankLine = utf8('\r\n\r\n');

/**
 * The parts of a multipart/form-data body by name, as bytes; null when it is malformed or names a
 * part twice (RFC 7578, RFC 2046 section 5.1.1). Not `Request.formData()`: that takes a part without
 * a file name for text, and clients of X send media that way.
 */
export function parseMultipart(
  contentType: string,
  body: Uint8Array,
): Map<string, Uint8Array<ArrayBuffer>> | null {
  const boundary = /;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const delimiter = utf8(`\r\n--${boundary}`);
  const whole = concat([utf8('\r\n'), body]);
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = find(whole, delimiter, 0);
  while (at >= 0) {
    const start = at + delimiter.length;
    at = find(whole, delimiter, start);
    if (at < 0) return textOf(whole.slice(start, start + 2)) === '--' ? parts : null;
    const headEnd = find(whole, blankLine, start);
    if (headEnd < 0 || headEnd > at) return null;
    const name = /[;\s]name="([^"]*)"/i.exec(textOf(whole.slice(start, headEnd)))?.[1];
    if (name === undefined || parts.has(name)) return null;
    parts.set(name, whole.slice(headEnd + blankLine.length, at));
  }
  return null;
}

function find(haystack: Uint8Array, needle: Uint8Array, from: number): number {
  let at = haystack.indexOf(needle[0] ?? 0, from);
  while (at >= 0 && !needle.every((byte, index) => haystack[at + index] === byte)) {
    at = haystack.indexOf(needle[0] ?? 0, at + 1);
  }
  return at;
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
