import type { Bot } from '../../../bot/context.ts';
import { publicUrlOf } from '../../../bot/http.ts';
import { isGroup } from '../../../bot/platform.ts';
import {
  has,
  isLight,
  means,
  type Token,
  type Utterance,
  written,
} from '../../../bot/talk/grammar/utterance.ts';
import type { Link, Reply } from '../../../bot/talk/types.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import type { WatchOptions } from '../store/options.ts';
import { describeOptions, optionWordsFor } from '../watching/options.ts';
import type { Registered } from '../watching/register.ts';
import { watchTexts } from './texts.ts';

/** Concepts of words around a name. */
const AROUND = [
  'nick',
  'rename',
  'call',
  'change',
  'as',
  'please',
  'want',
  'show',
  'watch',
  'repo',
  'say',
  'new',
  'setting',
  'on',
];

/** Particles and endings before and behind a name, where words of the lexicon left them. */
const BEFORE =
  /^(?:음+|어+|흠+|글쎄|um+|uh+|hmm+)(?=[\s.,~])|^(?:은|는|이|가|을|를|의|도|에서|에)(?=\s)|^(?:to|as|it|is|be|the|of|called|named|that|into)(?=\s)|^(?:[\s:=,.~'"‘’“”「」『』→⇒]|[-=]>)+/iu;
const BEHIND =
  /(?:이?라고|이?라는|이?란)$|(?<=\S)(?:으로|로)$|(?<=[가-힣])(?:이요|요|이야)$|\s(?:로|으로)$|\s?(?:해서|하고|해|할게요?|할래요?|하자|해\s?줘요?|해\s?주세요|지어\s?줘요?|지어\s?주세요|정해\s?줘요?|부탁해요?)$|\s(?:please|pls|thanks|thx)$|[\s.,!?'"‘’“”「」『』~]+$/iu;

/**
 * A name without what a sentence puts around it.
 *
 * @param isAlone no Korean sentence is around it: the end of 헬로 is no particle then
 */
export function bareName(text: string, isAlone = false): string {
  let name = text.trim();
  if (isAlone && /^[가-힣]+로$/u.test(name)) return name;
  for (let round = 0; round < 6; round++) {
    const before = name;
    name = name.replace(BEFORE, '');
    const cut = name.replace(BEHIND, '');
    // A name may end like an ending: all of it is not taken off.
    if (cut.trim() !== '') name = cut;
    name = name.trim();
    if (name === before) break;
  }
  return name;
}

/** `우리 앱으로 해줘`, `call it my app`: the name in an answer that is all about it. */
export function nicknameSaid(utterance: Utterance): string {
  const marker = utterance.tokens.find((token) =>
    token.means.some(({ concept }) => concept === 'nick' || concept === 'as' || concept === 'call'),
  );
  const former = marker === undefined ? '' : utterance.text.slice(0, marker.start).trim();
  const isLatin = marker !== undefined && /^[a-z]/i.test(written(utterance, marker));
  // `let's call it sunny`
  const isFirst =
    marker !== undefined &&
    (former === '' ||
      (isLatin && utterance.tokens.every((one) => one.start >= marker.start || isLight(one))));
  // `샘플이라고 불러줘`: the name stands before its marker.
  const isBehind = marker !== undefined && !isFirst && has(utterance, 'call', 'as');
  if (isBehind && /[가-힣]$/u.test(former) && /[가-힣]/u.test(written(utterance, marker))) {
    const name = bareName(former);
    if (name !== '') return name;
  }
  const rest = isFirst
    ? utterance.text.slice(marker.end).replace(/^\s*it\s/i, ' ')
    : utterance.text;
  const name = bareName(rest, marker === undefined);
  return name === '' && marker !== undefined ? written(utterance, marker) : name;
}

/** `아니다, 등록 안 할래`: all of it is understood, and it says no. */
export function isRefusal(utterance: Utterance): boolean {
  const isAbout = has(utterance, 'nick', 'skip');
  return (
    !isAbout &&
    has(utterance, 'cancel', 'no') &&
    utterance.tokens.every(({ means: all }) => all.length > 0)
  );
}

/**
 * The new name in a text that also says which one is to be called so: what is left of it without
 * the words around it.
 *
 * @param which where the text says which one
 * @returns blank when there is none
 * @example newName(parse('1번 이름을 연구로 바꿔 주세요'), place of 1번) // '연구'
 */
export function newName(
  utterance: Utterance,
  which: { readonly start: number; readonly end: number } | null,
): string {
  const consumed = utterance.tokens.filter((token) => isConsumed(token, which));
  const stretches: string[] = [];
  let from = 0;
  const length = utterance.text.length;
  for (const one of [...consumed, { start: length, end: length, means: [] }]) {
    const { start, end } = one;
    const hasContent = utterance.tokens.some(
      (token) => !consumed.includes(token) && token.start >= from && token.end <= start,
    );
    if (hasContent) stretches.push(bareName(utterance.text.slice(from, start)));
    // 바꿀래: what follows a verb without a space is its ending.
    const isVerb = means(one, 'change') || means(one, 'call');
    const ending = isVerb ? /^[가-힣]*/u.exec(utterance.text.slice(end))?.[0] : '';
    from = Math.max(from, end + (ending ?? '').length);
  }
  return stretches.filter((text) => text !== '').at(-1) ?? '';
}

function isConsumed(
  token: Token,
  which: { readonly start: number; readonly end: number } | null,
): boolean {
  if (which !== null && token.start < which.end && which.start < token.end) return true;
  return token.means.length > 0 && AROUND.some((concept) => means(token, concept));
}

const nextWords: Readonly<Record<Language, readonly string[]>> = {
  ko: ['목록', '관심 레포 추가', '연결'],
  en: ['list', 'watch', 'login'],
};

/**
 * What a person reads when a watch is set up.
 *
 * @param set what it tells; `null` when it was there before
 */
export async function welcome(
  bot: Bot,
  person: Person,
  registered: Registered,
  set: WatchOptions | null,
): Promise<Reply> {
  const { language } = person;
  const { repository, branch, nickname, isNew, renamedFrom } = registered;
  const fullName = `${repository.owner}/${repository.name}`;
  const lines = [
    isNew
      ? watchTexts.registered[language](nickname, fullName, branch.name)
      : watchTexts.already[language](nickname, fullName, branch.name),
    ...(set === null ? [] : [promise(set, language)]),
    ...(renamedFrom === null ? [] : [watchTexts.renamedFrom[language](renamedFrom)]),
    ...(repository.isArchived ? [watchTexts.archived[language]()] : []),
    ...nowThere(registered, language),
    ...untoldHint(bot, person),
  ];
  // Nobody else has a page of what is private, so there is none.
  const links = repository.isPrivate ? [] : await historyLink(bot, repository.id, language);
  return { text: lines.join('\n'), suggestions: nextWords[language], links, person };
}

/** How somebody gets news whom none would reach where they talk. */
export function untoldHint(bot: Bot, person: Person): string[] {
  const isUntold =
    person.kakaoId === null && !isGroup(bot, person) && !bot.channels.has(person.channel);
  return isUntold ? [watchTexts.linkHint[person.language]()] : [];
}

/** What a pattern covers now; of a branch, that it is empty. */
function nowThere({ branch, covers }: Registered, language: Language): string[] {
  if (branch.isPattern) return [watchTexts.covers[language](covers.length)];
  return branch.head === null ? [watchTexts.empty[language]()] : [];
}

/** What will be told, in a sentence. */
function promise(options: WatchOptions, language: Language): string {
  return optionWordsFor(options, language) === null
    ? watchTexts.willTell[language]()
    : watchTexts.willTellSo[language](describeOptions(options, language));
}

/** The page with what happened in a repository; none where the public address is not known. */
export async function historyLink(
  bot: Bot,
  repository: number,
  language: Language,
): Promise<Link[]> {
  const origin = await publicUrlOf(bot);
  if (origin === null) return [];
  return [{ label: watchTexts.history[language](), url: `${origin}/repos/${repository}` }];
}
