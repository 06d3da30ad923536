import * as v from 'valibot';
import type { Result } from '../../../lib/result.ts';
import { cleanText, KAKAO_TEXT_LIMIT, webAddress } from './text.ts';

/** A message as Kakao takes it, within every limit: made by the functions of this file. */
export interface KakaoTemplate {
  readonly object_type: 'text' | 'feed' | 'list';
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

function atMost<Item extends v.GenericSchema>(member: string, limit: number, item: Item) {
  return v.pipe(v.array(item), v.maxLength(limit, `${member}: too many`), v.readonly());
}

function whole(member: string, least: number) {
  return v.pipe(v.number(member), v.safeInteger(member), v.minValue(least, member));
}

/** An http(s) address, in the one way to write it. */
function address(member: string) {
  return v.pipe(
    v.string(),
    v.check((written) => webAddress(written) !== null, `${member}: no web address`),
    v.transform((written) => webAddress(written) ?? written),
  );
}

const UNLIMITED = Number.POSITIVE_INFINITY;
const link = v.nullable(address('link'));
const image = v.exactOptional(address('image'));

const common = {
  /** Words on the one button that Kakao adds itself; `buttons` take its place. */
  buttonTitle: v.exactOptional(text('button', UNLIMITED)),
  buttons: v.exactOptional(
    atMost('buttons', 2, v.object({ title: text('button', UNLIMITED), link: address('link') })),
  ),
  /**
   * Origins registered in the console's [Product link], such as `https://github.com`; a link
   * elsewhere would not open and is refused. Absent: not checked.
   */
  linkOrigins: v.exactOptional(v.pipe(v.array(v.string()), v.readonly())),
};

const content = v.object({
  title: text('title', UNLIMITED),
  description: v.exactOptional(text('description', UNLIMITED)),
  imageUrl: image,
  /** Pixels. */
  imageWidth: v.exactOptional(whole('image: width', 1)),
  imageHeight: v.exactOptional(whole('image: height', 1)),
  link,
});

const items = v.object({
  profileText: v.exactOptional(text('profile', 16)),
  profileImageUrl: image,
  titleImageText: v.exactOptional(text('image title', 24)),
  titleImageUrl: image,
  titleImageCategory: v.exactOptional(text('image category', 14)),
  /** Lines of a label and its value. */
  items: v.exactOptional(
    atMost(
      'items',
      5,
      v.object({ item: text('item', UNLIMITED), itemOp: text('item', UNLIMITED) }),
    ),
  ),
  sum: v.exactOptional(text('sum', 6)),
  sumOp: v.exactOptional(text('sum', 11)),
});

const count = v.exactOptional(whole('social: count', 0));
const social = v.object({
  likes: count,
  comments: count,
  shares: count,
  views: count,
  subscribers: count,
});

const textOptions = v.object({ text: text('text', KAKAO_TEXT_LIMIT), link, ...common });
const feedOptions = v.object({
  content,
  items: v.exactOptional(items),
  social: v.exactOptional(social),
  ...common,
});
const listOptions = v.object({
  headerTitle: text('header', 200),
  headerLink: link,
  contents: v.pipe(
    v.array(content),
    v.minLength(2, 'contents: too few'),
    v.maxLength(3, 'contents: too many'),
    v.readonly(),
  ),
  ...common,
});

type Common = v.InferOutput<v.ObjectSchema<typeof common, undefined>>;
type Content = v.InferOutput<typeof content>;

/**
 * A plain text (1 to 200 characters, see `fitKakaoText`) with a link. Every limit of
 * Kakao's templates is checked, here and in the two below; links and images are http(s)
 * addresses.
 *
 * @example textTemplate({ text: '11월 22일 일요일 점심\n...', link: 'https://my.example/menu' })
 */
export function textTemplate(options: v.InferInput<typeof textOptions>): TemplateResult {
  return build(textOptions, options, (given) => ({
    links: [given.link],
    template: { object_type: 'text', text: given.text, link: linkOf(given.link) },
  }));
}

/** A picture with title and description, up to five lines of items, and counts of reactions. */
export function feedTemplate(options: v.InferInput<typeof feedOptions>): TemplateResult {
  return build(feedOptions, options, (given) => ({
    links: [given.content.link],
    template: {
      object_type: 'feed',
      content: contentOf(given.content),
      ...(given.items && {
        item_content: {
          profile_text: given.items.profileText,
          profile_image_url: given.items.profileImageUrl,
          title_image_text: given.items.titleImageText,
          title_image_url: given.items.titleImageUrl,
          title_image_category: given.items.titleImageCategory,
          items: given.items.items?.map(({ item, itemOp }) => ({ item, item_op: itemOp })),
          sum: given.items.sum,
          sum_op: given.items.sumOp,
        },
      }),
      ...(given.social && {
        social: {
          like_count: given.social.likes,
          comment_count: given.social.comments,
          shared_count: given.social.shares,
          view_count: given.social.views,
          subscriber_count: given.social.subscribers,
        },
      }),
    },
  }));
}

/** Two or three contents under a header. */
export function listTemplate(options: v.InferInput<typeof listOptions>): TemplateResult {
  return build(listOptions, options, (given) => ({
    links: [given.headerLink, ...given.contents.map((one) => one.link)],
    template: {
      object_type: 'list',
      header_title: given.headerTitle,
      header_link: linkOf(given.headerLink),
      contents: given.contents.map(contentOf),
    },
  }));
}

function build<Options extends Common>(
  schema: v.GenericSchema<unknown, Options>,
  options: unknown,
  make: (given: Options) => {
    readonly links: readonly (string | null)[];
    readonly template: KakaoTemplate;
  },
): TemplateResult {
  const parsed = v.safeParse(schema, options);
  if (!parsed.success) return { ok: false, problem: parsed.issues[0].message };
  const { buttonTitle, buttons, linkOrigins } = parsed.output;
  const { links, template } = make(parsed.output);
  const pages = [...links, ...(buttons ?? []).map((button) => button.link)];
  const opens = (url: string | null) =>
    url === null || !linkOrigins || linkOrigins.includes(new URL(url).origin);
  if (!pages.every(opens)) return { ok: false, problem: 'link: domain not registered' };
  return {
    ok: true,
    value: {
      ...template,
      ...(buttonTitle !== undefined && { button_title: buttonTitle }),
      ...(buttons && {
        buttons: buttons.map((button) => ({ title: button.title, link: linkOf(button.link) })),
      }),
    },
  };
}

function contentOf(given: Content) {
  return {
    title: given.title,
    description: given.description,
    image_url: given.imageUrl,
    image_width: given.imageWidth,
    image_height: given.imageHeight,
    link: linkOf(given.link),
  };
}

function linkOf(url: string | null) {
  return url === null ? {} : { web_url: url, mobile_web_url: url };
}
