import { Hono } from 'hono';
import { dayOf } from '../../../src/lib/time.ts';
import type { SandboxClock } from '../clock.ts';
import { kopisPoster } from './posters.ts';
import { freshProductions, type KopisRow, rowXml } from './rows.ts';

/** KOPIS's own words for what goes wrong, which come with HTTP 200. */
const failureTexts = {
  '01': 'INVALID REQUEST PARAMETER ERROR',
  '02': 'SERVICE KEY IS NOT REGISTERED ERROR',
  '05': 'SERVICE TIME OUT ERROR',
} as const;

export interface KopisSandbox {
  /** Everything that was, is and will be on; change it at will. */
  readonly rows: KopisRow[];
  /** The only key that is known. */
  readonly key: string;
  /** What every call is refused with, until null again. */
  failure: keyof typeof failureTexts | null;
  /** So many further calls get the page that a burst is turned away with. */
  blockedCalls: number;
  /** Whether a key is needed at all; false: whatever is sent will do. */
  asksForKey: boolean;
}

/**
 * www.kopis.or.kr: `pblprfr` of the open API, in XML only, and the posters, over http.
 *
 * @param posterBase where posters are said to be
 */
export function createKopis(
  clock: SandboxClock,
  posterBase = 'http://www.kopis.or.kr',
): {
  readonly sandbox: KopisSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const today = () => dayOf(clock.now(), 'Asia/Seoul');
  const sandbox: KopisSandbox = {
    rows: freshProductions(today(), posterBase),
    key: 'sandbox-kopis-key',
    failure: null,
    blockedCalls: 0,
    asksForKey: true,
  };
  const app = new Hono();
  app.get('/openApi/restful/pblprfr', (c) => {
    if (sandbox.blockedCalls > 0) {
      sandbox.blockedCalls -= 1;
      return c.html('<html><body><h1>Request Blocked</h1></body></html>', 400);
    }
    const query = c.req.query();
    if (sandbox.asksForKey && query['service'] !== sandbox.key) return xml(failureXml('02'));
    if (sandbox.failure !== null) return xml(failureXml(sandbox.failure));
    const { stdate = '', eddate = '', cpage = '', rows = '', shcate, signgucode } = query;
    const size = Number(rows);
    if (!/^\d{8}$/.test(stdate) || !/^\d{8}$/.test(eddate) || !(size >= 1 && size <= 100)) {
      return xml(failureXml('01'));
    }
    const found = sandbox.rows.filter(
      (row) =>
        plain(row.from) <= eddate &&
        (row.openrun === 'Y' || plain(row.to) >= stdate) &&
        (shcate === undefined || row.genre === shcate) &&
        (signgucode === undefined || row.area.startsWith(regionNames[signgucode] ?? '-')),
    );
    const start = (Number(cpage) - 1) * size;
    const shown = found.slice(start, start + size).map((row) => rowXml(row, today()));
    return xml(shown.length === 0 ? '<dbs/>' : `<dbs>\n${shown.join('\n')}\n</dbs>`);
  });
  app.get('/upload/pfmPoster/:file', (c) => {
    const number = Number(/(\d+)\.gif$/.exec(c.req.param('file'))?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) return c.text('', 404);
    return c.body(new Uint8Array(kopisPoster(number)), 200, { 'content-type': 'image/gif' });
  });
  app.notFound((c) => c.html('<html><body>404</body></html>', 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

function plain(day: string): string {
  return day.replaceAll('-', '');
}

const regionNames: Readonly<Record<string, string>> = {
  '11': '서울',
  '26': '부산',
  '27': '대구',
  '30': '대전',
  '41': '경기',
};

function failureXml(code: keyof typeof failureTexts): string {
  return `<dbs><db><returncode>${code}</returncode><errmsg>${failureTexts[code]}</errmsg></db></dbs>`;
}

function xml(body: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`, {
    headers: { 'content-type': 'application/xml;charset=UTF-8' },
  });
}
