import * as v from 'valibot';
import { utf8 } from '../../../lib/encoding.ts';
import { webAddress } from './text.ts';

/** A bubble of Kakao's help pages is 30 KB at most, wherever the thousand begins. */
const MAX_BUBBLE_BYTES = 30_000;

function text(limit: number) {
  return v.pipe(v.string(), v.maxLength(limit), v.check(isShowable));
}

function isShowable(value: string): boolean {
  return value.isWellFormed() && value.trim() !== '';
}

function list<Item extends v.GenericSchema>(item: Item, least: number, most: number) {
  return v.pipe(v.array(item), v.minLength(least), v.maxLength(most), v.readonly());
}

const page = v.pipe(
  v.string(),
  v.check((url) => webAddress(url) === url),
);
const LABEL = 14;
const message = text(1000);

const button = v.variant('action', [
  v.strictObject({ label: text(LABEL), action: v.literal('webLink'), webLinkUrl: page }),
  v.strictObject({ label: text(LABEL), action: v.literal('message'), messageText: message }),
]);
const buttonLayout = v.exactOptional(v.literal('vertical'));

const simpleText = v.strictObject({ simpleText: v.strictObject({ text: text(1000) }) });
const textCard = v.strictObject({
  textCard: v.pipe(
    v.strictObject({
      title: v.exactOptional(text(50)),
      description: v.exactOptional(text(400)),
      buttons: v.exactOptional(list(button, 1, 3)),
      buttonLayout,
    }),
    v.check(({ title = '', description = '' }) => {
      const { length } = title + description;
      return length > 0 && length <= 400;
    }),
  ),
});
const item = {
  title: text(100),
  description: v.exactOptional(text(100)),
  imageUrl: v.exactOptional(page),
};
const listItem = v.union([
  v.strictObject({ ...item, action: v.literal('message'), messageText: message }),
  v.strictObject({ ...item, link: v.exactOptional(v.strictObject({ web: page })) }),
]);
const listCard = v.strictObject({
  listCard: v.strictObject({
    header: v.strictObject({ title: text(50) }),
    items: list(listItem, 1, 5),
    buttons: v.exactOptional(list(button, 1, 2)),
    buttonLayout,
  }),
});
const bubble = v.pipe(
  v.union([simpleText, textCard, listCard]),
  v.check((output) => utf8(JSON.stringify(output)).length <= MAX_BUBBLE_BYTES),
);
const quickReply = v.strictObject({
  label: text(LABEL),
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
      outputs: list(bubble, 1, 3),
      quickReplies: v.exactOptional(list(quickReply, 1, 10)),
    }),
  }),
  v.strictObject({
    version: v.literal('2.0'),
    useCallback: v.literal(true),
    data: v.strictObject({ text: text(1000) }),
  }),
]);

export type SkillAnswer = Readonly<v.InferOutput<typeof validSkillAnswer>>;
export type SkillBubble = Readonly<v.InferOutput<typeof bubble>>;
