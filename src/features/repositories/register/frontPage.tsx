import type { FrontPage, Sayable } from '../../../bot/feature.ts';
import { chatPlaces } from '../../../bot/meetings.ts';
import { isWatching } from '../watching/find.ts';
import { readChoice } from './choice.ts';
import { AVATARS, REGISTER_SCRIPT } from './parts.tsx';
import { Registration } from './steps.tsx';

const LEAD = {
  ko: '지켜보는 GitHub 저장소의 새 커밋과 릴리스를 한 번씩 알려 드려요.',
  en: 'I tell you each new commit and release of the GitHub repositories you watch, once.',
} as const;
const sayable: readonly Sayable[] = [
  {
    say: { ko: '구독 owner/name', en: 'watch owner/name' },
    gives: { ko: '저장소 지켜보기', en: 'news of a repository' },
  },
  {
    say: { ko: '목록 · 상태 1 · 해제 1', en: 'list · status 1 · unwatch 1' },
    gives: { ko: '지켜보는 저장소', en: 'the repositories you watch' },
  },
];

/** On the front page: the first step of registering; the others take its place, pictures and all. */
export const registration: FrontPage = {
  pictures: () => [AVATARS],
  head: REGISTER_SCRIPT,
  read: async (bot, { language, today }) => {
    if (!isWatching(bot)) return { lead: null, sayable: [], section: null };
    const places = await chatPlaces(bot);
    const choice = readChoice(new URLSearchParams());
    return {
      lead: LEAD,
      sayable,
      section: (
        <Registration
          view={{ step: 1 }}
          choice={choice}
          places={places}
          token=""
          today={today}
          language={language}
        />
      ),
    };
  },
};
