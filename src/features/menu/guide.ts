import * as v from 'valibot';
import { bad, type Guide, type GuideTools, good, UNREACHED } from '../../config/guide.ts';
import { jsonOf, send } from '../../lib/outbound.ts';
import { menuSettings } from './settings.ts';

const { school, neisKey, neisUrl } = menuSettings.declared;
const LIMITS = { timeoutMs: 10_000, maxBytes: 500_000 };

const rowSchema = v.object({
  ATPT_OFCDC_SC_CODE: v.string(),
  SD_SCHUL_CODE: v.string(),
  SCHUL_NM: v.string(),
  LCTN_SC_NM: v.optional(v.string(), ''),
});
const found = v.object({
  schoolInfo: v.tuple([v.unknown(), v.object({ row: v.array(rowSchema) })]),
});
const refused = v.object({ RESULT: v.object({ CODE: v.string() }) });

/** How an owner has a school's meals told. */
export const guide: Guide = {
  position: 50,
  title: { ko: '급식', en: 'School meals' },
  minutes: 2,
  cost: { ko: '무료', en: 'free' },
  steps: [
    {
      ko: '학교 하나의 하루 급식은 인증키가 없어도 돼요. 일주일 급식까지 보려면 open.neis.go.kr에 가입하고 [활용가이드] > [인증키 신청]에서 받아요.',
      en: 'One school and day need no key. For whole weeks sign up at open.neis.go.kr and ask for an API key there.',
    },
  ],
  asks: [neisKey],
  makes: [],
  find: {
    setting: school,
    question: {
      ko: '학교 이름 (학교가 아니면 그냥 Enter)',
      en: 'name of the school (Enter for none)',
    },
    search: async (text, tools) => {
      const parsed = v.safeParse(found, await ask(tools, text));
      if (!parsed.success) return [];
      return parsed.output.schoolInfo[1].row.map((row) => ({
        value: `${row.ATPT_OFCDC_SC_CODE}:${row.SD_SCHUL_CODE}`,
        label: `${row.SCHUL_NM} (${row.LCTN_SC_NM})`,
      }));
    },
  },
  check: async (tools) => {
    if (tools.value(neisKey) === '') return null;
    const body = await ask(tools, '초등학교');
    if (body === null) return UNREACHED;
    const parsed = v.safeParse(refused, body);
    return parsed.success && /290|300/.test(parsed.output.RESULT.CODE)
      ? bad('나이스가 이 인증키를 몰라요', 'NEIS does not know this key')
      : good('나이스가 인증키를 알아봤어요', 'NEIS knows the key');
  },
  later: [
    {
      ko: '학교가 아닌 식당이면 {origin}/admin/menu에서 그 페이지의 모양을 알려 주세요.',
      en: 'For a canteen that is no school, describe its page on {origin}/admin/menu.',
    },
  ],
};

/** What NEIS says about schools of a name; `null` when it cannot be reached. */
async function ask({ value, runtime }: GuideTools, name: string): Promise<unknown> {
  const url = new URL(`${value(neisUrl)}/hub/schoolInfo`);
  const key = value(neisKey);
  url.search = new URLSearchParams({
    ...(key !== '' && { KEY: key }),
    Type: 'json',
    pIndex: '1',
    pSize: '20',
    SCHUL_NM: name,
  }).toString();
  const answer = await send(runtime, new Request(url), LIMITS);
  return 'failed' in answer ? null : jsonOf(answer);
}
