import * as v from 'valibot';
import type { Result } from '../../../lib/result.ts';
import { cleanText, KAKAO_TEXT_LIMIT, webAddress } from './text.ts';

/** A message as Kakao takes it, within every limit: made by {@link textTemplate}. */
export interface KakaoTemplate {
  readonly object_type: 'text';
  readonly [member: string]: unknown;
}

/** `problem`: the member and what is wrong with it, such as `text: too long`. */
export type TemplateResult = Result<KakaoTemplate, { readonly problem: string }>;

function text(member: string, limit: number) {
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

const title = text('button', Number.POSITIVE_INFINITY);

const textOptions = v.object({
  text: text('text', KAKAO_TEXT_LIMIT),
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
