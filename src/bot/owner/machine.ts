import * as v from 'valibot';
import { errorCode, log } from '../../lib/log.ts';
import { say, type Text } from '../../lib/text.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import { countDeadLetters } from '../../store/deadDeliveries.ts';
import { failingChannels, waitingForOwner } from '../../store/deliveryList.ts';
import { failedTwice, latestRuns, missingReports, REPO_POLL } from '../../store/runs.ts';
import { readSetting } from '../../store/settings.ts';
import { readSources } from '../../store/sources.ts';
import { topicAddresses } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import type { SourceName } from '../feature.ts';
import { channelInfo } from '../platform.ts';
import type { SourceFailure } from '../source/source.ts';
import {
  type MachineReason,
  machineTexts,
  ownerTexts,
  type Trouble,
  type TroubleFinder,
} from './words.ts';

/**
 * Copies in KV of what D1 would be asked for: D1 cannot tell that it is out of service. A copy that
 * is old tells a chat too many or too few, an incident told twice is told; nothing else rests on it.
 */
const CHATS_KEY = 'owner:chats';
const TOLD_KEY = 'owner:storage-told';

const chatsSchema = v.array(
  v.object({
    channel: v.string(),
    account: v.string(),
    address: v.string(),
    language: v.picklist(['ko', 'en']),
  }),
);
type Chat = v.InferOutput<typeof chatsSchema>[number];

/** Tells the owner's chats that the database fails, or works again: once each. */
export async function tellOfStorage(bot: Bot, state: 'failing' | 'well'): Promise<void> {
  const { media } = bot;
  try {
    const isTold = (await media.get(TOLD_KEY)) !== null;
    if (state === 'failing') {
      if (isTold) return;
      await media.put(TOLD_KEY, String(bot.runtime.now()));
      await sayToOwner(bot, machineTexts.storage.what, openedText);
      return;
    }
    await keepChats(bot);
    if (!isTold) return;
    await media.delete(TOLD_KEY);
    await sayToOwner(bot, machineTexts.storage.what, closedText);
  } catch (cause) {
    log('owner-not-told', { code: errorCode(cause) });
  }
}

/** Keeps the owner's chats where they are found without D1; written only when they changed. */
async function keepChats({ db, media }: Bot): Promise<void> {
  const chats = JSON.stringify(await topicAddresses(db, 'owner'));
  if ((await media.get(CHATS_KEY)) !== chats) await media.put(CHATS_KEY, chats);
}

const openedText = (chat: Chat, what: Text) =>
  say(ownerTexts.opened, chat.language, {
    what: what[chat.language],
    advice: machineTexts.storage.advice[chat.language],
  });

const closedText = (chat: Chat, what: Text) =>
  say(ownerTexts.again, chat.language, { what: what[chat.language] });

async function sayToOwner(
  bot: Bot,
  what: Text,
  textOf: (chat: Chat, what: Text) => string,
): Promise<void> {
  const kept = v.safeParse(chatsSchema, JSON.parse((await bot.media.get(CHATS_KEY)) ?? '[]'));
  if (!kept.success) return;
  await Promise.all(
    kept.output.map(async (chat) => {
      const { channel, account, address, language } = chat;
      const outcome = await bot.channels.get(channel)?.send({
        id: `storage:${Math.floor(bot.runtime.now() / DAY_MS)}`,
        account,
        address,
        notice: { kind: 'text', language, text: textOf(chat, what), suggestions: [], links: [] },
        uncertain: false,
      });
      if (outcome?.kind !== 'sent') log('owner-not-told', { channel, outcome: outcome?.kind });
    }),
  );
}

/** Key: since when the queue of jobs refuses what is due. */
export const QUEUE_SETTING = 'queue-refuses';

/** Half-hourly work that is later than this does not come any more. */
export const LATE_MS = 65 * MINUTE_MS;

type Values = Readonly<Record<string, string | number>>;

function trouble(
  reason: MachineReason,
  about: Pick<Trouble, 'key' | 'feature' | 'page'>,
  values: (language: 'ko' | 'en') => Values = () => ({}),
): Trouble {
  const { what, advice } = machineTexts[reason];
  const said = (text: Text): Text => ({
    ko: say(text, 'ko', values('ko')),
    en: say(text, 'en', values('en')),
  });
  return { ...about, reason, what: said(what), advice: said(advice) };
}

/** The newest sweep is too old: nothing that got stuck is found any more. */
const sweep: TroubleFinder = async ({ db }, now) => {
  const [newest] = await latestRuns(db, ['sweep']);
  if (!newest || now - newest.slot <= LATE_MS) return [];
  const minutes = Math.round((now - newest.slot) / MINUTE_MS);
  return [
    trouble('sweep-late', { key: 'sweep', feature: 'jobs', page: '/admin/jobs' }, () => ({
      minutes,
    })),
  ];
};

