import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/heard.ts';
import type { Language } from '../../lib/time.ts';

/** What the bot says about menus. `when` is a day, or a day and a meal, as {@link newsWords} has it. */
export const menuTexts = {
  none: {
    ko: (when: string) => `${when} 메뉴가 없어요. 쉬는 날이거나 아직 올라오지 않았을 수 있어요.`,
    en: (when: string) => `No menu for ${when}. It may be a day off, or not be published yet.`,
  },
  noneInWeek: {
    ko: () => '그 주의 메뉴가 아직 없어요. 쉬는 주이거나 아직 올라오지 않았을 수 있어요.',
    en: () => 'No menu for that week. It may be days off, or not be published yet.',
  },
  away: {
    ko: () => '지금은 메뉴를 가져올 수 없어요. 잠시 뒤에 다시 물어봐 주세요.',
    en: () => 'The menu cannot be reached right now. Please ask again in a while.',
  },
  blocked: {
    ko: () => '지금은 식단을 볼 수 없어요. 봇 주인이 살펴볼 거예요.',
    en: () => 'The menu cannot be seen right now. The owner of this bot will look into it.',
  },
  failing: {
    ko: () => '메뉴가 있던 곳이 바뀌어서 읽을 수 없어요. 봇 주인이 고칠 때까지 기다려 주세요.',
    en: () =>
      'The place of the menu has changed and cannot be read until the owner of this bot fixes it.',
  },
  off: {
    ko: () => '메뉴를 가져올 곳이 아직 정해지지 않았어요. 봇 주인이 정하면 알려 드릴 수 있어요.',
    en: () => 'No place to get the menu from is set yet. The owner of this bot can set one.',
  },
  alertsOn: {
    ko: () => '메뉴 알림을 켰어요. 아침 7시 30분, 점심 11시 30분, 저녁 5시 30분에 보내 드릴게요.',
    en: () => 'Menu alerts are on: breakfast at 07:30, lunch at 11:30, dinner at 17:30 in Korea.',
  },
  alertsOff: {
    ko: () => '메뉴 알림을 껐어요. 언제든 다시 켤 수 있어요.',
    en: () => 'Menu alerts are off. You can turn them on again any time.',
  },
  alertsAre: {
    ko: (isOn: boolean) => `메뉴 알림이 ${isOn ? '켜져' : '꺼져'} 있어요.`,
    en: (isOn: boolean) => `Menu alerts are ${isOn ? 'on' : 'off'}.`,
  },
  unreachable: {
    ko: () =>
      '다만 여기로는 제가 먼저 말을 걸 수 없어요. ‘연결’이라고 말하고 카카오톡으로 로그인하면 그리로 보내 드려요.',
    en: () =>
      'But I cannot write here first. Say “connect” and log in with Kakao to get them in KakaoTalk.',
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** What the bot says about what is somebody's own. */
export const ownTexts = {
  schoolIs: {
    ko: (name: string | undefined) =>
      `${name === undefined ? '아직 학교를 고르지 않았어요.' : `지금 학교는 ${name}예요.`} 어느 학교로 할까요? 이름을 보내 주세요.`,
    en: (name: string | undefined) =>
      `${name === undefined ? 'You have chosen no school yet.' : `Your school is ${name}.`} Which one shall it be? Send me its Korean name.`,
  },
  schoolSet: {
    ko: (name: string) => `이제 ${name} 급식을 알려 드릴게요.`,
    en: (name: string) => `From now on you get the meals of ${name}.`,
  },
  schoolOff: {
    ko: () => '학교를 지웠어요. 이 봇의 급식을 알려 드릴게요.',
    en: () => 'Your school is forgotten: you get the menu of this bot again.',
  },
  whichSchool: { ko: () => '어느 학교인가요?', en: () => 'Which of these?' },
  moreSchools: {
    ko: () => '여기 없으면 학교 이름을 더 자세히 보내 주세요.',
    en: () => 'For another one, send me more of its name.',
  },
  noSchool: {
    ko: (name: string) => `‘${name}’ 학교를 찾지 못했어요. 이름을 다시 보내 주세요. 예: 한빛고`,
    en: (name: string) =>
      `I found no school “${name}”. Please send me its Korean name, like 한빛고.`,
  },
  schoolsAway: {
    ko: () => '지금은 학교를 찾을 수 없어요. 잠시 뒤에 다시 말해 주세요.',
    en: () => 'Schools cannot be looked up right now. Please try again in a while.',
  },
  allergensAre: {
    ko: (names: string, isLeftOut: boolean) =>
      names === ''
        ? '알레르기를 아직 알려 주지 않으셨어요. ‘알레르기 우유 땅콩’처럼 말해 주세요.'
        : isLeftOut
          ? `${names} 들어간 음식은 빼고 알려 드릴게요.`
          : `${names} 들어간 음식에 ⚠ 표시를 할게요.`,
    en: (names: string, isLeftOut: boolean) =>
      names === ''
        ? 'You told me of no allergy yet. Say “allergy milk peanuts”, for example.'
        : isLeftOut
          ? `Dishes with ${names} are left out.`
          : `Dishes with ${names} are marked with ⚠.`,
  },
  allergensOff: {
    ko: () => '알레르기 표시를 껐어요.',
    en: () => 'No dish is marked any more.',
  },
  allergensLike: { ko: () => '알레르기 우유 땅콩', en: () => 'allergy milk peanuts' },
  weekend: {
    ko: (isWeekdays: boolean) =>
      isWeekdays ? '주말에는 급식을 알리지 않을게요.' : '주말에도 급식을 알려 드릴게요.',
    en: (isWeekdays: boolean) =>
      isWeekdays ? 'No menu at weekends from now on.' : 'The menu comes at weekends too.',
  },
  undone: { ko: () => '아까대로 되돌렸어요.', en: () => 'It is as it was before.' },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/** What the numbers of allergens 1 to 19 stand for. */
export const ingredientNames: Readonly<Record<Language, readonly string[]>> = {
  ko: '난류,우유,메밀,땅콩,대두,밀,고등어,게,새우,돼지고기,복숭아,토마토,아황산류,호두,닭고기,쇠고기,오징어,조개류,잣'.split(
    ',',
  ),
  en: 'eggs,milk,buckwheat,peanuts,soy,wheat,mackerel,crab,shrimp,pork,peach,tomato,sulphites,walnuts,chicken,beef,squid,shellfish,pine nuts'.split(
    ',',
  ),
};

/** Words a person can say next. */
export const menuSuggestions = {
  tomorrow: { ko: '급식 내일', en: 'menu tomorrow' },
  now: { ko: '메뉴', en: 'menu' },
  turnOn: { ko: '메뉴 알림 켜기', en: 'menu alerts on' },
  turnOff: { ko: '메뉴 알림 끄기', en: 'menu alerts off' },
  connect: { ko: '연결', en: 'connect' },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

export const menuWords: Words = {
  menu: '메뉴, 메뉴판, 매뉴, 메누, 메뉴표, 급식, 급식표, 급식메뉴, 식단, 식단표, 학식, 밥, 밥상, 식사, 끼니, 한끼, 한 끼, 반찬, 구내식당, 식당, 먹지, 먹을까, 먹어, 먹나, 먹냐, 먹을, 먹는, 먹고, 먹니, 먹음, 먹게, 먹으면, 먹었, 배고파, 배고프, 배고픈데, 배고픔, 출출, 뭐 먹, 뭐먹, menu, menus, meal, meals, food, eat, eating, to eat, cafeteria, canteen, dining hall, dish, dishes, hungry, im hungry, starving, serving, served, serve, serves, cooking, on the menu',
  'meal=1':
    '아침, 아침밥, 아침식사, 아침 식사, 아침메뉴, 조식, 조찬, 모닝밥, breakfast, brekkie, brekky',
  'meal=2':
    '점심, 점심밥, 점심식사, 점심 식사, 점심메뉴, 중식, 런치, 점심시간, lunch, lunchtime, luncheon, noon meal',
  'meal=3':
    '저녁, 저녁밥, 저녁식사, 저녁 식사, 저녁메뉴, 석식, 저녁거리, 디너, dinner, dinnertime, supper, evening meal',
  school:
    '학교, 학교설정, 학교 설정, 학교 변경, 학교 바꾸기, 학교 검색, 학교 찾기, 우리학교, 우리 학교, 내 학교, 초등학교, 중학교, 고등학교, school, my school, set school, change school, find school',
  allergen:
    '알레르기, 알러지, 알레르기 표시, 알레르기 정보, 알레르기 번호, 알레르겐, 못 먹어, 못먹어, 못 먹는, 못먹는, 못 먹, allergy, allergies, allergic, allergen, allergens, can t eat, cannot eat',
  'ingredient=1': '난류, 계란, 달걀, egg, eggs',
  'ingredient=2': '우유, 유제품, 유당, milk, dairy, lactose',
  'ingredient=3': '메밀, 모밀, buckwheat',
  'ingredient=4': '땅콩, peanut, peanuts',
  'ingredient=5': '대두, 콩, 두부, soy, soya, soybean, soybeans',
  'ingredient=6': '밀, 밀가루, 글루텐, wheat, gluten',
  'ingredient=7': '고등어, mackerel',
  'ingredient=8': '꽃게, 대게, 크랩, crab',
  'ingredient=9': '새우, shrimp, shrimps, prawn, prawns',
  'ingredient=10': '돼지고기, 돼지, pork',
  'ingredient=11': '복숭아, peach, peaches',
  'ingredient=12': '토마토, tomato, tomatoes',
  'ingredient=13': '아황산류, 아황산, sulfite, sulfites, sulphites',
  'ingredient=14': '호두, walnut, walnuts',
  'ingredient=15': '닭고기, 닭, 치킨, chicken',
  'ingredient=16': '쇠고기, 소고기, beef',
  'ingredient=17': '오징어, squid',
  'ingredient=18': '조개류, 조개, 굴, 전복, 홍합, 갑각류, shellfish, clam, clams, oyster, mussels',
  'ingredient=19': '잣, pine nut, pine nuts',
  weekendtoo: '주말에도, 주말도, weekends too, also on weekends',
  weekend: '주말, 토일, weekend, weekends',
};

const ORNAMENT =
  'menu meal day week next what is show want how allergen new count number all school mine person say more only';

/** `메뉴`, `급식 점심 내일`, `what is for dinner`; right after it, `내일은?`. */
export const menuHears: readonly Hearing[] = [
  {
    says: [
      'menu',
      'meal',
      'menu meal',
      'menu week',
      'menu day',
      'meal day',
      'menu meal day',
      'meal week',
    ],
    with: ORNAMENT,
    not: 'alert off daily address netflix cat watch remove',
  },
  {
    says: ['day', 'meal', 'week', 'next', 'day meal', 'week day'],
    with: ORNAMENT,
    isFollowUp: true,
    not: 'alert off netflix cat',
  },
];

const SWITCHED = `${ORNAMENT} alert on off not remove daily watch again weekend hour setting whenever`;

/** `메뉴 알림 켜기`, `매일 급식 알려줘`, `stop menu alerts`. */
export const menuAlertHears: readonly Hearing[] = [
  {
    says: [
      'menu|meal alert',
      'menu|meal alert on',
      'menu|meal alert want',
      'menu|meal daily',
      'menu|meal daily on',
      'menu|meal daily show',
      'menu|meal watch',
      'menu|meal alert setting',
      'menu|meal setting',
      'menu|meal whenever',
      'menu|meal alert off',
      'menu|meal alert not',
      'menu|meal alert remove',
      'menu|meal alert cancel',
      'menu|meal alert pause',
      'menu|meal daily off',
      'menu|meal daily not',
      'menu|meal watch off',
      'menu|meal off',
      'menu|meal watch remove',
    ],
    with: SWITCHED,
    not: 'address netflix cat',
  },
];

/** `주말은 빼줘`, `메뉴 알림 주말에도`. */
export const menuWeekendHears: readonly Hearing[] = [
  {
    says: [
      'weekendtoo',
      'weekendtoo menu|meal',
      'weekend not',
      'weekend off',
      'weekend remove',
      'weekend include',
      'weekend alert not',
      'weekend alert off',
      'weekend menu|meal alert not',
      'weekend menu|meal not',
      'weekend menu|meal alert off',
      'weekend menu|meal alert include',
      'weekend menu|meal include',
      'weekend alert on',
      'weekend menu|meal alert on',
    ],
    with: SWITCHED,
    not: 'address name ordinal',
  },
];

/** `학교 한빛고`: whatever else is said is its name. */
export const schoolHears: readonly Hearing[] = [
  {
    says: ['school'],
    takesAnything: true,
    not: 'menu meal address netflix cat no not insult compliment',
  },
];

/** `알레르기 우유 땅콩`, `나 새우 못 먹어`, `알레르기 표시 꺼줘`. */
export const allergenHears: readonly Hearing[] = [
  {
    says: [
      'allergen',
      'allergen off',
      'allergen ingredient remove',
      'allergen ingredient not',
      'allergen ingredient',
      'allergen ingredient ingredient',
      'ingredient not',
      'ingredient ingredient not',
    ],
    with: 'ingredient mine is not off on remove all want person show include new number',
    not: 'address netflix cat day meal',
  },
];
