import { address, secret, settingsOf, variable } from '../../config/setting.ts';

/** A school as NEIS counts them. */
export interface SchoolCodes {
  readonly office: string;
  readonly school: string;
}

/** What of the owner's settings is about menus. */
export const menuSettings = settingsOf(
  {
    /** NEIS codes of the school whose menu is told. */
    school: variable<SchoolCodes | null>(
      'MENU_SCHOOL',
      {
        what: {
          ko: '나이스의 <교육청 코드>:<학교 코드>',
          en: '<office code>:<school code> of NEIS',
        },
        where: { ko: 'open.neis.go.kr > 학교기본정보', en: 'open.neis.go.kr > school information' },
      },
      {
        example: 'B10:7010113',
        parse: (text) => {
          if (text === null) return null;
          const [, office, school] = /^([A-Z]\d{2}):(\d{7})$/.exec(text) ?? [];
          return office === undefined || school === undefined ? undefined : { office, school };
        },
      },
    ),
    neisKey: secret('NEIS_KEY', {
      what: {
        ko: '나이스 인증키. 학교 하나면 없어도 돼요',
        en: 'key of NEIS; not needed for one school',
      },
      where: { ko: 'open.neis.go.kr > 인증키 신청', en: 'open.neis.go.kr > API key' },
    }),
    neisUrl: address('NEIS_API_URL', 'https://open.neis.go.kr', {
      what: { ko: '나이스 급식 API', en: 'meal API of NEIS' },
    }),
  },
  (values) => values,
);
