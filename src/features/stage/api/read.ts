import { isDay } from '../../../lib/time.ts';
import { childText, elementsOf, readXml, type XmlElement } from '../../../lib/xml.ts';

/** A performance as KOPIS lists it; days are `YYYY-MM-DD`. */
export interface Performance {
  /** `PF` and digits. */
  readonly id: string;
  readonly name: string;
  readonly venue: string;
  readonly from: string;
  /** `null`: an open run. */
  readonly to: string | null;
  readonly genre: 'play' | 'musical';
  /** As KOPIS writes it, such as `서울특별시`; blank when it does not tell. */
  readonly area: string;
  readonly posterUrl: string | null;
}

/** What a page of the list turned out to be. `detail` holds KOPIS's own code, never the key. */
export type KopisPage =
  | { readonly kind: 'page'; readonly rows: readonly Performance[]; readonly listed: number }
  /** KOPIS does not take the key. */
  | { readonly kind: 'auth'; readonly detail: string }
  | { readonly kind: 'broken'; readonly detail: string };

/**
 * Reads `pblprfr` (KOPIS open API). A failure comes with HTTP 200 and a `returncode`; nothing to tell
 * is an empty `dbs`. A row that lacks what it needs is passed over, unless most do.
 */
export function readPage(xml: string, genre: Performance['genre']): KopisPage {
  const root = readXml(xml)?.find(({ tagName }) => tagName === 'dbs');
  if (root === undefined) return { kind: 'broken', detail: 'KOPIS answers in another form' };
  const listed = elementsOf(root, 'db');
  for (const row of [root, ...listed]) {
    const code = childText(row, 'returncode');
    if (code === '' || code === '00') continue;
    const detail = `KOPIS answers ${code} ${childText(row, 'errmsg')}`.slice(0, 120).trim();
    return { kind: isKeyProblem(detail) ? 'auth' : 'broken', detail };
  }
  const rows = listed.flatMap((row) => performanceOf(row, genre) ?? []);
  if (rows.length * 2 < listed.length) {
    return { kind: 'broken', detail: `${rows.length} of ${listed.length} rows can be read` };
  }
  return { kind: 'page', rows, listed: listed.length };
}

function isKeyProblem(detail: string): boolean {
  return /\bKEY\b|인증키|KOPIS answers 0[12]\b/i.test(detail);
}

function performanceOf(row: XmlElement, genre: Performance['genre']): Performance | null {
  const id = childText(row, 'mt20id');
  const name = oneLine(childText(row, 'prfnm'));
  const venue = oneLine(childText(row, 'fcltynm'));
  const from = dayIn(childText(row, 'prfpdfrom'));
  const to = dayIn(childText(row, 'prfpdto'));
  const isOpenRun = childText(row, 'openrun').toUpperCase() === 'Y';
  if (id === '' || name === '' || from === null || (to === null && !isOpenRun)) return null;
  const poster = childText(row, 'poster');
  return {
    id,
    name,
    venue,
    from,
    to: isOpenRun ? null : to,
    genre,
    area: childText(row, 'area'),
    posterUrl: /^https?:\/\//i.test(poster) && URL.canParse(poster) ? poster : null,
  };
}

/** `2026.12.02` as `2026-12-02`; `null` for what is no day. */
function dayIn(text: string): string | null {
  const [, year, month = '', day = ''] =
    /^(\d{4})[.\-/]?(\d{1,2})[.\-/]?(\d{1,2})/.exec(text) ?? [];
  if (year === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(written) ? written : null;
}

function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
