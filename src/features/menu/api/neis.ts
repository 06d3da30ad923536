import * as v from 'valibot';
import { type Answer, jsonOf, retryAfterMs, send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';
import { isReadable } from '../../../lib/web/publicAddress.ts';

const SCHOOL_LIMITS = { timeoutMs: 3 * SECOND_MS, maxBytes: 200_000 };
/** Without a key NEIS gives five, whatever is asked for. */
const MOST = '20';

/** A school as NEIS knows it. */
export interface School {
  /** Codes of the office of education and of the school, such as `B10` and `7010113`. */
  readonly office: string;
  readonly code: string;
  readonly name: string;
  /** Where it is, such as `서울특별시`. */
  readonly place: string;
}

export type SchoolsFound =
  | { readonly kind: 'schools'; readonly schools: readonly School[]; readonly total: number }
  /** NEIS does not take our key. */
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string };

const schoolRow = v.object({
  ATPT_OFCDC_SC_CODE: v.pipe(v.string(), v.regex(/^[A-Z]\d{2}$/)),
  SD_SCHUL_CODE: v.pipe(v.string(), v.regex(/^\d{7}$/)),
  SCHUL_NM: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  LCTN_SC_NM: v.fallback(v.string(), ''),
});

/**
 * Schools whose names hold some letters (`schoolInfo`, docs/platforms/sources.md, NEIS). Never throws.
 *
 * @param key not needed; without it the first five come
 */
export async function findSchools(request: {
  readonly runtime: Pick<Runtime, 'fetch'>;
  readonly apiUrl: string;
  readonly key: string | null;
  readonly name: string;
}): Promise<SchoolsFound> {
  const { runtime, apiUrl, key, name } = request;
  const query = new URLSearchParams({
    ...(key === null ? {} : { KEY: key }),
    Type: 'json',
    pIndex: '1',
    pSize: MOST,
    SCHUL_NM: name,
  });
  const url = `${apiUrl.replace(/\/+$/, '')}/hub/schoolInfo?${query.toString()}`;
  const answer = await send(runtime, new Request(url), SCHOOL_LIMITS);
  if ('failed' in answer) return { kind: 'failed', detail: `no answer (${answer.failed})` };
  if (answer.status !== 200) return { kind: 'failed', detail: `NEIS answers ${answer.status}` };
  const hub = readHub(jsonOf(answer), 'schoolInfo');
  if (hub === null) return { kind: 'failed', detail: OTHER_FORM };
  if (hub.code !== OK) {
    const problem = judge(hub.code);
    if (problem.kind === 'none') return { kind: 'schools', schools: [], total: 0 };
    return { kind: problem.kind === 'refused' ? 'refused' : 'failed', detail: problem.detail };
  }
  const schools = hub.rows.flatMap((one) => {
    const school = v.safeParse(schoolRow, one);
    if (!school.success) return [];
    const { ATPT_OFCDC_SC_CODE: office, SD_SCHUL_CODE: code, SCHUL_NM, LCTN_SC_NM } = school.output;
    return [{ office, code, name: SCHUL_NM, place: LCTN_SC_NM.trim() }];
  });
  return { kind: 'schools', schools, total: hub.total ?? schools.length };
}

const MEAL_LIMITS = { timeoutMs: 10 * SECOND_MS, maxBytes: 500_000 };

/** One meal as NEIS tells it (docs/platforms/sources.md, NEIS). */
export interface NeisMeal {
  /** 1 breakfast, 2 lunch, 3 dinner. */
  readonly code: '1' | '2' | '3';
  readonly school: string;
  /** `DDISH_NM` as it came: dishes with markup and allergen numbers. */
  readonly dishes: string;
}

/**
 * What NEIS answers. `none`: it says clearly that there is no meal that day. `refused`: it does not
 * take our key. `detail` holds NEIS's code, never the key.
 */
