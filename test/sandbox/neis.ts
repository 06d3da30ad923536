import { Hono } from 'hono';
import { addDays, dayOf } from '../../src/lib/time.ts';
import type { SandboxClock } from './clock.ts';
import {
  type NeisMeals,
  type NeisRow,
  type NeisSchool,
  neisRows,
  neisSchools,
  usualMeals,
} from './neis-rows.ts';

/** Codes of refusals that the sandbox can be told to give (docs/platforms/sources.md, NEIS). */
const failureTexts = {
  'ERROR-290': '인증키가 유효하지 않습니다.',
  'ERROR-336': '데이터요청은 한번에 최대 1,000건을 넘을 수 없습니다.',
  'ERROR-337': '일별 트래픽 제한을 넘은 호출입니다.',
  'ERROR-500': '서버 오류입니다.',
  'ERROR-600': '데이터베이스 연결 오류입니다.',
  'INFO-100': '인증키가 유효하지 않습니다.',
  'INFO-300': '관리자에 의해 인증키 사용이 제한되었습니다.',
} as const;

export interface NeisSandbox {
  readonly schools: readonly NeisSchool[];
  /** Meals of all schools; change them at will. */
  readonly rows: NeisRow[];
  /** The only key that is known. */
  readonly key: string;
  /** What every call is refused with, until null again. */
  failure: keyof typeof failureTexts | null;
  /** Calls of today (Korea) after which ERROR-337 comes; default 1000. */
  callsPerDay: number;
  /**
   * What a school (default the first) cooks on a day, in place of what was planned.
   *
   * @param day `YYYY-MM-DD`
   * @param cooked `DDISH_NM` of each meal; none: a day off
   */
  setMeals(day: string, cooked: NeisMeals, schoolCode?: string): void;
}

/** Past the two months in which a Kakao login ends. */
const daysAhead = 120;
const daysBehind = 7;

/**
 * open.neis.go.kr: meals and schools, five rows a call without a key (docs/platforms/sources.md,
 * NEIS).
 */
export function createNeis(clock: SandboxClock): {
  readonly sandbox: NeisSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const today = () => dayOf(clock.now(), 'Asia/Seoul');
  const start = today();
  const rows = neisSchools.flatMap((place) =>
    Array.from({ length: daysBehind + daysAhead }, (_, index) =>
      addDays(start, index - daysBehind),
    ).flatMap((day) => neisRows(place, day, usualMeals(day))),
  );
  const counted = { day: start, calls: 0 };
  const sandbox: NeisSandbox = {
    schools: neisSchools,
    rows,
    key: 'sandbox-neis-key',
    failure: null,
    callsPerDay: 1000,
    setMeals(day, cooked, schoolCode = neisSchools[0]?.SD_SCHUL_CODE ?? '') {
      const place = neisSchools.find(({ SD_SCHUL_CODE }) => SD_SCHUL_CODE === schoolCode);
      if (!place) throw new Error(`The sandbox has no school ${schoolCode}.`);
      const date = day.replaceAll('-', '');
      const others = rows.filter(
        (row) => row.SD_SCHUL_CODE !== schoolCode || row.MLSV_YMD !== date,
      );
      rows.splice(0, rows.length, ...others, ...neisRows(place, day, cooked));
    },
  };
  const app = new Hono();

  function refusal(query: Readonly<Record<string, string>>): Response | null {
    if (counted.day !== today()) Object.assign(counted, { day: today(), calls: 0 });
    counted.calls += 1;
    if (sandbox.failure) return result(sandbox.failure, failureTexts[sandbox.failure]);
    const { KEY: key = '', pSize = '100' } = query;
    if (key !== '' && key !== sandbox.key) return result('ERROR-290', failureTexts['ERROR-290']);
    if (Number(pSize) > 1000) return result('ERROR-336', failureTexts['ERROR-336']);
    return counted.calls > sandbox.callsPerDay
      ? result('ERROR-337', failureTexts['ERROR-337'])
      : null;
  }

  // XML is what comes unless `Type=json` asks.
  app.use('/hub/*', async (c, next) => {
    if (c.req.query('Type') === 'json') return await next();
    const xml = '<?xml version="1.0" encoding="UTF-8"?><RESULT><CODE>INFO-200</CODE></RESULT>';
    return c.body(xml, 200, { 'content-type': 'application/xml;charset=UTF-8' });
  });

  app.get('/hub/mealServiceDietInfo', (c) => {
    const query = c.req.query();
    const refused = refusal(query);
    if (refused) return refused;
    const { ATPT_OFCDC_SC_CODE: office, SD_SCHUL_CODE: code } = query;
    if (!office || !code) {
      return result('ERROR-300', '필수 값이 누락되어 있습니다. 요청인자를 참고 하십시오.');
    }
    const { MLSV_YMD: on, MLSV_FROM_YMD: from = on ?? '', MLSV_TO_YMD: to = on ?? '9' } = query;
    const found = rows
      .filter((row) => row.ATPT_OFCDC_SC_CODE === office && row.SD_SCHUL_CODE === code)
      .filter((row) => row.MLSV_YMD >= from && row.MLSV_YMD <= to)
      .filter((row) => [undefined, '', row.MMEAL_SC_CODE].includes(query['MMEAL_SC_CODE']));
    return page('mealServiceDietInfo', found, query);
  });

  app.get('/hub/schoolInfo', (c) => {
    const query = c.req.query();
    const refused = refusal(query);
    if (refused) return refused;
    const found = neisSchools.filter(
      (place) =>
        place.SCHUL_NM.includes(query['SCHUL_NM'] ?? '') &&
        [undefined, place.SD_SCHUL_CODE].includes(query['SD_SCHUL_CODE']),
    );
    return page('schoolInfo', found, query);
  });

  app.notFound((c) => c.html('<!DOCTYPE html><title>404</title>', 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

/** The first page of five rows without a key, whatever was asked for; the count is always true. */
function page(
  root: string,
  found: readonly object[],
  query: Readonly<Record<string, string>>,
): Response {
  if (found.length === 0) return result('INFO-200', '해당하는 데이터가 없습니다.');
  const size = query['KEY'] ? Number(query['pSize'] ?? 100) : 5;
  const first = query['KEY'] ? (Number(query['pIndex'] ?? 1) - 1) * size : 0;
  const RESULT = { CODE: 'INFO-000', MESSAGE: '정상 처리되었습니다.' };
  return Response.json({
    [root]: [
      { head: [{ list_total_count: found.length }, { RESULT }] },
      { row: found.slice(first, first + size) },
    ],
  });
}

/** Failures and "no data" come with status 200 and a root of their own. */
function result(code: string, message: string): Response {
  return Response.json({ RESULT: { CODE: code, MESSAGE: message } });
}
