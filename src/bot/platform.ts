import type { Child } from 'hono/jsx';
import type { FeatureRule, FeatureState, Reader } from '../config/reader.ts';
import type { Settings } from '../config/setting.ts';
import type { Runtime } from '../lib/runtime.ts';
import type { Text } from '../lib/text.ts';
import type { Language } from '../lib/time.ts';
import type { NewDelivery } from '../store/deliveries.ts';
import type { OwnerNews } from '../store/incidents.ts';
import { blockAddress, type Person } from '../store/people.ts';
import type { Refreshers } from '../store/tokenRenewal.ts';
import type { AdminRoutes } from '../ui/admin/types.ts';
import type { Bot } from './context.ts';
import type { AdminPage, EventHandler, FlashText } from './feature.ts';
import type { HookPlatform } from './hooks/types.ts';
import type { Doors, Routes } from './http.ts';
import type { Job } from './jobs/job.ts';
import type { Channel } from './outbox/channel.ts';
import type { TroubleFinder } from './owner/words.ts';
import type { Intent, Vocabulary } from './talk/types.ts';

/**
 * One place where people, programs or repositories are: all that its folder under `platforms/` gives
 * to the rest, found by nobody but through `platforms/table.ts`. What a platform does not have it
 * leaves out.
 */
export interface Platform {
  readonly id: string;
  /** What the owner calls it. */
  readonly name: Text;
  readonly settings?: Pick<Settings<unknown>, 'list'>;
  /** Its parts as `/healthz` and the owner's pages name them. */
  readonly parts?: readonly FeatureRule[];

  // How it speaks and hears
  readonly channels: readonly ChannelInfo[];
  /** The ways to speak that are set up, each under the id of one of `channels`. */
  readonly speakers?: (bot: Bot) => readonly Channel[];
  /**
   * Deliveries that tell something to people the store does not know, such as friends of those it
   * knows; each once for a key.
   */
  readonly friends?: (bot: Bot, news: FriendNews) => Promise<FriendDeliveries>;
  /** Where it calls: `/webhook/...`, answered before any page is made. */
  readonly doors?: Doors;
  /** Hangs its logins and pages in. */
  readonly routes?: (app: Routes) => void;
  /** Where logins lead, origins that forms of our pages may go on to. */
  readonly loginOrigins?: (bot: Bot) => readonly string[];
  /** How logins kept in `TOKENS` under `<prefix>:<id>` are renewed. */
  readonly logins?: {
    readonly prefix: string;
    readonly refreshers: (reader: Reader, runtime: Runtime) => Refreshers;
  };
  /** Takes what its door stored that no person said. */
  readonly events?: readonly EventHandler[];

  /** Finds the other place that words are meant for; at most two calls. */
  readonly onBehalf?: (bot: Bot, person: Person, said: string) => Promise<OnBehalf | null>;

  // What it does by itself
  readonly jobs?: readonly Job[];
  readonly intents?: readonly Intent[];
  /** Makes addresses that last for minutes, for a person, by the name in `made` of a link. */
  readonly links?: Readonly<Record<string, (bot: Bot, person: Person) => Promise<string | null>>>;
  /** What is wrong with it, by what it has written down. */
  readonly troubles?: TroubleFinder;
  /**
   * Every half hour, before trouble is looked for: asks the platform whether keys and webhooks are
   * still good, mends what it can, and writes down what it cannot. At most a handful of calls.
   */
  readonly probe?: (bot: Bot) => Promise<void>;
  /** The words they are recognised by. */
  readonly vocabulary?: Vocabulary;
  /** Daily: what was once set up is still good, or is mended, or the owner is told. */
  readonly upkeep?: Upkeep;
  /** Statements by which it forgets, once a day, what is not needed any more. */
  readonly cleanUp?: (bot: Bot, now: number) => readonly D1PreparedStatement[];
  /** What it keeps of people and of the bot beyond the store that all share. */
  readonly forgetting?: Forgetting;

