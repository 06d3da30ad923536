import * as v from 'valibot';
import type { Result } from '../../../lib/result.ts';
import { cutToFit, graphemes } from '../../../lib/text.ts';

/**
 * Longest text of a message. Source: docs/platforms/kakao.md, Templates; in which unit, they do not
 * say.
 */
export const KAKAO_TEXT_LIMIT = 200;
const MAX_ADDRESS = 1000;

/**
 * A text cut at a grapheme to at most `limit` characters, with an ellipsis where something was left
 * out. UTF-16 units are counted: a text never has more code points or graphemes than those.
 */
export function fitKakaoText(text: string, limit: number = KAKAO_TEXT_LIMIT): string {
  return cutToFit(headOf(cleanText(text), limit), limit, (part) => part.length);
}

/**
 * A text in at most `most` pieces of at most `limit` characters each, parted at the end of a line
 * or word where there is one, else at a grapheme; what is left over then is cut off. A blank text
 * has no pieces.
 */
export function splitKakaoText(text: string, limit: number, most: number): string[] {
  const pieces: string[] = [];
  let rest = cleanText(text);
  while (rest.length > limit && pieces.length < most - 1) {
    const end = endOfPiece(rest, limit);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, fitKakaoText(rest, limit)].filter((piece) => piece !== '');
}

/**
 * A text without what no message can show: control characters but line breaks and tabs, halves of
 * surrogate pairs, white space around it.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim();
}

/** An http(s) address as a button or picture can have it, or null for anything else. */
export function webAddress(text: string): string | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const { href } = new URL(text);
  return href.length <= MAX_ADDRESS ? href : null;
}

function endOfPiece(text: string, limit: number): number {
  let end = 0;
  let line = 0;
  let word = 0;
  for (const part of graphemes(headOf(text, limit))) {
    if (end + part.length > limit) break;
    end += part.length;
    if (part === '\n') line = end;
    if (/^\s$/.test(part)) word = end;
  }
  // A piece less than half full would cost more at the end of the text than a parted word.
  const soft = [line, word].find((at) => at > limit / 2);
  return soft ?? (end || limitAt(text, limit));
}

/** Where a grapheme that is longer than a whole piece is cut: between two code points. */
function limitAt(text: string, limit: number): number {
  return text.slice(0, limit).isWellFormed() ? limit : limit - 1;
}

/** As much of a text as tells where it can be cut: up to the whole code point after the limit. */
function headOf(text: string, limit: number): string {
  return text.slice(0, limit + 2);
}

/** A message as Kakao takes it, within every limit: made by {@link textTemplate}. */
export interface KakaoTemplate {
  readonly object_type: 'text';
  readonly [member: string]: unknown;
}

/** `problem`: the member and what is wrong with it, such as `text: too long`. */
export type TemplateResult = Result<KakaoTemplate, { readonly problem: string }>;

function textSchema(member: string, limit: number) {
  return v.pipe(
    v.string(),
    v.transform(cleanText),
    v.minLength(1, `${member}: empty`),
    v.maxLength(limit, `${member}: too long`),
  );
}

/** An http(s) address, in the one way to write it. */
const address = v.pipe(
  v.string(),
  v.check((written) => webAddress(written) !== null, 'link: no web address'),
  v.transform((written) => webAddress(written) ?? written),
);

const title = textSchema('button', Number.POSITIVE_INFINITY);

const textOptions = v.object({
  text: textSchema('text', KAKAO_TEXT_LIMIT),
  link: v.nullable(address),
  /** Words on the one button that Kakao adds itself; `buttons` take its place. */
  buttonTitle: v.exactOptional(title),
  buttons: v.exactOptional(
    v.pipe(
      v.array(v.object({ title, link: address })),
      v.maxLength(2, 'buttons: too many'),
      v.readonly(),
    ),
  ),
});

/**
 * A plain text (1 to 200 characters, see `fitKakaoText`) with a link. Every limit of
 * Kakao's templates is checked; links are http(s) addresses.
 *
 * @example textTemplate({ text: '11월 22일 일요일 점심\n...', link: 'https://my.example/menu' })
 */
export function textTemplate(options: v.InferInput<typeof textOptions>): TemplateResult {
  const parsed = v.safeParse(textOptions, options);
  if (!parsed.success) return { ok: false, problem: parsed.issues[0].message };
  const { text: words, link, buttonTitle, buttons } = parsed.output;
  return {
    ok: true,
    value: {
      object_type: 'text',
      text: words,
      link: linkOf(link),
      ...(buttonTitle !== undefined && { button_title: buttonTitle }),
      ...(buttons && {
        buttons: buttons.map((button) => ({ title: button.title, link: linkOf(button.link) })),
      }),
    },
  };
}

function linkOf(url: string | null) {
  return url === null ? {} : { web_url: url, mobile_web_url: url };
}
