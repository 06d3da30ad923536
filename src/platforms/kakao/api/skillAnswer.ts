import * as v from 'valibot';
import { utf8 } from '../../../lib/encoding.ts';
import { labelsOf } from './labels.ts';
import { fitKakaoText, splitKakaoText, webAddress } from './text.ts';

/** A bubble of Kakao's help pages is 30 KB at most, wherever the thousand begins. */
const MAX_BUBBLE_BYTES = 30_000;

function textSchema(limit: number) {
  return v.pipe(v.string(), v.maxLength(limit), v.check(isShowable));
}

function isShowable(value: string): boolean {
  return value.isWellFormed() && value.trim() !== '';
}

function listSchema<Item extends v.GenericSchema>(item: Item, least: number, most: number) {
  return v.pipe(v.array(item), v.minLength(least), v.maxLength(most), v.readonly());
}

const page = v.pipe(
  v.string(),
  v.check((url) => webAddress(url) === url),
);
const LABEL = 14;
const message = textSchema(1000);

const buttonSchema = v.variant('action', [
  v.strictObject({ label: textSchema(LABEL), action: v.literal('webLink'), webLinkUrl: page }),
  v.strictObject({ label: textSchema(LABEL), action: v.literal('message'), messageText: message }),
]);
const buttonLayout = v.exactOptional(v.literal('vertical'));

const simpleTextSchema = v.strictObject({ simpleText: v.strictObject({ text: textSchema(1000) }) });
const textCardSchema = v.strictObject({
  textCard: v.pipe(
    v.strictObject({
      title: v.exactOptional(textSchema(50)),
      description: v.exactOptional(textSchema(400)),
      buttons: v.exactOptional(listSchema(buttonSchema, 1, 3)),
      buttonLayout,
    }),
    v.check(({ title = '', description = '' }) => {
      const { length } = title + description;
      return length > 0 && length <= 400;
    }),
  ),
});
const itemSchema = {
  title: textSchema(100),
  description: v.exactOptional(textSchema(100)),
  imageUrl: v.exactOptional(page),
};
const listItem = v.union([
  v.strictObject({ ...itemSchema, action: v.literal('message'), messageText: message }),
  v.strictObject({ ...itemSchema, link: v.exactOptional(v.strictObject({ web: page })) }),
]);
const listCard = v.strictObject({
  listCard: v.strictObject({
    header: v.strictObject({ title: textSchema(50) }),
    items: listSchema(listItem, 1, 5),
    buttons: v.exactOptional(listSchema(buttonSchema, 1, 2)),
    buttonLayout,
  }),
});
const bubble = v.pipe(
  v.union([simpleTextSchema, textCardSchema, listCard]),
  v.check((output) => utf8(JSON.stringify(output)).length <= MAX_BUBBLE_BYTES),
);
const quickReply = v.strictObject({
  label: textSchema(LABEL),
  action: v.literal('message'),
  messageText: message,
});

/**
 * Exactly the answers that `skillAnswer.ts` makes, with every limit (docs/platforms/kakao.md, Skill
 * answers).
 */
export const validSkillAnswer = v.union([
  v.strictObject({
    version: v.literal('2.0'),
    template: v.strictObject({
      outputs: listSchema(bubble, 1, 3),
      quickReplies: v.exactOptional(listSchema(quickReply, 1, 10)),
    }),
  }),
  v.strictObject({
    version: v.literal('2.0'),
    useCallback: v.literal(true),
    data: v.strictObject({ text: textSchema(1000) }),
  }),
]);

export type SkillAnswer = Readonly<v.InferOutput<typeof validSkillAnswer>>;
type SkillBubble = Readonly<v.InferOutput<typeof bubble>>;

const MAX_BUBBLES = 3;
const MAX_TEXT = 1000;
const MAX_CARD_TITLE = 50;
const MAX_CARD_TEXT = 400;
const MAX_CARD_BUTTONS = 3;
const MAX_LIST_TITLE = 50;
const MAX_LIST_ITEMS = 5;
const MAX_LIST_BUTTONS = 2;
const MAX_ITEM_TEXT = 100;
/** Kakao names it for buttons only; a longer quick reply would not fit a phone either. */
const MAX_LABEL = 14;
const MAX_QUICK_REPLIES = 10;
/** Stands where a text has nothing to show: no bubble may be empty. */
const NOTHING = '…';

/** A page to open. */
export interface SkillLink {
  readonly label: string;
  readonly url: string;
}

/** A line of a list; pressing it opens a page or says something. */
export interface SkillListItem {
  readonly title: string;
  readonly description?: string;
  readonly imageUrl?: string;
  readonly press?: { readonly url: string } | { readonly message: string };
}

/**
 * What an answer is made of. Texts and labels are cut to fit; links that are no http(s) addresses
 * are left out.
 * - `text`: of any length; as many bubbles as there is room for, 1000 characters each
 * - `card`: a text over up to three buttons; what does not fit a card (400 characters) goes before it
 * - `list`: up to five items and two buttons
 */
export type SkillPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'card';
      readonly title?: string;
      readonly text: string;
      readonly links: readonly SkillLink[];
    }
  | {
      readonly kind: 'list';
      readonly title: string;
      readonly items: readonly SkillListItem[];
      readonly links?: readonly SkillLink[];
    };

/**
 * An answer of one to three parts; whatever they hold, it is one that Kakao takes.
 * Source: docs/platforms/kakao.md, Skill answers.
 *
 * @param replies what the person can say next, as buttons; the first ten. Group rooms show none
 */
