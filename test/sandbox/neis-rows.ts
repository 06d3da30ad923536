export interface NeisSchool {
  readonly ATPT_OFCDC_SC_CODE: string;
  readonly ATPT_OFCDC_SC_NM: string;
  readonly SD_SCHUL_CODE: string;
  readonly SCHUL_NM: string;
  readonly SCHUL_KND_SC_NM: string;
  readonly LCTN_SC_NM: string;
}

/** A row of `mealServiceDietInfo` as recorded (docs/platforms/sources.md, NEIS). */
export interface NeisRow {
  readonly ATPT_OFCDC_SC_CODE: string;
  readonly ATPT_OFCDC_SC_NM: string;
  readonly SD_SCHUL_CODE: string;
  readonly SCHUL_NM: string;
  /** 1 breakfast, 2 lunch, 3 dinner. */
  readonly MMEAL_SC_CODE: string;
  readonly MMEAL_SC_NM: string;
  /** `YYYYMMDD`. */
  readonly MLSV_YMD: string;
  /** How many ate. */
  readonly MLSV_FGR: number;
  readonly DDISH_NM: string;
  readonly ORPLC_INFO: string;
  readonly CAL_INFO: string;
  readonly NTR_INFO: string;
  readonly MLSV_FROM_YMD: string;
  readonly MLSV_TO_YMD: string;
  readonly LOAD_DTM: string;
}

export const meals = ['breakfast', 'lunch', 'dinner'] as const;

export type NeisMeals = { readonly [Meal in (typeof meals)[number]]?: string };

const mealNames = { breakfast: '조식', lunch: '중식', dinner: '석식' } as const;

/** Invented schools under real codes of offices; the first is the one in the tests' settings. */
export const neisSchools: readonly NeisSchool[] = [
  school('B10', '서울특별시교육청', '7010113', '소식고등학교', '고등학교', '서울특별시'),
  school('B10', '서울특별시교육청', '7010991', '소식중학교', '중학교', '서울특별시'),
  school('C10', '부산광역시교육청', '7150658', '바다소프트웨어고등학교', '고등학교', '부산광역시'),
];

function school(
  office: string,
  officeName: string,
  code: string,
  name: string,
  kind: string,
  place: string,
): NeisSchool {
  return {
    ATPT_OFCDC_SC_CODE: office,
    ATPT_OFCDC_SC_NM: officeName,
    SD_SCHUL_CODE: code,
    SCHUL_NM: name,
    SCHUL_KND_SC_NM: kind,
    LCTN_SC_NM: place,
  };
}

/** One week's lunches, with everything that dish texts have shown: brackets, entities, old numbers. */
const lunches = [
  '찰옥수수밥<br/>한우갈비탕 (1.16)<br/>시금치나물 (5.6)<br/>순살삼치구이(산고) (5.6.13)<br/>깍두기(소마) (9)<br/>요구르트 (2)',
  '현미밥<br/>부대찌개 (1.2.5.6.9.10.15.16)<br/>계란말이 (1)<br/>오이무침 (5.6.13)<br/>배추김치 (9)',
  '비빔밥 (5.6.13)<br/>콩나물국 (5.6)<br/>치킨너겟 &amp; 소스 (1.2.5.6.12.15)<br/>석박지 (9)',
  '카레라이스2.5.6.13.16.<br/>팽이미소국5.6.<br/>돈까스1.2.5.6.10.<br/>깍두기9.13.',
  '잡곡밥<br/>떡국(개별) (1.5.6.16)<br/>떡볶이 (5.6.13)<br/>단무지<br/>배추김치 (9)<br/>사과주스 (13)',
];
const breakfast =
  '흰쌀밥<br/>조랭이떡국 (1.5.6)<br/>메이플피칸파이(생지)(산고) (1.2.5.6.14)<br/>우유 (2)';
const dinner =
  '차조밥<br/>김치찌개 (5.9.10)<br/>제육볶음 (5.6.10.13)<br/>상추겉절이 (5.6.13)<br/>방울토마토 (12)';

/** What a school cooks on a day from Monday to Friday; nothing at the weekend. */
export function usualMeals(day: string): NeisMeals {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const lunch = lunches[weekday - 1];
  return lunch === undefined ? {} : { breakfast, lunch, dinner };
}

/** Rows of one school's day (`YYYY-MM-DD`). */
export function neisRows(place: NeisSchool, day: string, cooked: NeisMeals): NeisRow[] {
  const date = day.replaceAll('-', '');
  return meals.flatMap((meal, index) => {
    const dishes = cooked[meal];
    if (dishes === undefined) return [];
    return {
      ATPT_OFCDC_SC_CODE: place.ATPT_OFCDC_SC_CODE,
      ATPT_OFCDC_SC_NM: place.ATPT_OFCDC_SC_NM,
      SD_SCHUL_CODE: place.SD_SCHUL_CODE,
      SCHUL_NM: place.SCHUL_NM,
      MMEAL_SC_CODE: String(index + 1),
      MMEAL_SC_NM: mealNames[meal],
      MLSV_YMD: date,
      MLSV_FGR: 141,
      DDISH_NM: dishes,
      ORPLC_INFO: '쌀 : 국내산<br/>김치류 : 국내산',
      CAL_INFO: '878.3 Kcal',
      NTR_INFO: '탄수화물(g) : 120.1<br/>단백질(g) : 32.4',
      MLSV_FROM_YMD: date,
      MLSV_TO_YMD: date,
      LOAD_DTM: date,
    };
  });
}
