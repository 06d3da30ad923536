import type { Job } from '../../bot/jobs/job.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { withCommas } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { Run } from '../../store/runs.ts';
import type { Text } from '../../ui/language.ts';

export const texts = {
  title: { ko: '한눈에', en: 'Overview' },
  allWell: { ko: '모두 괜찮아요', en: 'All is well' },
  allWellText: {
    ko: '지금 하실 일이 없어요.',
    en: 'There is nothing for you to do.',
  },
  todo: { ko: '하실 일이 {count}가지 있어요', en: 'Things to do: {count}' },
  todoFailing: { ko: '{name}: {reason}', en: '{name}: {reason}' },
  todoDead: {
    ko: '보내지 못한 것이 {count}개 있어요. 까닭을 보고 다시 보내 주세요.',
    en: 'Could not be sent: {count}. See why and send again.',
  },
  todoNews: { ko: '새로 알릴 일이 {count}개 있어요.', en: 'Unread news: {count}' },
  todoEvents: {
    ko: '처리하지 못한 이벤트가 {count}개 있어요. 이벤트 화면을 봐 주세요.',
    en: 'Events given up: {count}. See the events page.',
  },
  news: { ko: '알려 드릴 일', en: 'News for you' },
  noNews: { ko: '새 소식이 없어요.', en: 'No news.' },
  seen: { ko: '모두 확인했어요', en: 'Mark all as seen' },
  features: { ko: '기능', en: 'Features' },
  runs: { ko: '최근에 한 일', en: 'Last runs' },
  noRuns: {
    ko: '아직 한 일이 없어요. 30분마다 할 일을 살펴요.',
    en: 'Nothing has run yet. Every 30 minutes the bot looks what is due.',
  },
  done: { ko: '마침', en: 'Done' },
  failed: { ko: '실패', en: 'Failed' },
  running: { ko: '하는 중', en: 'Running' },
  deliveries: { ko: '보낼 것', en: 'To be sent' },
  nothingWaiting: { ko: '기다리는 것이 없어요.', en: 'Nothing is waiting.' },
  dead: { ko: '보내지 못한 것', en: 'Could not be sent' },
  noDead: { ko: '모두 보냈어요.', en: 'Everything was sent.' },
  again: { ko: '다시 보내기', en: 'Send again' },
  drop: { ko: '버리기', en: 'Drop' },
  reply: { ko: '메시지 답장', en: 'A reply' },
  attempts: { ko: '{count}번 해 봤어요', en: 'tries: {count}' },
  due: { ko: '보낼 시각', en: 'due' },
  more: { ko: '그 밖에 {count}개', en: '{count} more' },
} as const satisfies Record<string, Text>;

/** A reply is told by its topic, and a bulletin has a title. */
type Titleless = Exclude<Notice['kind'], 'text' | 'bulletin'>;

/** What waits to be sent, by the kind of its notice, where it has no title of its own. */
export const noticeNames: Readonly<Record<Titleless, Text>> = {
  menu: { ko: '식단', en: 'The menu' },
  commits: { ko: '새 커밋', en: 'New commits' },
  release: { ko: '새 릴리스', en: 'A release' },
  repository: { ko: '저장소 소식', en: 'News of a repository' },
  digest: { ko: '저장소 소식 모음', en: 'A digest' },
};

/** How a run is, as a badge. */
export const runBadges = {
  done: { state: 'ok', text: texts.done },
  failed: { state: 'bad', text: texts.failed },
  running: { state: 'off', text: texts.running },
} as const;

/** What a run did, in numbers; blank when it counted nothing. */
export function countsText(
  job: Pick<Job, 'counts'> | undefined,
  { counts }: Pick<Run, 'counts'>,
  language: Language,
): string {
  return Object.entries(counts)
    .map(([name, value]) => `${job?.counts[name]?.[language] ?? name} ${withCommas(value)}`)
    .join(' · ');
}
