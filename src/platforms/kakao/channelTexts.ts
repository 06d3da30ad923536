import { newsText } from '../../bot/notice/newsTexts.ts';
import type { Notice } from '../../bot/notice/notice.ts';
import { unlinked } from '../../bot/notice/unlinked.ts';
import { unreachable } from '../../lib/result.ts';
import { type TemplateResult, textTemplate } from './api/templates.ts';
import { fitKakaoText, webAddress } from './api/text.ts';

interface KakaoWords {
  readonly text: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** What a notice says on KakaoTalk. */
function kakaoWords(notice: Notice, timeZone: string): KakaoWords {
  switch (notice.kind) {
    case 'text':
      return { text: notice.text, links: notice.links };
    case 'menu':
    case 'bulletin':
    case 'commits':
    case 'release':
    case 'repository':
    case 'digest': {
      const { head, lines, link } = newsText(notice, timeZone, { quote: unlinked });
      return { text: [head, ...lines].join('\n'), links: link ? [link] : [] };
    }
    default:
      return unreachable(notice);
  }
}

/**
 * A notice as a text message: at most 200 characters, the rest behind its link.
 *
 * @param homeUrl where the message leads when the notice has no page of its own
 */
export function kakaoTemplate(
  notice: Notice,
  timeZone: string,
  homeUrl: string | null,
): TemplateResult {
  const words = kakaoWords(notice, timeZone);
  const [first, second] = words.links.filter(({ url }) => webAddress(url) !== null);
  return textTemplate({
    text: fitKakaoText(words.text),
    link: first?.url ?? (homeUrl && pageOf(notice, homeUrl)),
    ...(first && !second && { buttonTitle: first.label }),
    ...(first &&
      second && {
        buttons: [first, second].map(({ label, url }) => ({ title: label, link: url })),
      }),
  });
}

/** Where the Worker itself tells more. */
function pageOf(notice: Notice, homeUrl: string): string {
  return notice.kind === 'menu' ? `${homeUrl}/menu/${notice.day}` : homeUrl;
}

/** Longest text of a bubble (docs/platforms/kakao.md, Skill answers). */
const BUBBLE_LIMIT = 1000;

/** A notice as one bubble of the chatbot, its pages as lines of their own. */
export function kakaoBubble(notice: Notice, timeZone: string): string {
  const words = kakaoWords(notice, timeZone);
  const pages = words.links.map(({ url }) => `\n${url}`).join('');
  return fitKakaoText(words.text, BUBBLE_LIMIT - pages.length) + pages;
}
