import type { Bot } from '../../../bot/context.ts';
import type { ChatPlace } from '../../../bot/meetings.ts';
import { type Language, MINUTE_MS } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { watchProblems } from '../talk/texts.ts';
import type { Card } from './cards.ts';
import { type CheckProblem, checkRepository } from './check.ts';
import { type Choice, nicknameOf, optionsOf } from './choice.ts';
import { isFromPage } from './pageToken.ts';
import { texts } from './texts.ts';
import type { Wanted } from './words.ts';

/** How far somebody has come, and what is wrong with what they chose last. */
export type View =
  | { readonly step: 1 }
  | { readonly step: 2; readonly channel: string; readonly problem: string | null }
  | {
      readonly step: 3;
      readonly channel: string;
      readonly card: Card;
      readonly problem: string | null;
    }
  | {
      readonly step: 4;
      readonly channel: string;
      readonly card: Card;
      readonly wanted: Wanted;
    };

/**
 * The step that follows from what was chosen so far; each is checked again, whatever a browser says
 * of the step it is at.
 *
 * @param request its headers tell whether it comes from a page of ours, and `source` from where
 */
export async function viewOf(
  bot: Bot,
  places: readonly ChatPlace[],
  choice: Choice,
  request: { readonly headers: Headers; readonly source: string; readonly language: Language },
): Promise<View> {
  const { channel, address, token } = choice;
  const { headers, source, language } = request;
  if (!places.some((place) => place.channel === channel)) return { step: 1 };
  if (address === '') return { step: 2, channel, problem: null };
  if (!(await isFromPage(bot, token, headers))) {
    // A link may bring an address; whether it is looked up is for its reader to say.
    return { step: 2, channel, problem: token === '' ? null : say(texts.stale, language) };
  }
  const checked = await checkRepository(bot, address, source);
  if (!checked.ok) {
    return { step: 2, channel, problem: problemText(checked, address, language) };
  }
  const card = checked.value;
  const branchProblem = card.isBranchMissing ? watchProblems['no-branch'][language]() : null;
  if (choice.branch === '') return { step: 3, channel, card, problem: branchProblem };
  const wanted = wantedOf(card, choice, language);
  return typeof wanted === 'string'
    ? { step: 3, channel, card, problem: wanted }
    : { step: 4, channel, card, wanted };
}

function wantedOf(card: Card, choice: Choice, language: Language): Wanted | string {
  const { owner, name } = card;
  const { branch } = choice;
  if (!card.branches.includes(branch)) return watchProblems['no-branch'][language]();
  const nickname = nicknameOf(choice, name);
  if (nickname === null) return watchProblems['nickname-invalid'][language]();
  const options = optionsOf(choice);
  if (options === null) return say(texts.tagInvalid, language);
  return { owner, name, branch, nickname, options };
}

function problemText(problem: CheckProblem, address: string, language: Language): string {
  if (problem.reason !== 'wait') return watchProblems[problem.reason][language]();
  return say(texts.wait, language, {
    minutes: Math.ceil(problem.waitMs / MINUTE_MS),
    words: `${language === 'ko' ? '구독' : 'watch'} ${address}`,
  });
}
