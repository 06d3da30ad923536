import type { FlashText } from '../../../bot/feature.ts';
import type { Text } from '../../../ui/language.ts';
import type { Field, FormProblem } from './form.ts';

export const texts = {
  title: { ko: '메뉴', en: 'Menu' },
  lead: {
    ko: '아침, 점심, 저녁에 알릴 메뉴를 어디서 가져올지 정해요.',
    en: 'Where the meals come from that are told at breakfast, lunch and dinner.',
  },
  source: { ko: '지금 가져오는 곳', en: 'Where the menu comes from' },
  school: { ko: '나이스 학교 급식 ({code})', en: 'School meals from NEIS ({code})' },
  noSource: {
    ko: '아직 없어요. 아래에서 페이지를 정하거나, 학교라면 npm run setup에서 급식을 고르고 npm run deploy를 해 주세요. MENU_SCHOOL에 교육청 코드와 학교 코드를 적는 일이에요. 예: B10:7010113',
    en: 'None yet. Describe a page below, or for a school choose the meals in npm run setup, then npm run deploy: it writes the school’s codes into MENU_SCHOOL, such as B10:7010113.',
  },
  today: { ko: '오늘의 메뉴', en: 'Today’s menu' },
  remove: { ko: '이 페이지 그만 쓰기', en: 'Stop using this page' },
  none: {
    ko: '오늘은 메뉴가 없다고 해요. 쉬는 날에는 아무것도 보내지 않아요.',
    en: 'It tells no meal for today. On such a day nothing is sent.',
  },
  unavailable: {
    ko: '지금은 열 수 없어요. 잠시 뒤에 다시 해 주세요. ({detail})',
    en: 'It cannot be reached right now. Try again in a while. ({detail})',
  },
  broken: {
    ko: '페이지가 설명과 달라요. 칸 찾는 법과 칸 번호를 다시 봐 주세요. ({detail})',
    en: 'It is not as described. Look at the way to the cells and their numbers again. ({detail})',
  },
  blocked: {
    ko: '그쪽에서 읽지 못하게 해요. robots.txt나 열쇠를 확인해 주세요. ({detail})',
    en: 'It does not let us read. See its robots.txt, or the key. ({detail})',
  },
  preview: { ko: '미리 보기', en: 'Preview' },
  good: {
    ko: '오늘 이렇게 보여요. 맞으면 저장해 주세요.',
    en: 'This is how today looks. Save it if it is right.',
  },
  cells: { ko: '찾은 칸 {count}개', en: 'Cells found: {count}' },
  emptyCell: { ko: '(빈칸)', en: '(empty)' },
  save: { ko: '저장하기', en: 'Save' },
  describe: { ko: '페이지에서 가져오기', en: 'Take it from a page' },
  describeText: {
    ko: '식단표가 있는 페이지와, 그 안에서 칸을 찾는 법을 적어 주세요. 저장하기 전에 먼저 보여 드려요.',
    en: 'Name the page and the way to its cells. You see the result before anything is saved.',
  },
  cellHint: {
    ko: '칸 번호는 찾은 차례대로 1부터예요. 없는 끼니는 비워 두세요.',
    en: 'Cells are counted from 1 in the order found. Leave a meal blank that there is not.',
  },
  look: { ko: '미리 보기', en: 'Preview' },
} as const satisfies Record<string, Text>;

export const fieldTexts = {
  place: { ko: '식당 이름', en: 'Name of the canteen' },
  url: { ko: '페이지 주소', en: 'Address of the page' },
  kind: { ko: '페이지의 형식', en: 'Kind of page' },
  where: {
    ko: '칸 찾는 법 (CSS 선택자나 JSON 경로)',
    en: 'Way to the cells (CSS selector or JSON path)',
  },
  breakfast: { ko: '첫날 아침 칸', en: 'First day’s breakfast' },
  lunch: { ko: '첫날 점심 칸', en: 'First day’s lunch' },
  dinner: { ko: '첫날 저녁 칸', en: 'First day’s dinner' },
  step: { ko: '다음 날까지 칸 수', en: 'Cells to the next day' },
  days: { ko: '보여 주는 날', en: 'Days shown' },
  split: { ko: '음식 사이', en: 'Between dishes' },
} as const satisfies Record<Field, Text>;