  // What the owner sees
  /** Its parts that are otherwise than the settings alone tell. */
  readonly health?: (bot: Bot) => Promise<Readonly<Record<string, FeatureState>>>;
  /** Why one of its parts fails, in words; `null` when it has none for it. */
  readonly reasonText?: (part: string, reason: string) => Text | null;
  /** What a piece of news says; `null` when it is another platform's. */
  readonly newsText?: (news: Pick<OwnerNews, 'kind' | 'detail'>) => Text | null;
  readonly adminPages?: readonly AdminPage[];
  /** What can be done on its card, under `/admin/channels/<id>`. */
  readonly actions?: () => AdminRoutes;
  /** What its actions tell on the next page, by the names under which they do. */
  readonly flash?: Readonly<Record<string, FlashText>>;
  readonly doctor?: (bot: Bot) => Promise<readonly Finding[]>;
  /** What the facts of its findings are called. */
  readonly factNames?: Readonly<Record<string, Text>>;
  /** What the owner has to do before it works. */
  readonly todos?: (bot: Bot) => Promise<readonly Todo[]>;
  /** On the page of channels. */
  readonly card?: (bot: Bot, at: CardView) => Promise<Child>;

  // What people see
  readonly meetings?: (bot: Bot) => Promise<readonly MeetingPlace[]>;
}

/** Words that are meant for another place of the channel they were said on. */
export type OnBehalf =
  /** Whoever says them may decide there: it is as if `said` had been said at that address. */
  | {
      readonly kind: 'place';
      /** As people write it; it has to be said each time. */
      readonly name: string;
      readonly address: string;
      readonly said: string;
    }
  | {
      readonly kind: 'refused';
      readonly text: Text;
      readonly values: Readonly<Record<string, string>>;
    };

/** A way on which somebody is reached, as rows of the store name it. */
export interface ChannelInfo {
  readonly id: string;
  readonly name: Text;
  /** The part of `/healthz` that stands still when what goes out here waits for the owner. */
  readonly feature?: string;
  /**
   * The address that an id, as a program names it, stands for; `null` when it can be none. Absent:
   * programs register nobody here.
   */
  readonly readAddress?: (bot: Bot, id: string) => string | null;
  /** Whether several people are behind an address; nobody's is such when absent. */
  readonly isGroup?: (address: string) => boolean;
  /** An address as the owner may see it. Absent: its ends, as it is no secret. */
  readonly shown?: (address: string) => string;
  /** Programs stand behind its addresses: each knows the bot by a secret, `null` without a key. */
  readonly secretOf?: (bot: Bot, address: string) => Promise<string | null>;
  /** The bot's account that people are told by who never wrote to one; absent: there is one only. */
  readonly accountOf?: (bot: Bot) => Promise<string | null>;
  /** Whether an address is the bot's own, by its settings alone. */
  readonly isOwn?: (bot: Bot, address: string) => boolean;
  /** Its addresses are secrets of other platforms, each to be proved before anything is told there. */
  readonly hook?: HookInfo;
  /** Ends what it carries for somebody who cannot be reached there. Absent: the person is blocked. */
  readonly block?: (bot: Bot, address: string) => Promise<void>;
}

/** What is known of a channel by its id; absent for one of a platform that is gone. */
export function channelInfo(
  { platforms }: Pick<Bot, 'platforms'>,
  id: string,
): ChannelInfo | undefined {
  return platforms.flatMap(({ channels }) => channels).find((channel) => channel.id === id);
}

/** How an address of a channel is brought. */
export interface HookInfo {
  /** What it looks like. */
  readonly example: string;
  /** Where people find it. */
  readonly where: Text;
  readonly of: (bot: Bot) => HookPlatform;
}

/** What is told to friends. */
export interface FriendNews {
  /** Unique for what is told; friends served under it before are not served again. */
  readonly key: string;
  /** JSON of the notice. */
  readonly notice: string;
  readonly run?: string;
  /** When it is worth nothing any more, epoch milliseconds. */
  readonly expiresAt?: number;
}

export interface FriendDeliveries {
  /** To be inserted in one statement: a second call knows then that these friends are served. */
  readonly deliveries: readonly NewDelivery[];
  /** Codes of the lists that could not be read, for the owner. */
  readonly failures: readonly string[];
}

