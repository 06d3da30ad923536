import * as v from 'valibot';
import type { Bot } from '../../../src/bot/context.ts';
import { plainText } from '../../../src/bot/notice/plainText.ts';
import type { Channel } from '../../../src/bot/outbox/channel.ts';
import type { Platform } from '../../../src/bot/platform.ts';
import { type Door, jsonOf, receive } from '../../../src/bot/receive.ts';
import { needs } from '../../../src/config/reader.ts';
import { isSameSecret } from '../../../src/lib/sameSecret.ts';
import { pigeonSettings } from './settings.ts';

const ID = 'pigeon';
const name = { ko: '비둘기', en: 'Pigeon post' };
const { ring } = pigeonSettings.declared;

const landed = v.object({ flight: v.string(), from: v.string(), words: v.string() });

const door: Door<true> = {
  platform: ID,
  maxBytes: 1024,
  claim: async ({ read }, { headers }) =>
    (await isSameSecret(headers.get('x-ring'), read(pigeonSettings).ring)) ? true : null,
  read: (_bot, body) => {
    const parsed = v.safeParse(landed, jsonOf(new TextDecoder().decode(body)));
    if (!parsed.success) return { answer: new Response(null) };
    const { flight, from, words: text } = parsed.output;
    const content = JSON.stringify({ channel: ID, account: '', address: from, text });
    return {
      events: [
        { key: `${ID}:${flight}`, channel: ID, type: 'message', account: null, content, from },
      ],
      answer: new Response(null),
    };
  },
};

function createPigeonChannel({ runtime, config, read }: Bot): Channel {
  return {
    id: ID,
    send: async ({ address: to, notice }) => {
      const words = plainText(notice, config.timeZone);
      const letter = { method: 'POST', body: JSON.stringify({ to, words }) };
      const { ok } = await runtime.fetch(
        new Request(`${read(pigeonSettings).loftUrl}/fly`, letter),
      );
      return ok
        ? { kind: 'sent', externalId: null, note: null }
        : { kind: 'retry', afterMs: null, uncertain: true, note: 'pigeon: lost' };
    },
  };
}

/** A channel as somebody adds it who has read CONTRIBUTING.md only. */
export const pigeon: Platform = {
  id: ID,
  name,
  settings: pigeonSettings,
  parts: [{ id: ID, name, state: needs(ring) }],
  channels: [{ id: ID, name, feature: ID, readAddress: (_bot, id) => id }],
  speakers: (bot) => (bot.read(pigeonSettings).ring === null ? [] : [createPigeonChannel(bot)]),
  doors: { '/webhook/pigeon': { POST: receive(door) } },
  meetings: async () => [
    {
      channel: ID,
      title: name,
      link: { text: name, url: 'https://loft.example' },
      chat: {
        how: { ko: '비둘기 한 마리로', en: 'By one pigeon' },
        send: { ko: '이렇게 적어 날려 주세요.', en: 'Let this fly.' },
      },
    },
  ],
};
