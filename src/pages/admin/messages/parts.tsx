import { shownAddress } from '../../../bot/channels.ts';
import type { Bot } from '../../../bot/context.ts';
import { EVERYONE } from '../../../bot/outbox/channel.ts';
import { reasonOf } from '../../../bot/outbox/reasons.ts';
import type { LoggedMessage } from '../../../store/messageLog.ts';
import type { OwnerAt } from '../../../ui/admin/page.tsx';
import { say, type Text } from '../../../ui/language.ts';
import { noticeNames } from '../overviewTexts.ts';
import { stateNames, texts } from './texts.ts';

/** What a message is about, never what it says to a person. */
export function aboutText(
  { title, kind, topic }: Pick<LoggedMessage, 'kind' | 'topic'> & { title?: string | null },
  { language }: OwnerAt,
): string {
  if (title) return title;
  if (topic === 'reply') return say(texts.reply, language);
  return say(noticeNames[kind] ?? (topic === 'news' ? texts.news : texts.message), language);
}

/** To whom, as far as the owner may see it. */
export function receiverText(
  bot: Pick<Bot, 'platforms'>,
  { channel, address }: LoggedMessage,
  { language }: OwnerAt,
): string {
  if (address === '') return say(texts.nobody, language);
  if (address === EVERYONE) return say(texts.everyone, language);
  return shownAddress(bot, { channel, address });
}

export function stateText(state: string, { language }: OwnerAt): string {
  const known: Readonly<Record<string, Text>> = stateNames;
  const name = known[state];
  return name ? say(name, language) : state;
}

/** A code in the owner's words with advice, the code itself in small print. */
export function Why({ code, at }: { code: string; at: OwnerAt }) {
  const reason = reasonOf(code);
  return (
    <>
      {reason && `${say(reason.what, at.language)}. `}
      {reason?.advice && `${say(reason.advice, at.language)} `}
      <code>{code}</code>
    </>
  );
}
