import * as v from 'valibot';
import type { ChatButton, ChatEntry } from './types.ts';

const optionalText = v.optional(v.string());

const button = v.pipe(
  v.object({
    label: v.string(),
    action: v.string(),
    webLinkUrl: optionalText,
    messageText: optionalText,
    extra: v.optional(v.record(v.string(), v.unknown()), {}),
  }),
  v.transform(
    ({ label, action, webLinkUrl, messageText, extra }): ChatButton => ({
      label,
      action,
      url: webLinkUrl ?? null,
      messageText: messageText ?? null,
      extra,
    }),
  ),
);

const titled = { title: optionalText, description: optionalText };
const buttons = v.optional(v.array(button), []);

/** A card of any kind: what of it is read aloud. */
const card = v.object({
  text: optionalText,
  altText: optionalText,
  ...titled,
  header: v.optional(v.object({ title: v.string() })),
  items: v.optional(v.array(v.object({ ...titled, buttons })), []),
  itemList: v.optional(v.array(v.object(titled)), []),
  buttons,
});

const answer = v.object({
  template: v.object({
    outputs: v.array(v.record(v.string(), card)),
    quickReplies: v.optional(v.array(button), []),
  }),
});
const waiting = v.object({
  useCallback: v.literal(true),
  data: v.optional(v.object({ text: optionalText }), {}),
});
const raw = v.object({ template: v.object({ outputs: v.array(v.unknown()) }) });

type View = Pick<ChatEntry, 'text' | 'outputs' | 'buttons' | 'quickReplies'>;

/** An entry of words alone. */
export function plainView(text: string): View {
  return { text, outputs: [], buttons: [], quickReplies: [] };
}

/** What a person sees of a right answer; null for nothing. */
export function viewOf(json: unknown): View | null {
  if (v.is(waiting, json)) return json.data?.text ? plainView(json.data.text) : null;
  const { template } = v.parse(answer, json);
  const cards = template.outputs.flatMap((output) => Object.values(output));
  if (cards.length === 0) return null;
  return {
    text: cards.map(wordsOf).join('\n\n'),
    outputs: v.parse(raw, json).template.outputs,
    buttons: cards.flatMap((one) => [...one.buttons, ...one.items.flatMap((item) => item.buttons)]),
    quickReplies: template.quickReplies,
  };
}

/** True for the first half of a slow answer (docs/platforms/kakao.md, Slow answers). */
export function isWaiting(json: unknown): boolean {
  return v.is(waiting, json);
}

function wordsOf(one: v.InferOutput<typeof card>): string {
  const listed = [...one.items, ...one.itemList].flatMap((item) => [item.title, item.description]);
  return [one.header?.title, one.title, one.description, one.text, one.altText, ...listed]
    .filter((part) => part !== undefined)
    .join('\n');
}
