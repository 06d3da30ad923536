import type { Channel, Outcome } from '../../bot/outbox/channel.ts';
import { unreachable } from '../../lib/result.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { SECOND_MS } from '../../lib/time.ts';
import type { TelegramFailure } from './api/answer.ts';
import type { TelegramClient } from './api/client.ts';
import { type TelegramText, telegramText } from './html.ts';

/** What 25 messages a second, the pace of the whole bot, leave between two of them. */
const PACE_MS = SECOND_MS / 25;

export interface TelegramChannelOptions {
  readonly client: Pick<TelegramClient, 'sendMessage'>;
  readonly now: Runtime['now'];
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
  /** A group got another id: it is known by the new one from now on. */
  readonly onMigrated: (oldId: string, newId: string) => Promise<void>;
}

/**
 * Speaks on Telegram; the address is a chat's id. Too many messages concern the whole bot: once
 * Telegram says so, this channel sends nothing until the time is over, and then at its pace.
 *
 * Telegram has no way to look whether a message arrived: an uncertain one is sent again.
 */
export function createTelegramChannel(options: TelegramChannelOptions): Channel {
  const { client, now, timeZone, onMigrated } = options;
  let turnAt = 0;

  const refused = (failure: TelegramFailure): Outcome => {
    if (failure.reason !== 'wait') return outcomeOf(failure);
    turnAt = now() + (failure.retryAfterMs ?? SECOND_MS);
    return { kind: 'wait', afterMs: turnAt - now(), note: noteOf(failure) };
  };

  const sendTo = async (chatId: string, { html, plain, buttons }: TelegramText) => {
    const sent = await client.sendMessage({ chatId, html, buttons });
    if (sent.ok || sent.reason !== 'bad-markup') return { sent, note: null };
    // Markup that Telegram does not take is left away: the words are what matters.
    return { sent: await client.sendMessage({ chatId, text: plain }), note: 'markup-refused' };
  };

  return {
    id: 'telegram',
    send: async ({ address, notice }) => {
      if (now() < turnAt) {
        turnAt += PACE_MS;
        return { kind: 'wait', afterMs: turnAt - now(), note: 'wait' };
      }
      const text = telegramText(notice, timeZone);
      const first = await sendTo(address, text);
      const movedTo = first.sent.ok ? undefined : first.sent.migratedTo;
      const { sent, note } = movedTo === undefined ? first : await sendTo(movedTo, text);
      const outcome: Outcome = sent.ok
        ? { kind: 'sent', externalId: sent.value.messageId, note }
        : refused(sent);
      return movedTo === undefined
        ? outcome
        : { ...outcome, afterwards: () => onMigrated(address, movedTo) };
    },
  };
}

/** What a failure of Telegram means for a delivery. */
function outcomeOf(failure: TelegramFailure): Outcome {
  const note = noteOf(failure);
  switch (failure.reason) {
    case 'wait':
    case 'retry':
    // Moved twice in a moment: by the next try it is known where to.
    case 'migrated':
      return {
        kind: 'retry',
        afterMs: failure.retryAfterMs ?? null,
        uncertain: failure.mayHaveActed,
        note,
      };
    case 'unauthorized':
    case 'gone':
      return { kind: failure.reason, note };
    case 'bad-markup':
    case 'invalid':
      return { kind: 'refused', note };
    default:
      return unreachable(failure.reason);
  }
}

function noteOf({ reason, status }: TelegramFailure): string {
  return status === null ? reason : `${reason} ${status}`;
}
