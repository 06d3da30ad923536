import { say, type Text } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import type { Sought } from '../watching/many.ts';
import type { Pasted } from '../watching/pasted.ts';

/** What is said of a list of repositories, in chats and on pages; `{names}` are some of `{count}`. */
export const listTexts = {
  found: { ko: '{count}개를 찾았어요: {names}', en: 'I found {count}: {names}' },
  releases: { ko: '새 릴리스만 알려 드릴까요?', en: 'Shall I tell you their new releases?' },
  so: { ko: '이렇게 알려 드릴까요? {what}', en: 'Shall I tell you this of them? {what}' },
  done: {
    ko: '{count}개의 새 릴리스를 알려 드릴게요: {names}',
    en: 'I will tell you new releases of {count}: {names}',
  },
  doneSo: {
    ko: '{count}개를 등록했어요. 이렇게 알려 드려요: {what}\n{names}',
    en: '{count} are registered. You will be told: {what}\n{names}',
  },
  none: {
    ko: '새로 지켜볼 수 있는 저장소가 없어요.',
    en: 'There is no repository in it that I could watch for you.',
  },
  goOn: {
    ko: '아직 {count}개가 남았어요. 이어서 볼까요?',
    en: '{count} are left. Shall I go on?',
  },
  goOnStars: {
    ko: '별표가 더 있어요. 이어서 볼까요?',
    en: 'There are more stars. Shall I go on?',
  },
  askLogin: {
    ko: '누구의 별표를 볼까요? GitHub 아이디를 보내 주세요.',
    en: 'Whose stars? Send me the name of the account at GitHub.',
  },
  noAccount: {
    ko: 'GitHub에 ‘{login}’ 계정이 없어요. 아이디를 확인해 주세요.',
    en: 'There is no account “{login}” at GitHub. Please check its name.',
  },
  noStars: {
    ko: '‘{login}’ 계정은 별표를 준 공개 저장소가 없거나, 프로필이 비공개예요.',
    en: '“{login}” has starred no public repository, or keeps the profile private.',
  },
  full: {
    ko: '한 분이 {most}개까지 지켜볼 수 있어요. 나머지 {count}개는 목록을 정리한 뒤에 다시 보내 주세요.',
    en: 'A person may watch {most}. Unwatch some, then send me the other {count} again.',
  },
  cut: {
    ko: '글이 길어서 앞의 1,000자만 읽었어요. 남은 것은 나눠서 보내 주세요.',
    en: 'That was long: I read its first 1,000 characters. Please send the rest by itself.',
  },
  back: { ko: '방금 등록한 {count}개를 되돌렸어요.', en: 'Undone: the {count} just registered.' },
  already: { ko: '이미 지켜보고 있어요: {names}', en: 'You watch these already: {names}' },
  missing: {
    ko: '찾지 못했어요(없거나 비공개예요): {names}',
    en: 'Not found, or private: {names}',
  },
  archived: {
    ko: '보관돼서 새 소식이 없어 뺐어요: {names}',
    en: 'Archived, so left out: {names}',
  },
  unsure: {
    ko: 'GitHub이 대답하지 않아 확인하지 못했어요: {names}',
    en: 'GitHub did not answer about these: {names}',
  },
  names: {
    ko: '패키지 이름만으로는 저장소를 알 수 없어요(owner/name으로 보내 주세요): {names}',
    en: 'A package’s name does not tell its repository (send owner/name): {names}',
  },
  elsewhere: { ko: 'GitHub에 있지 않아요: {names}', en: 'Not on GitHub: {names}' },
} as const satisfies Record<string, Text>;

const more: Text = { ko: ' 외 {count}개', en: ' and {count} more' };

/** How many are named: those that are to be watched all of them, of others enough to know which. */
const MOST_NAMED = 30;
const MOST_OTHERS = 8;

/** A text with the names it is about, as many as can be read. */
export function listLine(
  text: Text,
  names: readonly string[],
  language: Language,
  most = MOST_OTHERS,
  values: Readonly<Record<string, string>> = {},
): string {
  const shown = names.slice(0, Math.min(most, MOST_NAMED)).join(', ');
  const left = names.length - Math.min(most, MOST_NAMED, names.length);
  const rest = left > 0 ? say(more, language, { count: left }) : '';
  return say(text, language, { ...values, count: names.length, names: shown + rest });
}

/** A line for each kind of names that there are. */
function lines(
  kinds: readonly (readonly [text: Text, names: readonly string[]])[],
  language: Language,
): string[] {
  return kinds.flatMap(([text, names]) =>
    names.length === 0 ? [] : [listLine(text, names, language)],
  );
}

/** Why some of a list cannot be watched, or need not be. */
export function soughtLines(
  { already, missing, archived, unsure }: Omit<Sought, 'found' | 'watches' | 'left'>,
  language: Language,
): string[] {
  return lines(
    [
      [listTexts.already, already],
      [listTexts.missing, missing],
      [listTexts.archived, archived],
      [listTexts.unsure, unsure],
    ],
    language,
  );
}

/** What of a text could not be told. */
export function pastedLines({ names, elsewhere }: Pasted, language: Language): string[] {
  return lines(
    [
      [listTexts.names, names],
      [listTexts.elsewhere, elsewhere],
    ],
    language,
  );
}
