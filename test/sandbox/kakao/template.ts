import * as v from 'valibot';

/**
 * As in docs/platforms/kakao.md, Templates. The unit of its limits is not documented: UTF-16, the
 * strictest, counts here.
 */
const text = (limit: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(limit));
const words = v.pipe(v.string(), v.minLength(1));
const address = v.pipe(v.string(), v.url());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const link = v.strictObject({
  web_url: v.optional(address),
  mobile_web_url: v.optional(address),
  android_execution_params: v.optional(v.string()),
  ios_execution_params: v.optional(v.string()),
});

const buttons = (limit: number) =>
  v.optional(v.pipe(v.array(v.strictObject({ title: words, link })), v.maxLength(limit)));

const content = v.pipe(
  v.strictObject({
    title: v.optional(words),
    description: v.optional(words),
    image_url: v.optional(address),
    image_width: v.optional(count),
    image_height: v.optional(count),
    link,
  }),
  v.check(
    ({ title, description, image_url }) => [title, description, image_url].some(Boolean),
    'needs a title, a description or an image',
  ),
);

const social = v.optional(
  v.strictObject({
    like_count: v.optional(count),
    comment_count: v.optional(count),
    shared_count: v.optional(count),
    view_count: v.optional(count),
    subscriber_count: v.optional(count),
  }),
);

const itemContent = v.strictObject({
  profile_text: v.optional(text(16)),
  profile_image_url: v.optional(address),
  title_image_text: v.optional(text(24)),
  title_image_url: v.optional(address),
  title_image_category: v.optional(text(14)),
  items: v.optional(
    v.pipe(v.array(v.strictObject({ item: words, item_op: words })), v.maxLength(5)),
  ),
  sum: v.optional(text(6)),
  sum_op: v.optional(text(11)),
});

const template = v.variant('object_type', [
  v.strictObject({
    object_type: v.literal('text'),
    text: text(200),
    link,
    button_title: v.optional(words),
    buttons: buttons(2),
  }),
  v.strictObject({
    object_type: v.literal('feed'),
    content,
    item_content: v.optional(itemContent),
    social,
    button_title: v.optional(words),
    buttons: buttons(2),
  }),
  v.strictObject({
    object_type: v.literal('list'),
    header_title: text(200),
    header_link: link,
    contents: v.pipe(v.array(content), v.minLength(2), v.maxLength(3)),
    button_title: v.optional(words),
    buttons: buttons(2),
  }),
  v.strictObject({
    object_type: v.literal('location'),
    address: words,
    address_title: v.optional(words),
    content,
    social,
    button_title: v.optional(words),
    buttons: buttons(1),
  }),
  v.strictObject({
    object_type: v.literal('commerce'),
    content,
    commerce: v.strictObject({
      product_name: v.optional(words),
      regular_price: count,
      discount_price: v.optional(count),
      fixed_discount_price: v.optional(count),
      discount_rate: v.optional(count),
      currency_unit: v.optional(words),
      currency_unit_position: v.optional(v.picklist([0, 1])),
    }),
    button_title: v.optional(words),
    buttons: buttons(2),
  }),
  v.strictObject({
    object_type: v.literal('calendar'),
    id_type: v.picklist(['event', 'calendar']),
    id: words,
    content,
    button_title: v.optional(words),
    buttons: buttons(1),
  }),
]);

const asJson = v.pipe(v.string(), v.parseJson(), template);

type TemplateObject = v.InferOutput<typeof template>;

export type CheckedTemplate =
  | { readonly ok: true; readonly template: TemplateObject }
  | { readonly ok: false; readonly problem: string };

/** The template of a `template_object` field, or what is wrong with it. */
export function readTemplate(field: string | null): CheckedTemplate {
  const parsed = v.safeParse(asJson, field);
  if (parsed.success) return { ok: true, template: parsed.output };
  const [issue] = parsed.issues;
  const path = ['template_object', v.getDotPath(issue)].filter((part) => part !== null).join('.');
  return { ok: false, problem: `${path}: ${issue.message}` };
}

/** A template without the links to places that are not registered, and those links. */
export function withoutForeignLinks(
  value: TemplateObject,
  domains: readonly string[],
): { readonly template: Readonly<Record<string, unknown>>; readonly lostLinks: readonly string[] } {
  const lost = new Set<string>();
  const origins = domains.map((domain) => new URL(domain).origin);
  const json = JSON.stringify(value, (name, member: unknown) => {
    const isLink = name === 'web_url' || name === 'mobile_web_url';
    if (!isLink || typeof member !== 'string') return member;
    if (origins.includes(new URL(member).origin)) return member;
    lost.add(member);
    return undefined;
  });
  const cleaned = v.parse(
    v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())),
    json,
  );
  return { template: cleaned, lostLinks: [...lost] };
}