export function skillAnswer(
  parts:
    | readonly [SkillPart]
    | readonly [SkillPart, SkillPart]
    | readonly [SkillPart, SkillPart, SkillPart],
  replies: readonly string[] = [],
): SkillAnswer {
  const outputs: SkillBubble[] = [];
  for (const [index, part] of parts.entries()) {
    const toCome = parts.length - index - 1;
    outputs.push(...bubblesOf(part, MAX_BUBBLES - outputs.length - toCome));
  }
  const labels = labelsOf(replies, MAX_LABEL);
  const quickReplies = replies
    .map((reply, index) => ({
      label: labels[index] ?? '',
      action: 'message' as const,
      messageText: fitKakaoText(reply, MAX_TEXT),
    }))
    .filter(({ messageText }) => messageText !== '')
    .slice(0, MAX_QUICK_REPLIES);
  return {
    version: '2.0',
    template: {
      outputs: outputs.length > 0 ? outputs : [simpleText(NOTHING)],
      ...(quickReplies.length > 0 && { quickReplies }),
    },
  };
}

/**
 * A text, with buttons under it where there are links.
 *
 * @example textAnswer('등록했어요', { replies: ['목록'] })
 */
export function textAnswer(
  text: string,
  more: { readonly links?: readonly SkillLink[]; readonly replies?: readonly string[] } = {},
): SkillAnswer {
  return skillAnswer([{ kind: 'card', text, links: more.links ?? [] }], more.replies);
}

/** Says that the answer comes by `answerLater`; for calls that brought a callback address only. */
export function callbackPromise(text: string): SkillAnswer {
  const data = { text: fitKakaoText(text, MAX_TEXT) || NOTHING };
  return { version: '2.0', useCallback: true, data };
}

function bubblesOf(part: SkillPart, room: number): SkillBubble[] {
  if (part.kind === 'text') return textBubbles(part.text, room);
  return part.kind === 'card' ? cardBubbles(part, room) : listBubbles(part, room);
}

function textBubbles(text: string, room: number): SkillBubble[] {
  return splitKakaoText(text, MAX_TEXT, room).map(simpleText);
}

function simpleText(text: string): SkillBubble {
  return { simpleText: { text } };
}

function cardBubbles(card: Extract<SkillPart, { kind: 'card' }>, room: number): SkillBubble[] {
  const title = fitKakaoText(card.title ?? '', MAX_CARD_TITLE);
  const buttons = buttonsOf(card.links, MAX_CARD_BUTTONS);
  if (title === '' && buttons.length === 0) return textBubbles(card.text, room);
  const capacity = MAX_CARD_TEXT - title.length;
  const isTooLong = splitKakaoText(card.text, capacity, 2).length > 1;
  const before = isTooLong && room > 1 ? textBubbles(card.text, room - 1) : [];
  const inside = before.length > 0 ? '' : fitKakaoText(card.text, capacity);
  // A card without words of its own repeats what its buttons say.
  const labels = fitKakaoText(buttons.map((button) => button.label).join(' · '), capacity);
  const description = inside || (title === '' ? labels : '');
  const textCard = {
    ...(title !== '' && { title }),
    ...(description !== '' && { description }),
    ...layoutOf(buttons),
  };
  return [...before, { textCard }];
}

function listBubbles(list: Extract<SkillPart, { kind: 'list' }>, room: number): SkillBubble[] {
  const items = list.items
    .map(itemOf)
    .filter((item) => item.title !== '')
    .slice(0, MAX_LIST_ITEMS);
  const links = list.links ?? [];
  if (items.length === 0) return cardBubbles({ kind: 'card', text: list.title, links }, room);
  const title = fitKakaoText(list.title, MAX_LIST_TITLE) || NOTHING;
  return [
    { listCard: { header: { title }, items, ...layoutOf(buttonsOf(links, MAX_LIST_BUTTONS)) } },
  ];
}

function itemOf({ title, description = '', imageUrl = '', press }: SkillListItem) {
  const shown = fitKakaoText(description, MAX_ITEM_TEXT);
  const image = webAddress(imageUrl);
  const item = {
    title: fitKakaoText(title, MAX_ITEM_TEXT),
    ...(shown !== '' && { description: shown }),
    ...(image !== null && { imageUrl: image }),
  };
  if (press && 'message' in press) {
    const messageText = fitKakaoText(press.message, MAX_TEXT);
    return messageText === '' ? item : { ...item, action: 'message' as const, messageText };
  }
  const web = webAddress(press?.url ?? '');
  return web === null ? item : { ...item, link: { web } };
}

function buttonsOf(links: readonly SkillLink[], most: number) {
  return links
    .map(({ label, url }) => ({ label, url: webAddress(url) }))
    .filter((link): link is SkillLink => link.url !== null)
    .slice(0, most)
    .map(({ label, url }) => ({
      // A link is not lost for want of a label.
      label: fitKakaoText(label, MAX_LABEL) || fitKakaoText(new URL(url).hostname, MAX_LABEL),
      action: 'webLink' as const,
      webLinkUrl: url,
    }));
}

/** Side by side, labels would have to be shorter: 8 characters. */
function layoutOf(buttons: ReturnType<typeof buttonsOf>) {
  return buttons.length === 0 ? {} : { buttons, buttonLayout: 'vertical' as const };
}
