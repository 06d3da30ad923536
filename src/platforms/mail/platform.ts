import type { Bot, Mailer } from '../../bot/context.ts';
import { plainText } from '../../bot/notice/plainText.ts';
import type { Channel, Outcome } from '../../bot/outbox/channel.ts';
import type { TroubleFinder } from '../../bot/owner/words.ts';
import type { Finding, Platform } from '../../bot/platform.ts';
import { needs } from '../../config/reader.ts';
import { cutToFit, say, type Text } from '../../lib/text.ts';
import { keepOnly } from '../../store/ownerLists.ts';
import { readWait } from '../../store/waits.ts';
import { mailSettings } from './settings.ts';

const ID = 'mail';
const name = { ko: '메일', en: 'Mail' };
const { to: ownerMail, from: mailFrom } = mailSettings.declared;
/** A line of a list of mails; RFC 5322 allows 998 characters. */
const SUBJECT_CHARACTERS = 120;
/** Cloudflare's codes of what is over by itself (docs/platforms/cloudflare.md, Mail). */
const PASSES = /^E_(?:INTERNAL|RATE_LIMIT|DAILY_LIMIT|DELIVERY)/;

const texts = {
  subject: { ko: '[소식] {line}', en: '[soshik] {line}' },
  noBinding: {
    what: {
      ko: '메일을 보낼 길이 이 Worker에 없어요',
      en: 'This Worker has no binding to send mail with',
    },
    advice: {
      ko: 'OWNER_MAIL과 MAIL_FROM을 .prod.vars에 두고 npm run deploy를 다시 해 주세요.',
      en: 'Put OWNER_MAIL and MAIL_FROM into .prod.vars and run npm run deploy again.',
    },
  },
  failing: { ko: '메일이 나가지 않아요.', en: 'Mail does not go out.' },
  failingTodo: {
    ko: 'Cloudflare 대시보드의 Email Routing에서 받는 주소를 확인했는지, 보내는 주소의 도메인이 켜져 있는지 봐 주세요. 고친 뒤 /admin/messages에서 시험 메시지를 보낼 수 있어요.',
    en: 'See at Email Routing in Cloudflare’s dashboard that the address is verified and the sender’s domain is on. Then a test message can be sent on /admin/messages.',
  },
  half: {
    ko: 'OWNER_MAIL과 MAIL_FROM 가운데 하나만 있어요.',
    en: 'Only one of OWNER_MAIL and MAIL_FROM is set.',
  },
  off: { ko: '고장을 메일로도 받지는 않아요.', en: 'Trouble is not told by mail.' },
  on: { ko: '고장을 메일로도 알려요.', en: 'Trouble is told by mail, too.' },
} as const;

/** Who writes to whom, and by what; `null` where something of it is missing. */
function setUp(bot: Bot): { readonly to: string; readonly from: string } | null {
  const { to, from } = bot.read(mailSettings);
  return to === null || from === null ? null : { to, from };
}

/**
 * Mail to the owner, and to nobody else. Cloudflare makes the message (RFC 5322, MIME) of its parts, so that
 * no library of it is in the bundle. A refusal is the sender's trouble: what is to be told waits.
 */
function createMailChannel(
  mailer: Mailer,
  { to, from }: { readonly to: string; readonly from: string },
  timeZone: string,
): Channel {
  return {
    id: ID,
    send: async ({ address, notice }): Promise<Outcome> => {
      // Another one is the owner's now.
      if (address !== to) return { kind: 'gone', note: 'not-there' };
      const text = plainText(notice, timeZone);
      const [line = ''] = text.split('\n', 1);
      const subject = cutToFit(
        say(texts.subject, notice.language, { line: line.replaceAll(/\p{Cc}/gu, ' ') }),
        SUBJECT_CHARACTERS,
        (value) => value.length,
      );
      try {
        await mailer.send({ from, to, subject, text });
        return { kind: 'sent', externalId: null, note: null };
      } catch (cause) {
        return refusal(cause);
      }
    },
  };
}

function refusal(cause: unknown): Outcome {
  const [code] = /\bE_[A-Z_]{1,40}/.exec(codeOf(cause)) ?? [];
  const note = `mail: ${code ?? 'refused'}`;
  return PASSES.test(code ?? '')
    ? { kind: 'retry', afterMs: null, uncertain: true, note }
    : { kind: 'sender', scope: 'channel', note };
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  return `${'code' in cause ? String(cause.code) : ''} ${cause.message}`;
}

const troubles: TroubleFinder = async (bot) =>
  setUp(bot) === null || bot.mailer !== null
    ? []
    : [
        {
          key: ID,
          feature: ID,
          reason: 'no binding',
          ...texts.noBinding,
          page: '/admin/doctor',
        },
      ];

async function doctor(bot: Bot): Promise<readonly Finding[]> {
  const { to, from } = bot.read(mailSettings);
  const found = (state: Finding['state'], text: Text, todo: Text | null) => [
    { id: ID, state, ...text, todo },
  ];
  if (to === null && from === null) return found('off', texts.off, null);
  if (to === null || from === null) return found('warn', texts.half, texts.noBinding.advice);
  if (bot.mailer === null) return found('bad', texts.noBinding.what, texts.noBinding.advice);
  const wait = await readWait(bot.db, { lane: ID, account: '', address: '' });
  if (wait === null) return found('ok', texts.on, null);
  const [finding] = found('bad', texts.failing, texts.failingTodo);
  return finding ? [{ ...finding, facts: { detail: wait.reason } }] : [];
}

/** Mail to the owner: a second way for trouble, where the account has one. */
export const mail: Platform = {
  id: ID,
  name,
  settings: mailSettings,
  parts: [{ id: ID, name, state: needs(ownerMail, mailFrom) }],
  channels: [
    {
      id: ID,
      name,
      feature: ID,
      shown: (address) => `${address[0]}…${address.replace(/^.*@/, '@')}`,
    },
  ],
  speakers: (bot) => {
    const addresses = setUp(bot);
    return addresses === null || bot.mailer === null
      ? []
      : [createMailChannel(bot.mailer, addresses, bot.config.timeZone)];
  },
  // The address is told as the owner's chats are: by the same outbox, the same once.
  probe: async (bot) => {
    const { db, runtime, config } = bot;
    const to = setUp(bot)?.to ?? null;
    await keepOnly(
      db,
      { channel: ID, topic: 'owner', address: to, language: config.language },
      runtime.now(),
    );
  },
  troubles,
  doctor,
};
