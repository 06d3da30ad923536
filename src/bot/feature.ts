import type { Child } from 'hono/jsx';
import * as v from 'valibot';
import type { FeatureRule } from '../config/reader.ts';
import type { Settings } from '../config/setting.ts';
import type { Text } from '../lib/text.ts';
import type { Language } from '../lib/time.ts';
import type { OwnerNews } from '../store/incidents.ts';
import type { Person } from '../store/people.ts';
import type { AdminRoutes } from '../ui/admin/types.ts';
import type { ApiCall } from './api.ts';
import type { Bot } from './context.ts';
import type { Routes } from './http.ts';
import type { Job } from './jobs/job.ts';
import type { NewsNotice } from './notice/newsTexts.ts';
import type { CardView } from './platform.ts';
import type { Intent, Reply, Vocabulary } from './talk/types.ts';

/**
 * One thing people get: all that its folder under `features/` gives to the rest, found by nobody but
 * through `features/table.ts`. What a feature does not have it leaves out.
 */
export interface Feature {
  readonly id: string;
  /** What the owner calls it. */
  readonly name: Text;
  /** Platforms whose clients it cannot do without: it goes when one of them goes. */
  readonly needs?: readonly string[];

  /** What the owner may set. */
  readonly settings?: Pick<Settings<unknown>, 'list'>;
  /** Its parts, as `/healthz` and the owner's overview name them. */
  readonly parts?: readonly FeatureRule[];

  // What it does by itself
  readonly jobs?: readonly Job[];
  /** Takes the messages it put on the queue of polls. */
  readonly messages?: readonly MessageHandler[];
  /** Takes what a platform tells of, when it is not about a person. */
  readonly events?: readonly EventHandler[];
  /** Statements by which it forgets, once a day, what is not needed any more. */
  readonly cleanUp?: (bot: Bot, now: number) => readonly D1PreparedStatement[];

  // What people can say
  readonly intents?: readonly Intent[];
  /** The words they are recognised by. */
  readonly vocabulary?: Vocabulary;
  readonly talk?: FeatureTalk;
  /** What somebody can have told without asking, by the id that `topics` keeps. */
  readonly topics?: Readonly<Record<string, Text>>;
  /** What blocks of a Kakao chatbot of the seed go on calling, by the last part of their path. */
  readonly skills?: Readonly<Record<string, Skill>>;

  // What programs and browsers can ask for
  readonly apiCalls?: readonly ApiCall[];
  readonly routes?: readonly PublicRoutes[];
  readonly frontPage?: FrontPage;

  // What the owner sees
  readonly adminPage?: AdminPage;
  /** On the page of channels. */
  readonly card?: (bot: Bot, view: CardView) => Promise<Child>;
  /** What its actions tell on the next page, by the names under which they do. */
  readonly flash?: Readonly<Record<string, FlashText>>;
  /** What a piece of news for the owner says, by its kind. */
  readonly newsText?: (news: Pick<OwnerNews, 'kind' | 'detail'>) => Text | null;
  /** Sources in use: one that fails shows in `/healthz`. */
  readonly sources?: (bot: Bot) => Promise<readonly SourceName[]>;
}

/** What is done with one kind of message on the queue of polls. */
export interface MessageHandler {
  /**
   * @returns the work the message asks for, or `null` when it is not of this kind. The work tells
   *   milliseconds after which the message is to come again, `undefined` when it is done with
   */
  readonly read: (body: unknown) => ((bot: Bot) => Promise<number | undefined>) | null;
}

/** What is done with an event of a platform that no person said. */
export interface EventHandler {
  /** As the platform's events name it. */
  readonly channel: string;
  readonly handle: (bot: Bot, event: unknown) => Promise<void>;
  /**
   * Condition in SQL on an event, whose JSON is named: others are passed over before they are stored.
   * One indexed read at most.
   */
  readonly wanted?: (event: string) => string;
}

/** Words and what they are for, as people read them. */
export interface Sayable {
  readonly say: Text;
  readonly gives: Text;
}

/** How a feature shows in the help, under answers and in menus of commands. */
export interface FeatureTalk {
  /** Lines of the help. */
  readonly help: readonly Sayable[];
  /** Words offered to whoever does not know what to say. */
  readonly suggestions: readonly Text[];
  /** Commands for a platform's menu: Latin letters, understood by the grammar. */
  readonly commands: Readonly<Record<string, Text>>;
}

/** Answers a block of a Kakao chatbot. */
export interface Skill {
  readonly about: Text;
  /** @param parameters values of `action.detailParams`, by name */
  readonly answer: (
    bot: Bot,
    person: Person,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<Pick<Reply, 'text' | 'suggestions' | 'links'>>;
}

/** Pages and files for everyone. */
export interface PublicRoutes {
  /** Where they are mounted, such as `/menu`. */
  readonly path: string;
  readonly routes: () => Routes;
}

/** What a feature shows on the front page. */
export interface FrontPage {
  /** Hosts of pictures, as Content Security Policy names them. */
  readonly pictures?: (bot: Pick<Bot, 'config'>) => readonly string[];
  /** Of the head of the page. */
  readonly head?: Child;
  readonly read: (bot: Bot, reader: FrontPageReader) => Promise<FrontPagePart>;
}

export interface FrontPageReader {
  readonly language: Language;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

export interface FrontPagePart {
  /** What the bot does, in a sentence; `null` while it does not. */
  readonly lead: Text | null;
  /** What people can say; empty while it would lead nowhere. */
  readonly sayable: readonly Sayable[];
  readonly section: Child | null;
  /** News as it arrives, for people to see what they would get. */
  readonly sample?: NewsNotice | null;
  /** Whether channels can be registered for it by their webhooks. */
  readonly takesChannels?: true;
}

/** A page of the owner's. */
export interface AdminPage {
  readonly path: `/admin/${string}`;
  /** In the menu. */
  readonly title: Text;
  readonly routes: () => AdminRoutes;
}

/** What an action did, in a sentence. */
export interface FlashText extends Text {
  /** It did not do what was asked. */
  readonly isBad?: true;
}

/** A place news comes from, as its visits are recorded. */
export interface SourceName {
  readonly id: string;
  readonly name: Text;
}

/** Takes the messages of one shape. */
export function onMessage<Message>(
  schema: v.GenericSchema<unknown, Message>,
  handle: (bot: Bot, message: Message) => Promise<number | undefined>,
): MessageHandler {
  return {
    read: (body) => {
      const parsed = v.safeParse(schema, body);
      return parsed.success ? (bot) => handle(bot, parsed.output) : null;
    },
  };
}
