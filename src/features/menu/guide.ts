import { bad, type Guide, type GuideTools, good, UNREACHED } from '../../config/guide.ts';
import { findSchools, type SchoolsFound } from './api/neis.ts';
import { menuSettings } from './settings.ts';

const { school, neisKey, neisUrl } = menuSettings.declared;

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
    search: async (name, tools) => {
      const found = await ask(tools, name);
      if (found.kind !== 'schools') return null;
      return found.schools.map(({ office, code, name: called, place }) => ({
        value: `${office}:${code}`,
        label: `${called} (${place})`,
      }));
    },
  },
  check: async (tools) => {
    if (tools.value(neisKey) === '') return null;
    const { kind } = await ask(tools, '초등학교');
    if (kind === 'failed') return UNREACHED;
    return kind === 'schools'
      ? good('나이스가 인증키를 알아봤어요', 'NEIS knows the key')
      : bad('나이스가 이 인증키를 몰라요', 'NEIS does not know this key');
  },
  later: [
    {
      ko: '학교가 아닌 식당이면 {origin}/admin/menu에서 그 페이지의 모양을 알려 주세요.',
      en: 'For a canteen that is no school, describe its page on {origin}/admin/menu.',
    },
  ],
};

function ask({ value, runtime }: GuideTools, name: string): Promise<SchoolsFound> {
  const key = value(neisKey);
  return findSchools({ runtime, apiUrl: value(neisUrl), key: key === '' ? null : key, name });
}
