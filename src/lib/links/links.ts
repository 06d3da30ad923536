import { isResolvable, LATIN_ACCENTS, latinDomains, type Span, tldEnd } from './domains.ts';

const DEFAULT_SCHEME_LENGTH = 'https://'.length;
const MAX_URL_LENGTH = 4096;
const MAX_TCO_SLUG_LENGTH = 40;

const SCHEME = /https?:\/\/$/i;
const DOMAIN_CHARACTERS =
  /[^!'#%&()*+,\\/:;<=>?@[\]^{|}~$\s\x85\u061C\u180E\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]+/g;
const NEVER_BEFORE_LINK = /[A-Za-z0-9@＠$#＃\uFFFE\uFEFF\uFFFF]/;
const NEVER_BEFORE_BARE_DOMAIN = /[-_./]/;

const PATH = String.raw`[-a-z\u0400-\u04FF0-9!*';:=+,.$/%#[\]\u2013_~@|&${LATIN_ACCENTS}]`;
const PATH_END = String.raw`[-+a-z\u0400-\u04FF0-9=_#/${LATIN_ACCENTS}]`;
const PARENTHESES = String.raw`\((?:${PATH}+|${PATH}*\(${PATH}+\)${PATH}*)\)`;
const QUERY = String.raw`\?[-a-z0-9!?*'@();:&=+$/%#[\]_.,~|]*[-a-z0-9_&=#/]`;
const AFTER_DOMAIN = new RegExp(
  `(?::[0-9]+)?(/(?:${PATH}*(?:${PARENTHESES}${PATH}*)*${PATH_END})?(?:${PARENTHESES})*)?(?:${QUERY})?`,
  'iy',
);
const TCO = new RegExp(String.raw`^https?:\/\/t\.co\/([a-z0-9]+)(?:${QUERY})?`, 'i');

/** A link as X counts it, and where the search went on: there may be more of a URL up to there. */
export interface Link extends Span {
  readonly searchedTo: number;
}

interface Label extends Span {
  /** End of the domain that names a top-level domain right after this label. */
  readonly domainEnd: number | undefined;
  /** The furthest such end beyond the labels that follow. */
  furthest: number | undefined;
}

interface Domain extends Span {
  /** Where the URL begins: at its scheme, or else at the domain. */
  readonly urlStart: number;
}

/**
 * The parts of a text that X turns into links: URLs with a scheme, and domains without one.
 *
 * The same grammar as twitter-text's `extractUrlsWithIndices`, in linear time: its expression for
 * a domain is tried at every character, which takes seconds for a long text without spaces.
 */
export function findLinks(text: string): Link[] {
  const links: Link[] = [];
  if (!text.includes('.')) return links;
  let from = 0;
  for (const run of text.matchAll(DOMAIN_CHARACTERS)) {
    const labels = labelsOf(text, run.index, run[0]);
    for (const label of labels) {
      const domain = domainFrom(text, label, from, label === labels[0]);
      if (domain === undefined) continue;
      AFTER_DOMAIN.lastIndex = domain.end;
      const [rest = '', path] = AFTER_DOMAIN.exec(text) ?? [];
      from = domain.end + rest.length;
      links.push(...linksOf(text, domain, from, path !== undefined));
    }
  }
  return links;
}

/** The labels that a dot follows, each with the end of the longest domain it can be part of. */
function labelsOf(text: string, offset: number, run: string): Label[] {
  const labels: Label[] = [];
  let start = offset;
  for (const part of run.split('.').slice(0, -1)) {
    const end = start + part.length;
    labels.push({ start, end, domainEnd: tldEnd(text, end + 1), furthest: undefined });
    start = end + 1;
  }
  for (const [index, label] of [...labels.entries()].toReversed()) {
    const next = labels[index + 1];
    if (next === undefined || !isEdge(text, next.start) || !isEdge(text, next.end - 1)) continue;
    const isName = !text.slice(next.start, next.end).includes('_');
    label.furthest = next.furthest ?? (isName ? next.domainEnd : undefined);
  }
  return labels;
}

/** The first domain that begins in this label, behind what earlier links took. */
function domainFrom(
  text: string,
  label: Label,
  from: number,
  isFirst: boolean,
): Domain | undefined {
  const end = label.furthest ?? label.domainEnd;
  if (end === undefined || label.start === label.end || !isEdge(text, label.end - 1)) {
    return undefined;
  }
  // Only a subdomain may have an underscore, and the last label before the top level is none.
  const underscore = text.slice(label.start, label.end).lastIndexOf('_');
  const earliest = label.furthest === undefined ? label.start + underscore + 1 : label.start;
  if (isFirst && earliest === label.start && isEdge(text, earliest)) {
    const urlStart = schemeStart(text, label.start, from);
    if (urlStart !== undefined) return { urlStart, start: label.start, end };
  }
  const canStart = (index: number) =>
    index < label.end && isEdge(text, index) && isAllowedBefore(text, index, from);
  for (let start = earliest; start < label.end; start++) {
    // At the beginning of a text X tries the second character first.
    const isStart = start === 0 ? isEdge(text, 0) && from === 0 && !canStart(1) : canStart(start);
    if (isStart) return { urlStart: start, start, end };
  }
  return undefined;
}

function linksOf(text: string, domain: Domain, end: number, hasPath: boolean): Link[] {
  const { urlStart, start } = domain;
  const name = text.slice(start, domain.end);
  const schemeLength = start - urlStart;
  if ((schemeLength || DEFAULT_SCHEME_LENGTH) + end - urlStart > MAX_URL_LENGTH) return [];
  if (!isResolvable(name)) return [];
  if (schemeLength > 0) {
    const [tco, slug = ''] = TCO.exec(text.slice(urlStart, end)) ?? [];
    if (slug.length > MAX_TCO_SLUG_LENGTH) return [];
    return [{ start: urlStart, end: tco ? urlStart + tco.length : end, searchedTo: end }];
  }
  if (start > 0 && NEVER_BEFORE_BARE_DOMAIN.test(text.charAt(start - 1))) return [];
  const names = latinDomains(name);
  return names.map((span, index) => {
    const pathLength = hasPath && index === names.length - 1 ? end - domain.end : 0;
    return { start: start + span.start, end: start + span.end + pathLength, searchedTo: end };
  });
}

/** Where `http://` or `https://` right before a domain begins, when a URL may begin there. */
function schemeStart(text: string, domainStart: number, from: number): number | undefined {
  const before = text.slice(Math.max(from, domainStart - 'https://'.length), domainStart);
  const scheme = SCHEME.exec(before)?.[0];
  if (scheme === undefined) return undefined;
  const start = domainStart - scheme.length;
  return start === 0 || isAllowedBefore(text, start, from) ? start : undefined;
}

/** Whether the character before lets a link begin here and is not part of the link before. */
function isAllowedBefore(text: string, index: number, from: number): boolean {
  return index > from && !NEVER_BEFORE_LINK.test(text.charAt(index - 1));
}

/** Whether a label may begin or end with this character. */
function isEdge(text: string, index: number): boolean {
  const char = text.charAt(index);
  return char !== '-' && char !== '_' && char !== '.';
}

/** True for the address of a page that may stand behind a word: no other scheme, and no way out of markup. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/.test(url) && URL.canParse(url);
}
