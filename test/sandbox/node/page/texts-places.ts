/** Texts of Discord's and Slack's channels, of the stage and of the feed. */
export const placeTexts = {
  places: { ko: 'Discord와 Slack', en: 'Discord and Slack' },
  placesHint: {
    ko: '주소를 복사해 홈페이지의 등록이나 관리 페이지에 넣어 보세요.',
    en: 'Copy an address into the registration on the home page, or into the owner’s pages.',
  },
  placeEmpty: { ko: '아직 아무 말도 없어요.', en: 'Nothing was said here yet.' },
  'place.open': { ko: '열림', en: 'open' },
  'place.quiet': { ko: '잠시 쉼 (429)', en: 'resting (429)' },
  'place.gone': { ko: '지워짐 (404)', en: 'deleted (404)' },
  'platform.discord': { ko: 'Discord', en: 'Discord' },
  'platform.slack': { ko: 'Slack', en: 'Slack' },
  'hook.discord': { ko: 'Discord 웹훅이 바뀌어요', en: 'Discord’s webhook changes' },
  'hook.slack': { ko: 'Slack 웹훅이 바뀌어요', en: 'Slack’s webhook changes' },
  hookChanged: {
    ko: '{platform}: 이제 “{state}”이에요. 누를 때마다 열림, 쉼, 지워짐으로 바뀌어요.',
    en: '{platform}: it is “{state}” now. Each press goes on: open, resting, deleted.',
  },
  wednesday: { ko: '수요일이 왔어요', en: 'Wednesday comes' },
  wednesdayWorking: { ko: '공연을 모으는 중…', en: 'Collecting the stage…' },
  stageNone: {
    ko: '새로 올릴 공연이 없어요. 같은 공연은 한 번만 알려요.',
    en: 'Nothing new to post. A production is announced only once.',
  },
  feed: { ko: '블로그에 새 글이 실려요', en: 'A blog has a new article' },
  feedPublished: {
    ko: '“{title}” 글이 실렸어요. 관리 페이지에 {url} 피드를 넣었다면 다음 30분에 알려요.',
    en: '“{title}” is out. With the feed {url} on the owner’s pages it is told at the next half hour.',
  },
} as const;
