import { isGroup } from '../../bot/channels.ts';
import { publicUrlOf } from '../../bot/publicUrl.ts';
import { suggestionsIn } from '../../bot/talk/help.ts';
import { texts } from '../../bot/talk/texts.ts';
import type { Intent } from '../../bot/talk/types.ts';
import { linkPath } from './link.ts';
import { untiePerson } from './store/kakaoTies.ts';

/** `연결`: a link that lets KakaoTalk carry this person's news; `연결 해제`: no more. */
export const link: Intent = {
  id: 'link',
  patterns: [
    /^(?:카카오톡? ?)?연결 ?(?<off>해제|끊기)$/,
    /^(?<off>logout|disconnect)$/,
    /^(?:카카오톡? ?)?연결(?:하기)?$/,
    /^(?:log ?in|connect)(?: kakao(?:talk)?)?$/,
  ],
  async reply(bot, person, match) {
    const { language } = person;
    const said = (text: string) => ({ text, suggestions: suggestionsIn(bot, language), person });
    if (match.groups?.['off'] !== undefined) {
      await untiePerson(bot.db, person.id, bot.runtime.now());
      return { ...said(texts.unlinked[language]()), person: { ...person, kakaoId: null } };
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