export type NeisOutcome =
  | { readonly kind: 'meals'; readonly meals: readonly NeisMeal[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'broken'; readonly detail: string };

export interface NeisRequest {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://open.neis.go.kr`. */
  readonly apiUrl: string;
  /** Not needed for one school and one day. */
  readonly key: string | null;
  /** Codes of the office of education and of the school, such as `B10` and `7010113`. */
  readonly office: string;
  readonly school: string;
  /** `YYYY-MM-DD`. */
  readonly day: string;
}

/** All is well, as NEIS says it. */
const OK = 'INFO-000';
const OTHER_FORM = 'NEIS answers in another form';

/** No data and failures come without the list, or in its head. */
const result = v.object({ RESULT: v.object({ CODE: v.string() }) });
const count = v.object({ list_total_count: v.number() });
const parts = v.array(
  v.object({
    head: v.optional(v.array(v.unknown()), []),
    row: v.optional(v.array(v.unknown()), []),
  }),
);

/** What every service of NEIS answers alike. */
interface Hub {
  readonly code: string;
  readonly rows: readonly unknown[];
  /** How many rows there are, if it says so. */
  readonly total: number | undefined;
}

/**
 * Reads an answer of NEIS, of whatever service.
 *
 * @param service the name of its list
 * @returns `null` for an answer of another form
 */
function readHub(body: unknown, service: 'schoolInfo' | 'mealServiceDietInfo'): Hub | null {
  const bare = v.safeParse(result, body);
  if (bare.success) return { code: bare.output.RESULT.CODE, rows: [], total: undefined };
  const list = v.safeParse(v.object({ [service]: parts }), body);
  if (!list.success) return null;
  const found = list.output[service] ?? [];
  const heads = found.flatMap(({ head }) => head);
  return {
    code: heads.find((one) => v.is(result, one))?.RESULT.CODE ?? OK,
    rows: found.flatMap(({ row }) => row),
    total: heads.find((one) => v.is(count, one))?.list_total_count,
  };
}

const mealRow = v.object({
  MMEAL_SC_CODE: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform(String),
    v.picklist(['1', '2', '3']),
  ),
  MLSV_YMD: v.string(),
  SCHUL_NM: v.fallback(v.string(), ''),
  DDISH_NM: v.string(),
});

/**
 * The meals of one school on one day (`mealServiceDietInfo`, docs/platforms/sources.md, NEIS).
 * Never throws.
 */
export async function fetchMeals(request: NeisRequest): Promise<NeisOutcome> {
  const { runtime, apiUrl, key, office, school, day } = request;
  const url = URL.parse(`${apiUrl.replace(/\/+$/, '')}/hub/mealServiceDietInfo`);
  if (url === null || !isReadable(url)) {
    return { kind: 'broken', detail: 'the NEIS address is not a web address' };
  }
  const date = day.replaceAll('-', '');
  url.search = new URLSearchParams({
    ...(key === null ? {} : { KEY: key }),
    Type: 'json',
    pIndex: '1',
    pSize: '100',
    ATPT_OFCDC_SC_CODE: office,
    SD_SCHUL_CODE: school,
    MLSV_YMD: date,
  }).toString();
  const headers = { accept: 'application/json' };
  const answer = await send(runtime, new Request(url, { headers }), MEAL_LIMITS);
  if ('failed' in answer) {
    return answer.failed === 'too-large'
      ? { kind: 'broken', detail: `NEIS answers over ${MEAL_LIMITS.maxBytes} bytes` }
      : { kind: 'unavailable', detail: `no answer from NEIS (${answer.failed})` };
  }
  return readMeals(answer, date, runtime.now());
}

function readMeals(answer: Answer, date: string, now: number): NeisOutcome {
  const { status, headers } = answer;
  if (status === 429 || status >= 500) {
    const waitMs = retryAfterMs(headers, now);
    const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
    return { kind: 'unavailable', detail: `NEIS answers ${status}`, ...wait };
  }
  if (status !== 200) return { kind: 'broken', detail: `NEIS answers ${status}` };
  const hub = readHub(jsonOf(answer), 'mealServiceDietInfo');
  if (hub === null) return { kind: 'broken', detail: OTHER_FORM };
  return hub.code === OK ? mealsOf(hub.rows, date) : judge(hub.code);
}

function mealsOf(found: readonly unknown[], date: string): NeisOutcome {
  const meals: NeisMeal[] = [];
  for (const one of found) {
    const read = v.safeParse(mealRow, one);
    if (!read.success || read.output.MLSV_YMD !== date) continue;
    const { MMEAL_SC_CODE: code, SCHUL_NM: school, DDISH_NM: dishes } = read.output;
    meals.push({ code, school: school.trim(), dishes });
  }
  return meals.length > 0 ? { kind: 'meals', meals } : { kind: 'broken', detail: OTHER_FORM };
}

/** A key that is wrong (ERROR-290, INFO-100) or restricted (INFO-300). */
const REFUSALS = new Set(['ERROR-290', 'INFO-100', 'INFO-300']);

/** NEIS's own codes: 337 the day's calls used up, 5xx and 6xx its own failures. */
function judge(code: string): Exclude<NeisOutcome, { readonly kind: 'meals' }> {
  const detail = `NEIS answers ${code}`;
  if (code === 'INFO-200') return { kind: 'none' };
  if (REFUSALS.has(code)) return { kind: 'refused', detail };
  if (code === 'ERROR-337' || /^ERROR-[56]\d\d$/.test(code)) return { kind: 'unavailable', detail };
  return { kind: 'broken', detail };
}
