import * as v from 'valibot';
import type { ChatEntry, Memo } from '../kakao/types.ts';
import type { World } from '../world.ts';
import type { ChatButton, KakaoBubble, KakaoEntry, KakaoPhone } from './page/chat-state.ts';

const ENTRIES = 80;

const words = v.optional(v.string(), '');
const link = v.optional(v.object({ web_url: v.optional(v.string()) }), {});

/** A component of a skill's answer: what of it is shown. */
const component = v.object({
  title: words,
  description: words,
  text: words,
  header: v.optional(v.object({ title: v.string() })),
  items: v.optional(v.array(v.object({ title: words, description: words })), []),
  buttons: v.optional(
    v.array(v.object({ label: v.string(), webLinkUrl: v.optional(v.string()) })),
    [],
  ),
});
const output = v.record(v.string(), component);

/** A template of the Message API. */
const template = v.object({
  text: words,
  link,
  header_title: words,
  header_link: link,
  content: v.optional(v.object({ title: words, description: words, link })),
  contents: v.optional(v.array(v.object({ title: words, description: words })), []),
  button_title: v.optional(v.string()),
  buttons: v.optional(v.array(v.object({ title: v.string(), link }))),
});

/** The KakaoTalk of a person (by name): the chat with the bot, and the one with oneself. */
export function describeKakao({ kakao }: Pick<World, 'kakao'>, name: string): KakaoPhone {
  const person = kakao.people.find((one) => one.name === name);
  if (!person) return { bot: [], self: [], replies: [] };
  const chat = kakao.chat(person.id);
  const newest = chat.at(-1);
  return {
    bot: newestOf(chat, (entry, id) => chatEntry(entry, id)),
    self: newestOf(kakao.memo(person.id), (memo, id) => memoEntry(memo, id)),
    replies: newest?.from === 'bot' ? newest.quickReplies.map(({ label }) => label) : [],
  };
}

/** The newest entries; each keeps its place in the whole chat as its id. */
function newestOf<Entry>(all: readonly Entry[], show: (entry: Entry, id: string) => KakaoEntry) {
  const first = Math.max(0, all.length - ENTRIES);
  return all.slice(first).map((entry, index) => show(entry, String(first + index)));
}

function chatEntry({ at, from, text, outputs }: ChatEntry, id: string): KakaoEntry {
  const bubbles = outputs.flatMap((one) => Object.entries(v.parse(output, one)).map(bubbleOf));
  return {
    id,
    at,
    fromBot: from === 'bot',
    bubbles: bubbles.length > 0 ? bubbles : [textBubble(text)],
  };
}

function bubbleOf([kind, one]: [string, v.InferOutput<typeof component>]): KakaoBubble {
  if (kind === 'simpleText') return textBubble(one.text);
  return {
    kind: 'card',
    title: one.header?.title ?? (one.title || null),
    text: one.description || one.text,
    rows: one.items.map(({ title, description }) => ({ title, text: description })),
    buttons: one.buttons.map(({ label, webLinkUrl }) => ({ label, url: webLinkUrl ?? null })),
  };
}

function textBubble(text: string): KakaoBubble {
  return { kind: 'text', title: null, text, rows: [], buttons: [] };
}

function memoEntry({ at, template: sent }: Memo, id: string): KakaoEntry {
  const { text, header_title, content, contents, ...rest } = v.parse(template, sent);
  const bubble: KakaoBubble = {
    kind: 'card',
    title: header_title || content?.title || null,
    text: text || content?.description || '',
    rows: contents.map(({ title, description }) => ({ title, text: description })),
    buttons: templateButtons(rest),
  };
  return { id, at, fromBot: true, bubbles: [bubble] };
}

/**
 * A template without buttons of its own has one for its link (docs/platforms/kakao.md, Templates).
 */
function templateButtons(
  one: Pick<v.InferOutput<typeof template>, 'buttons' | 'button_title' | 'link' | 'header_link'>,
): ChatButton[] {
  const own = one.buttons ?? [
    {
      title: one.button_title ?? '자세히 보기',
      link: { ...one.header_link, ...one.link },
    },
  ];
  return own.flatMap(({ title, link: { web_url: url } }) =>
    url === undefined ? [] : { label: title, url },
  );
}
