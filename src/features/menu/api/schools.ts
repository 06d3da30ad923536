import * as v from 'valibot';
import { jsonOf, send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { SECOND_MS } from '../../../lib/time.ts';

const LIMITS = { timeoutMs: 3 * SECOND_MS, maxBytes: 200_000 };
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
  | { readonly kind: 'failed'; readonly detail: string };

const row = v.object({
  ATPT_OFCDC_SC_CODE: v.pipe(v.string(), v.regex(/^[A-Z]\d{2}$/)),
  SD_SCHUL_CODE: v.pipe(v.string(), v.regex(/^\d{7}$/)),
  SCHUL_NM: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  LCTN_SC_NM: v.fallback(v.string(), ''),
});
const count = v.object({ list_total_count: v.number() });
const parts = v.object({
  schoolInfo: v.array(
    v.object({
      head: v.optional(v.array(v.unknown()), []),
      row: v.optional(v.array(v.unknown()), []),
    }),
  ),
});
const none = v.object({ RESULT: v.object({ CODE: v.string() }) });

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
  const answer = await send(runtime, new Request(url), LIMITS);
  if ('failed' in answer) return { kind: 'failed', detail: `no answer (${answer.failed})` };
  if (answer.status !== 200) return { kind: 'failed', detail: `NEIS answers ${answer.status}` };
  const body = jsonOf(answer);
  const bare = v.safeParse(none, body);
  if (bare.success) {
    const { CODE: code } = bare.output.RESULT;
    return code === 'INFO-200'
      ? { kind: 'schools', schools: [], total: 0 }
      : { kind: 'failed', detail: `NEIS answers ${code}` };
  }
  const read = v.safeParse(parts, body);
  if (!read.success) return { kind: 'failed', detail: 'NEIS answers in another form' };
  const schools = read.output.schoolInfo.flatMap(({ row: rows }) =>
    rows.flatMap((one) => {
      const school = v.safeParse(row, one);
      if (!school.success) return [];
      const {
        ATPT_OFCDC_SC_CODE: office,
        SD_SCHUL_CODE: code,
        SCHUL_NM,
        LCTN_SC_NM,
      } = school.output;
      return [{ office, code, name: SCHUL_NM, place: LCTN_SC_NM.trim() }];
    }),
  );
  const heads = read.output.schoolInfo.flatMap(({ head }) => head);
  const total = heads.find((one) => v.is(count, one))?.list_total_count ?? schools.length;
  return { kind: 'schools', schools, total };
}
