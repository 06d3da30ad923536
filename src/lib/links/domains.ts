import { ASCII_TLDS, INTERNATIONAL_TLDS } from './tlds.ts';

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/** Length of a label in Punycode, without the `xn--` in front (RFC 3492, section 6.3). */
function punycodeLength(label: string): number {
  const points = Array.from(label, (char) => char.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < 0x80).length;
  let length = basic === 0 ? 0 : basic + 1;
  let handled = basic;
  let current = 0x80;
  let delta = 0;
  let bias = 72;
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= current));
    delta += (next - current) * (handled + 1);
    current = next;
    for (const point of points) {
      if (point < current) delta++;
      if (point !== current) continue;
      length += digits(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    current++;
  }
  return length;
}

/** How many digits a delta takes: a generalized variable-length integer (RFC 3492, section 3.3). */
function digits(delta: number, bias: number): number {
  let rest = delta;
  let count = 1;
  for (let k = BASE; ; k += BASE) {
    const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
    if (rest < threshold) return count;
    rest = Math.floor((rest - threshold) / (BASE - threshold));
    count++;
  }
}

/** The bias for the next delta (RFC 3492, section 6.1). */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let scaled = Math.floor(delta / (isFirst ? DAMP : 2));
  scaled += Math.floor(scaled / points);
  let k = 0;
  while (scaled > ((BASE - T_MIN) * T_MAX) / 2) {
    scaled = Math.floor(scaled / (BASE - T_MIN));
    k += BASE;
  }
  return k + Math.floor(((BASE - T_MIN + 1) * scaled) / (scaled + SKEW));
}

const MAX_LABEL_LENGTH = 63;

// Expressions for links go without the `u` flag, as twitter-text's do: with `i` the flag would make
// `ſ` an `s`.
const ASCII_TLD = /[a-z]+(?![0-9a-z@+-])/iy;
const INTERNATIONAL_TLD = new RegExp(`(?:${INTERNATIONAL_TLDS.join('|')})(?![0-9a-z@+-])`, 'iy');
const PUNYCODE_TLD = /xn--[-0-9a-z]+/iy;

/** Letters with accents and the accents themselves, which X takes for Latin, for a character class. */
export const LATIN_ACCENTS = String.raw`\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF`;

const LATIN_LABELS = new RegExp(`(?:[-a-z0-9${LATIN_ACCENTS}]+\\.)+`, 'gi');

/** A part of a text: from `start` up to, not including, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the top-level domain that begins at `start` ends; undefined when none begins there. */
export function tldEnd(text: string, start: number): number | undefined {
  const ascii = matchAt(ASCII_TLD, text, start);
  if (ascii !== undefined && ASCII_TLDS.has(ascii.toLowerCase())) return start + ascii.length;
  const other = matchAt(INTERNATIONAL_TLD, text, start) ?? matchAt(PUNYCODE_TLD, text, start);
  return other === undefined ? undefined : start + other.length;
}

/**
 * The domains of Latin letters inside a domain: the only ones that are links without a scheme.
 * A start is where the name first occurs, as in twitter-text, be it inside a longer word.
 */
export function latinDomains(domain: string): Span[] {
  const found: Span[] = [];
  let end = 0;
  LATIN_LABELS.lastIndex = 0;
  for (let match = LATIN_LABELS.exec(domain); match; match = LATIN_LABELS.exec(domain)) {
    const stop = lastTldEnd(domain, match.index, LATIN_LABELS.lastIndex);
    if (stop === undefined) continue;
    const name = domain.slice(match.index, stop);
    const start = domain.indexOf(name, end);
    end = start + name.length;
    found.push({ start, end });
    LATIN_LABELS.lastIndex = stop;
  }
  return found;
}

/** Whether every label can be asked of the DNS and `xn--` is not followed by other than ASCII. */
export function isResolvable(domain: string): boolean {
  if (domain.startsWith('xn--') && latinDomains(domain).length === 0) return false;
  return domain.split('.').every((label) => asciiLength(label) <= MAX_LABEL_LENGTH);
}

function lastTldEnd(domain: string, start: number, stop: number): number | undefined {
  for (let dot = stop - 1; dot > start; dot = domain.lastIndexOf('.', dot - 1)) {
    const end = tldEnd(domain, dot + 1);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Length of a label in its ASCII form; U+3002, U+FF0E and U+FF61 are dots too (RFC 3490, 3.1). */
function asciiLength(label: string): number {
  if (label.length > 2 * MAX_LABEL_LENGTH) return label.length;
  const parts = label.split(/[\u3002\uFF0E\uFF61]/);
  const lengths = parts.map((part) =>
    /[^\x20-\x7E]/.test(part) ? 'xn--'.length + punycodeLength(part) : part.length,
  );
  return lengths.reduce((sum, length) => sum + length, parts.length - 1);
}

function matchAt(sticky: RegExp, text: string, start: number): string | undefined {
  sticky.lastIndex = start;
  return sticky.exec(text)?.[0];
}
