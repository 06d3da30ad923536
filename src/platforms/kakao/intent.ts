import { isGroup } from '../../bot/channels.ts';
import { publicUrlOf } from '../../bot/publicUrl.ts';
import { has } from '../../bot/talk/hear/heard.ts';
import { suggestionsIn } from '../../bot/talk/help.ts';
import { texts } from '../../bot/talk/texts.ts';
import type { Intent, Vocabulary } from '../../bot/talk/types.ts';
import { linkPath } from './link.ts';
import { untiePerson } from './store/kakaoTies.ts';
import { linkHears, linkWords } from './words.ts';

/** `연결`: a link that lets KakaoTalk carry this person's news; `연결 해제`: no more. */
export const link: Intent = {
  id: 'link',
  hears: linkHears,
  example: { ko: '연결', en: 'login' },
  async reply(bot, person, heard) {
    const { language } = person;
    const said = (text: string) => ({ text, suggestions: suggestionsIn(bot, language), person });
    if (has(heard, 'unlink') || (has(heard, 'off') && has(heard, 'link', 'kakao'))) {
      return {
        ...said(texts.unlinked[language]()),
        person: { ...person, kakaoId: null },
        writes: untiePerson(bot.db, person.id, bot.runtime.now()),
      };
    }
    // One of them would take the news from all the others.
    if (isGroup(bot, person)) return said(texts.linkInGroup[language]());
    const origin = await publicUrlOf(bot);
    const path = origin === null ? null : await linkPath(bot, person.id);
    if (path === null) return said(texts.linkOff[language]());
    return {
      ...said(texts.link[language]()),
      suggestions: [],
      links: [{ label: texts.linkButton[language](), url: `${origin}${path}` }],
    };
  },
};

export const linkVocabulary: Vocabulary = { words: linkWords };