/** What there is to choose from, by the value of the choice. */
export const choices = {
  kind: {
    css: { ko: 'HTML (CSS 선택자)', en: 'HTML (CSS selector)' },
    json: { ko: 'JSON (경로)', en: 'JSON (path)' },
  },
  days: {
    7: { ko: '월요일부터 일요일까지', en: 'Monday to Sunday' },
    6: { ko: '월요일부터 토요일까지', en: 'Monday to Saturday' },
    5: { ko: '월요일부터 금요일까지', en: 'Monday to Friday' },
    1: { ko: '오늘만', en: 'Today only' },
  },
  split: {
    whitespace: { ko: '빈칸', en: 'Spaces' },
    line: { ko: '줄바꿈', en: 'Line breaks' },
    comma: { ko: '쉼표', en: 'Commas' },
  },
} as const satisfies Partial<Record<Field, Readonly<Record<string, Text>>>>;

const CELL: Text = {
  ko: '칸 번호는 1에서 200 사이의 숫자로 적거나 비워 두세요.',
  en: 'A cell is a number from 1 to 200, or blank.',
};
const CHOICE: Text = { ko: '목록에서 골라 주세요.', en: 'Choose one of the list.' };

export const problems = {
  'not-an-address': {
    ko: '페이지 주소를 https://로 시작하는 온전한 주소로 적어 주세요.',
    en: 'Write the whole address of the page, beginning with https://.',
  },
  'not-https': {
    ko: '페이지 주소를 https://로 시작하는 주소로 적어 주세요.',
    en: 'Write an address that begins with https://.',
  },
  'user-name': {
    ko: '주소에 들어 있는 사용자 이름과 비밀번호를 빼 주세요.',
    en: 'Take the user name and password out of the address.',
  },
  port: {
    ko: '포트 80과 443만 쓸 수 있어요. 주소에서 포트를 빼 주세요.',
    en: 'Only ports 80 and 443 can be used. Take the port out of the address.',
  },
  'private-address': {
    ko: '내부망 주소는 쓸 수 없어요. 인터넷에서 누구나 열 수 있는 주소를 적어 주세요.',
    en: 'That is an address inside a network. Use one that everybody on the internet can open.',
  },
  'private-name': {
    ko: '내부망에서만 쓰는 이름이에요. 인터넷에서 누구나 열 수 있는 주소를 적어 주세요.',
    en: 'That is a name inside a network. Use one that everybody on the internet can open.',
  },
  place: { ko: '식당 이름을 60자까지 적어 주세요.', en: 'Name the canteen in 1 to 60 characters.' },
  where: {
    ko: '칸 찾는 법을 읽을 수 없어요. 쉼표 없는 CSS 선택자 하나(table.menu td)나 JSON 경로(days[*].lunch)로 적어 주세요.',
    en: 'The way to the cells cannot be read: write one CSS selector without commas (table.menu td) or a JSON path (days[*].lunch).',
  },
  meals: { ko: '끼니를 하나 이상 적어 주세요.', en: 'Fill in at least one meal.' },
  breakfast: CELL,
  lunch: CELL,
  dinner: CELL,
  step: {
    ko: '다음 날까지 칸 수를 1에서 200 사이의 숫자로 적어 주세요.',
    en: 'Cells to the next day: a number from 1 to 200.',
  },
  kind: CHOICE,
  days: CHOICE,
  split: CHOICE,
} as const satisfies Record<FormProblem, Text>;

export const removeQuestion = {
  title: { ko: '이 페이지를 그만 쓸까요?', en: 'Stop using this page?' },
  warning: {
    ko: '적어 둔 내용을 지워요. 학교가 정해져 있으면 다시 나이스에서 가져오고, 아니면 메뉴를 알리지 않아요.',
    en: 'Its description is deleted. The menu then comes from NEIS again if a school is set, else from nowhere.',
  },
  yes: { ko: '그만 쓰기', en: 'Stop using it' },
} as const satisfies Record<string, Text>;

/** What was done, told on the next page. */
export const done = {
  saved: {
    ko: '이 페이지에서 식단을 읽을게요.',
    en: 'The menu is read from this page now.',
  },
  removed: { ko: '페이지 설정을 지웠어요.', en: 'The page is forgotten.' },
} as const satisfies Record<string, FlashText>;