/** What a platform does once a day, and what it counts is called. */
export interface Upkeep {
  readonly counts: Readonly<Record<string, Text>>;
  readonly run: (bot: Bot) => Promise<Kept>;
}

/** What became of daily upkeep. */
export interface Kept {
  readonly counts: Readonly<Record<string, number>>;
  /** Codes of what could not be kept, for the owner. */
  readonly failures: readonly string[];
}

/** How a platform forgets. */
export interface Forgetting {
  /** Ends what ties a person to the platform; false when it did not confirm. */
  readonly person?: (bot: Bot, person: Person) => Promise<boolean>;
  /** Statements: forget everybody. */
  readonly people?: (db: D1Database) => readonly D1PreparedStatement[];
  /** Once everybody is forgotten: what takes calls to the platform. */
  readonly afterwards?: (bot: Bot) => Promise<void>;
  /** Logs the bot's own accounts out. */
  readonly accounts?: (bot: Bot) => Promise<void>;
}

/** One thing looked at. Never a secret's value. */
export interface Finding extends Text {
  /** Stable, such as `consumer-keys` or `webhook`; with `:<account id>` when about one account. */
  readonly id: string;
  /** `off`: not set up, and that is fine. */
  readonly state: 'ok' | 'warn' | 'bad' | 'off';
  /** What to do about it; `null` when there is nothing to do. */
  readonly todo: Text | null;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Something for the owner to do, and the page on which to do it. */
export interface Todo {
  readonly text: Text;
  /** What the placeholders of the text stand for. */
  readonly values?: Readonly<Record<string, string>>;
  readonly page: `/admin/${string}`;
}

/** What a card on the owner's pages is shown by. */
export interface CardView {
  readonly language: Language;
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name. */
  readonly zone: string;
  /** What every form has to carry. */
  readonly csrf: string;
  /** Where this Worker is reached. */
  readonly origin: string;
}

/** Where people find the bot. */
export interface MeetingPlace {
  /** Id of the channel they then talk on. */
  readonly channel: string;
  readonly title: Text;
  /** What happens there, in a sentence. */
  readonly about?: Text;
  /** The address may be a path of ours. */
  readonly link?: { readonly text: Text; readonly url: string };
  /** Absent: news comes from there, but nobody listens. */
  readonly chat?: Chat;
}

/** A chat in which people can say what they want. */
export interface Chat {
  /** By what it is begun, in a few words. */
  readonly how: Text;
  /** Where words have to be sent, in a sentence. */
  readonly send: Text;
  /** The address at which the chat begins with something for the bot. */
  readonly startUrl?: (payload: string) => string;
  /** The address at which some words stand ready to be sent. */
  readonly sayUrl?: (words: string) => string;
  /** Whether it reads QR codes. */
  readonly readsCodes?: true;
  /** Nobody talks there: it is known by an address that has to be proved. */
  readonly hook?: HookInfo;
}

type Where = Pick<Person, 'channel' | 'address'>;

/** How much of an end of an address is shown. */
const END = 4;

/** Ids of all channels there are. */
export function channelIds({ platforms }: Pick<Bot, 'platforms'>): readonly string[] {
  return platforms.flatMap(({ channels }) => channels.map(({ id }) => id));
}

/** Whether this "person" is a room with several people in it. */
export function isGroup(bot: Pick<Bot, 'platforms'>, { channel, address }: Where): boolean {
  return channelInfo(bot, channel)?.isGroup?.(address) ?? false;
}

/** Enough of an address to tell people apart, and nothing secret. */
export function shownAddress(bot: Pick<Bot, 'platforms'>, { channel, address }: Where): string {
  return channelInfo(bot, channel)?.shown?.(address) ?? shortened(address);
}

/** The ends of an address. */
export function shortened(address: string): string {
  return address.length <= 2 * END ? address : `${address.slice(0, END)}…${address.slice(-END)}`;
}

/** Stops news to an address that cannot be reached any more, in the terms of the channel that speaks. */
export async function stopNews(bot: Bot, { channel, address }: Where): Promise<void> {
  const block = channelInfo(bot, channel)?.block;
  await (block ? block(bot, address) : blockAddress(bot.db, channel, address, bot.runtime.now()));
}
