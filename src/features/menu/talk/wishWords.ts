import type { Phrasing } from '../../../bot/talk/grammar/choose.ts';
import type { Words } from '../../../bot/talk/grammar/utterance.ts';
import type { Language } from '../../../lib/time.ts';
import { SWITCHED } from '../words.ts';

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

/** What people say of what is their own. */
export const wishWords: Words = {
  school:
    '학교, 학교설정, 학교 변경, 학교 바꾸기, 학교 검색, 학교 찾기, 우리학교, 내 학교, 초등학교, 중학교, 고등학교, school, my school, set school, change school, find school',
  allergen:
    '알레르기, 알러지, 알레르겐, 게 알레르기, 게 알러지, 못 먹어, 못 먹는, 못 먹, 안 먹어, 안 먹는, 먹으면 안 돼, 먹으면 안 되, 먹으면 탈, 먹으면 두드러기, allergy, allergies, allergic, allergen, allergens, can t eat, cannot eat, can t have, cannot have, can t take, can t drink, don t eat, do not eat, must not eat, mustn t eat, shouldn t eat, should not eat, not eat, never eat, unable to eat, intolerant, intolerance, intolerant to, intolerant of, sensitive to',
  without:
    '빼고, 빼줘, 빼, 뺴, 빼주, 뺀, 빠진, 제외, 제외하, 없이, 말고, 싫어, 걸러, 걸러줘, 안 보이게, 숨겨, 숨기, leave, leave out, leaving out, left out, hide, hiding, hidden, without, exclude, excluding, excluded, except, omit, omitting, drop, skip, avoid, avoiding, no, none of, don t, do not, don t show, don t want, never, filter, filter out, take out, cut, cut out, keep out, get rid of, strip, sans, minus, free, free of, stay away from, hate',
  harmless:
    '먹어도 돼, 먹어도 괜찮, 먹어도 되, 먹을 수 있, 이제 먹어, 알레르기 없, 알러지 없, 알레르기 아니, 알러지 아니, 알레르기 나았, 알레르기 사라, can eat, can have, can eat again, not allergic, no longer allergic, aren t allergic, no allergy, no allergies, not intolerant, fine with, ok with, okay with',
  mark: '표시, 표시해, 표시만, 표기, 경고, mark, marked, marking, flag, flagged, highlight, warn, warning, warn me, point out',
  containing:
    '들어간, 들어가는, 들어 있는, 들은, 든, 든 거, 포함된, 포함되, 섞인, 들어가면, 들어 있으면, contain, contains, containing, that have, that has, which have, made of, made with, with any, anything with',
  'ingredient=1': '난류, 계란, 달걀, 알류, egg, eggs, egg free, egg-free',
  'ingredient=2':
    '우유, 유제품, 유당, 치즈, 요구르트, 요거트, milk, dairy, lactose, cheese, yogurt, yoghurt, milk free, milk-free, dairy free, dairy-free, lactose free, lactose-free',
  'ingredient=3': '메밀, 모밀, buckwheat',
  'ingredient=4':
    '땅콩, 견과, 견과류, peanut, peanuts, groundnut, groundnuts, nut, nuts, nut free, nut-free, peanut free, peanut-free',
  'ingredient=5': '대두, 콩, 두부, 두유, soy, soya, soybean, soybeans, tofu, soy free, soy-free',
  'ingredient=6':
    '밀, 밀가루, 글루텐, wheat, gluten, gluten free, gluten-free, wheat free, wheat-free',
  'ingredient=7': '고등어, 해산물, 생선, mackerel, seafood, fish',
  'ingredient=8':
    '꽃게, 대게, 게살, 크랩, 갑각류, 해산물, 게 알레르기, 게 알러지, crab, crabs, crustacean, crustaceans, shellfish, seafood',
  'ingredient=9':
    '새우, 갑각류, 해산물, shrimp, shrimps, prawn, prawns, crustacean, crustaceans, shellfish, seafood',
  'ingredient=10': '돼지고기, 돼지, 베이컨, 햄, 육류, pork, bacon, ham, pork free, pork-free',
  'ingredient=11': '복숭아, peach, peaches',
  'ingredient=12': '토마토, tomato, tomatoes',
  'ingredient=13': '아황산류, 아황산, 아황산염, sulfite, sulfites, sulphite, sulphites',
  'ingredient=14':
    '호두, 견과, 견과류, walnut, walnuts, nut, nuts, tree nut, tree nuts, nut free, nut-free',
  'ingredient=15': '닭고기, 닭, 치킨, 육류, chicken',
  'ingredient=16': '쇠고기, 소고기, 한우, 육류, beef',
  'ingredient=17': '오징어, 해산물, squid, calamari, seafood',
  'ingredient=18':
    '조개류, 조개, 굴, 전복, 홍합, 해산물, shellfish, clam, clams, oyster, oysters, mussel, mussels, abalone, seafood',
  'ingredient=19':
    '잣, 견과, 견과류, pine nut, pine nuts, nut, nuts, tree nut, tree nuts, nut free, nut-free',
  freeof:
    'egg free, egg-free, milk free, milk-free, dairy free, dairy-free, lactose free, lactose-free, nut free, nut-free, peanut free, peanut-free, soy free, soy-free, gluten free, gluten-free, wheat free, wheat-free, pork free, pork-free',
  weekendtoo: '주말에도, 주말도, weekends too, also on weekends',
  weekend: '주말, 토일, weekend, weekends',
};

/** `주말은 빼줘`, `메뉴 알림 주말에도`. */
export const menuWeekendPhrasings: readonly Phrasing[] = [
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
export const schoolPhrasings: readonly Phrasing[] = [
  {
    says: ['school'],
    takesAnything: true,
    not: 'menu meal address netflix cat no not insult compliment',
  },
];

const AROUND_INGREDIENTS =
  'ingredient allergen without mark containing mine is not no off on remove all want person show include new number only again';

/** `알레르기 우유 땅콩`, `나 새우 못 먹어`, `leave the milk out`, `알레르기 표시 꺼줘`. */
export const allergenPhrasings: readonly Phrasing[] = [
  {
    says: ['allergen', 'allergen ingredient', 'allergen off', 'harmless', 'harmless ingredient'],
    with: AROUND_INGREDIENTS,
    not: 'address netflix cat day',
  },
  {
    // A meal may be named: `lunch without pork`.
    says: [
      'ingredient without',
      'freeof',
      'ingredient mark',
      'ingredient remove',
      'ingredient off',
    ],
    with: `${AROUND_INGREDIENTS} menu meal`,
    not: 'address netflix cat day',
  },
  {
    says: ['ingredient not'],
    with: AROUND_INGREDIENTS,
    not: 'address netflix cat day meal',
  },
];
