export type Language = 'ko' | 'en';

/** Every text of the page, in both languages. `{name}` is a placeholder. */
export const texts = {
  title: { ko: '소식 놀이터', en: 'soshik sandbox' },
  tagline: {
    ko: '토요일마다 넷플릭스 새 작품을 알리고, DM에는 고양이 이야기로 답하는 봇이에요. 여기서는 무엇을 해도 진짜 X에 닿지 않아요.',
    en: 'A bot that announces new Netflix titles each Saturday and answers DMs with cat facts. Nothing you do here reaches the real X.',
  },
  switchLanguage: { ko: 'English', en: '한국어' },
  levers: { ko: '해 보세요', en: 'Try it' },
  clock: { ko: '이곳의 시각', en: 'Time in here' },
  saturday: { ko: '토요일이 왔어요', en: 'Saturday comes' },
  saturdayWorking: { ko: '토요일 일을 하는 중…', en: 'Working…' },
  week: { ko: '한 주가 지났어요', en: 'A week goes by' },
  page: { ko: '페이지가 바뀌었어요', en: 'The page changes' },
  'page.usual': { ko: '늘 보던 페이지예요', en: 'Back to usual' },
  'page.new-title': { ko: '새 작품이 실렸어요', en: 'A new title appears' },
  'page.date-moves': { ko: '공개일이 하루 밀렸어요', en: 'A date moves by a day' },
  'page.moved': { ko: '자료가 다른 자리로 갔어요', en: 'The data moves elsewhere' },
  'page.broken': { ko: '페이지가 깨졌어요', en: 'The page breaks' },
  'page.login': { ko: '로그인하라고 해요', en: 'A login wall appears' },
  'page.both': { ko: '깨졌고 TMDB도 안 돼요', en: 'It breaks, and TMDB refuses' },
  timeline: { ko: 'X 타임라인', en: 'X timeline' },
  timelineEmpty: {
    ko: '아직 글이 없어요. 토요일을 불러 보세요.',
    en: 'No posts yet. Let Saturday come.',
  },
  chat: { ko: 'X 쪽지', en: 'X messages' },
  chatWho: { ko: '누구로 말할까요?', en: 'Who is talking?' },
  chatEmpty: {
    ko: '소식에게 말을 걸어 보세요. ‘고양이’라고 하면 고양이 이야기를 들려줘요.',
    en: 'Say something to the bot. “cat” gets you a cat fact.',
  },
  chatPlaceholder: { ko: '메시지를 입력하세요', en: 'Start a message' },
  chatSend: { ko: '보내기', en: 'Send' },
  chatTyping: { ko: '소식이 답을 쓰고 있어요', en: 'The bot is writing' },
  chatNoAnswer: {
    ko: '답이 늦어요. 잠시 뒤에 다시 말해 보세요.',
    en: 'The answer is late. Try again in a moment.',
  },
  suggestions: { ko: '이렇게 말해 보세요', en: 'Things to say' },
  netflix: { ko: '넷플릭스가 알린 작품', en: 'What Netflix announces' },
  'layout.data': { ko: '늘 보던 모습', en: 'as usual' },
  'layout.results': { ko: '예전 모습', en: 'older shape' },
  'layout.moved': { ko: '자료가 다른 자리에', en: 'data moved' },
  'layout.broken': { ko: '깨짐', en: 'broken' },
  'layout.login': { ko: '로그인 벽', en: 'login wall' },
  'layout.error': { ko: '오류 화면', en: 'error page' },
  log: { ko: '봇이 한 일', en: 'What the bot did' },
  logEmpty: { ko: '아직 한 일이 없어요.', en: 'Nothing yet.' },
  runs: { ko: '토요일 일', en: 'Saturday runs' },
  'run.running': { ko: '하는 중', en: 'running' },
  'run.done': { ko: '잘 마쳤어요', en: 'done' },
  'run.failed': { ko: '소식을 읽지 못했어요', en: 'could not read the news' },
  failing: { ko: '문제: {name}', en: '{name} is failing' },
  'feature.netflix': { ko: '넷플릭스 페이지', en: 'Netflix page' },
  'feature.tmdb': { ko: 'TMDB', en: 'TMDB' },
  workerAway: {
    ko: '봇이 대답하지 않아요. 터미널을 봐 주세요.',
    en: 'The bot does not answer. Have a look at the terminal.',
  },
  serverAway: {
    ko: '놀이터가 꺼져 있어요. 터미널에서 npm start를 다시 실행해 주세요.',
    en: 'The sandbox is off. Run npm start again in the terminal.',
  },
  posted: { ko: '새 글 {count}개를 올렸어요.', en: 'New posts: {count}.' },
  postedNone: {
    ko: '새로 올릴 글이 없어요. 같은 작품은 한 번만 알려요.',
    en: 'Nothing new to post. A title is announced only once.',
  },
  runBroken: {
    ko: '소식을 읽을 수 없어서 아무 글도 올리지 않았어요.',
    en: 'The news could not be read, so nothing was posted.',
  },
  weekPassed: { ko: '한 주가 지나 {day}이 되었어요.', en: 'A week went by: it is {day}.' },
  pageChanged: {
    ko: '페이지를 바꿨어요. 이제 토요일을 불러 보세요.',
    en: 'The page has changed. Now let Saturday come.',
  },
  failed: { ko: '되지 않았어요. 다시 해 보세요.', en: 'That did not work. Try again.' },
  'did.post': { ko: '글을 올렸어요', en: 'Posted' },
  'did.media': { ko: '포스터를 올렸어요', en: 'Uploaded a poster' },
  'did.alt': { ko: '포스터 설명을 달았어요', en: 'Described a poster' },
  'did.dm': { ko: '쪽지로 답했어요', en: 'Answered a message' },
  'did.webhook': { ko: '쪽지를 받았어요', en: 'Received a message' },
  'did.crc': { ko: 'X에게 자기를 증명했어요', en: 'Proved itself to X' },
  'did.netflix': { ko: '넷플릭스 페이지를 읽었어요', en: 'Read the Netflix page' },
  'did.robots': { ko: '읽어도 되는지 확인했어요', en: 'Checked what it may read' },
  'did.poster': { ko: '포스터를 가져왔어요', en: 'Fetched a poster' },
  'did.tmdb': { ko: 'TMDB에 물어봤어요', en: 'Asked TMDB' },
  'did.catfact': { ko: '고양이 이야기를 가져왔어요', en: 'Fetched a cat fact' },
  'did.other': { ko: '밖에 물어봤어요', en: 'Made a call' },
} as const satisfies Record<string, Record<Language, string>>;

export type TextKey = keyof typeof texts;

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}

/** A text in a language, its placeholders filled in. */
export function say(
  key: TextKey,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}
