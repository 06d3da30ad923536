import type { Question } from '../../../ui/admin/confirm.tsx';
import type { Text } from '../../../ui/language.ts';

export const texts = {
  title: { ko: '올릴 글', en: 'Upcoming posts' },
  lead: {
    ko: '앞으로 2주 안에 공개될 작품이에요. 토요일 오전 9시(한국)에 이 모습 그대로 X에 올려요.',
    en: 'Titles of the coming two weeks. On Saturday at 09:00 in Korea they are posted on X just like this.',
  },
  posts: { ko: '올릴 글 {count}개', en: 'Posts: {count}' },
  none: {
    ko: '올릴 글이 없어요. 새 작품은 날마다 모으고, 지금 모으려면 할 일 페이지에서 소식 모으기를 눌러 주세요.',
    en: 'Nothing to post. New titles are collected every day; on the page Jobs you can collect now.',
  },
  now: { ko: '지금 올리기', en: 'Post now' },
  skip: { ko: '건너뛰기', en: 'Skip this one' },
  unskip: { ko: '다시 넣기', en: 'Put back' },
  skipped: { ko: '건너뛴 작품', en: 'Skipped' },
  skippedLead: {
    ko: '다시 넣지 않으면 올리지 않아요.',
    en: 'Never posted unless you put them back.',
  },
  edit: { ko: '제목 고치기', en: 'Edit the title' },
  field: { ko: '올릴 제목', en: 'Title to post' },
  fieldHint: { ko: '비우면 원래 제목으로 돌아가요.', en: 'Leave it blank for the original.' },
  original: { ko: '원래 제목: {title}', en: 'Original: {title}' },
  save: { ko: '저장하기', en: 'Save' },
} as const satisfies Record<string, Text>;

export const nowQuestion = {
  title: { ko: '지금 올릴까요?', en: 'Post it now?' },
  warning: {
    ko: '‘{title}’ 글을 X에 바로 올려요. 토요일에 다시 올리지 않고, 여기서 되돌릴 수 없어요.',
    en: '“{title}” goes to X at once. It is not posted again on Saturday, and cannot be undone here.',
  },
  yes: texts.now,
} as const satisfies Omit<Question, 'under'>;