const queue: TroubleFinder = async ({ db }) =>
  (await readSetting(db, QUEUE_SETTING, v.number())) === null
    ? []
    : [trouble('queue-refuses', { key: 'queue', feature: 'jobs', page: '/admin/jobs' })];

/** A poll is over when its shards have looked, not when they were handed out. */
const shards: TroubleFinder = async ({ db }, now) => {
  const missing = await missingReports(db, REPO_POLL, { from: now - DAY_MS, to: now - LATE_MS });
  if (missing === 0) return [];
  const about = { key: 'shards', feature: 'repositories', page: '/admin/jobs' } as const;
  return [trouble('shards-silent', about, () => ({ missing }))];
};

const deadLetters: TroubleFinder = async ({ db }, now) => {
  const count = await countDeadLetters(db, now - LATE_MS);
  if (count === 0) return [];
  const about = { key: 'dead-letters', feature: 'jobs', page: '/admin/jobs' } as const;
  return [trouble('dead-letters', about, () => ({ count }))];
};

/** Two runs of a weekly job lie within. */
const FAILING_WITHIN_MS = 15 * DAY_MS;

const jobs: TroubleFinder = async ({ db, runtime }) =>
  (await failedTwice(db, runtime.now() - FAILING_WITHIN_MS)).map((job) =>
    trouble('job-failing', { key: `job:${job}`, feature: 'jobs', page: '/admin/jobs' }, () => ({
      job,
    })),
  );

const SOURCE_REASONS: Readonly<Record<SourceFailure['kind'], MachineReason>> = {
  broken: 'source-broken',
  blocked: 'source-blocked',
  auth: 'source-auth',
  unavailable: 'source-away',
};

function isFailure(state: string): state is SourceFailure['kind'] {
  return Object.hasOwn(SOURCE_REASONS, state);
}

/** The sources that features are using now. */
export async function sourcesInUse(bot: Bot): Promise<readonly SourceName[]> {
  const used = await Promise.all(
    bot.features.map(async ({ sources: inUse }) => (await inUse?.(bot)) ?? []),
  );
  return used.flat();
}

/** Sources in use that the owner has to look at; those that are away for a while come back. */
const sources: TroubleFinder = async (bot, now) => {
  const names = new Map((await sourcesInUse(bot)).map(({ id, name }) => [id, name]));
  return (await readSources(bot.db)).flatMap(({ id, state, stateSince }) => {
    // Away for a while is no trouble: it comes back by itself.
    if (state === 'unavailable' && now - stateSince < DAY_MS) return [];
    const name = names.get(id);
    if (!isFailure(state) || !name) return [];
    const about = { key: `source:${id}`, feature: id, page: '/admin/doctor' } as const;
    const found = trouble(SOURCE_REASONS[state], about, (language) => ({ source: name[language] }));
    return [{ ...found, reason: state, since: stateSince }];
  });
};

/** News that waits for the sender, and channels on which hardly anything arrives. */
const channels: TroubleFinder = async (bot, now) => {
  const [waiting, failing] = await Promise.all([
    waitingForOwner(bot.db),
    failingChannels(bot.db, now - HOUR_MS),
  ]);
  const about = (reason: MachineReason, id: string) => {
    const channel = channelInfo(bot, id);
    const feature = channel?.feature ?? id;
    return trouble(
      reason,
      { key: `channel:${id}`, feature, page: '/admin/messages' },
      (language) => ({
        channel: channel?.name[language] ?? id,
      }),
    );
  };
  return [
    ...failing.map((id) => about('channel-failing', id)),
    // The platform's own code says more than ours.
    ...[...waiting].map(([id, note]) => ({ ...about('channel-waits', id), reason: note })),
  ];
};

/** What can be wrong with the machinery, whatever the rooms. */
export const machineTroubles: readonly TroubleFinder[] = [
  sweep,
  queue,
  shards,
  deadLetters,
  jobs,
  sources,
  channels,
];

/**
 * All that is wrong now, one of each key.
 *
 * @param now epoch milliseconds
 */
export async function findTroubles(bot: Bot, now: number): Promise<Trouble[]> {
  const finders = [...machineTroubles, ...bot.platforms.flatMap(({ troubles }) => troubles ?? [])];
  const found = await Promise.all(finders.map((find) => find(bot, now)));
  return [...new Map(found.flat().map((one) => [one.key, one])).values()];
}
