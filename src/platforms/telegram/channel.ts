import type { Channel, Outcome } from '../../bot/outbox/channel.ts';
import { unreachable } from '../../lib/result.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import type { TelegramFailure } from './api/answer.ts';
import type { TelegramClient } from './api/client.ts';
import { type TelegramText, telegramText } from './html.ts';

export interface TelegramChannelOptions {
  readonly client: Pick<TelegramClient, 'sendMessage'>;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
  /** A group got another id: it is known by the new one from now on. */
  readonly onMigrated: (oldId: string, newId: string) => Promise<void>;
}

/**
 * Speaks on Telegram; the address is a chat's id. When Telegram says that it is too much, that
 * chat has to wait; when it says so for several, everybody does (see `waits`).
 *
 * Telegram has no way to look whether a message arrived: an uncertain one is sent again.
 */
export function createTelegramChannel(options: TelegramChannelOptions): Channel {
  const { client, timeZone, onMigrated } = options;

  const sendTo = async (chatId: string, { html, plain, buttons }: TelegramText) => {
    const sent = await client.sendMessage({ chatId, html, buttons });
    if (sent.ok || sent.reason !== 'bad-markup') return { sent, note: null };
    // Markup that Telegram does not take is left away: the words are what matters.
    return { sent: await client.sendMessage({ chatId, text: plain }), note: 'markup-refused' };
  };

  return {
    id: 'telegram',
    pace: { atOnce: 15 },
    send: async ({ address, notice }) => {
      const text = telegramText(notice, timeZone);
      const first = await sendTo(address, text);
      const movedTo = first.sent.ok ? undefined : first.sent.migratedTo;
      const { sent, note } = movedTo === undefined ? first : await sendTo(movedTo, text);
      const outcome: Outcome = sent.ok
        ? { kind: 'sent', externalId: sent.value.messageId, note }
        : outcomeOf(sent);
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
    case 'wait': {
      const afterMs = failure.retryAfterMs ?? SECOND_MS;
      return { kind: 'wait', scope: 'address', afterMs, note };
    }
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
      return { kind: 'sender', scope: 'channel', note };
    case 'gone':
      return { kind: 'gone', note };
    // Once Telegram said so of every channel by mistake: only a day of it is believed.
    case 'no-rights': {
      const [afterMs, goneAfterMs] = [2 * HOUR_MS, DAY_MS];
      return { kind: 'wait', scope: 'address', afterMs, goneAfterMs, note };
    }
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
