import type { KakaoPhone, TelegramPhone } from './chat-state.ts';

/** What the page shows, as `GET /sandbox/state` tells it. Instants are epoch milliseconds. */
export interface SandboxState {
  readonly now: number;
  /** The Saturday 00:00 UTC that "Saturday comes" stands for. */
  readonly saturday: number;
  /** The Wednesday 01:00 UTC that "Wednesday comes" stands for. */
  readonly wednesday: number;
  /** When the next breakfast, lunch and dinner are told. */
  readonly meals: Readonly<Record<Meal, number>>;
  /** null while no time is made to pass. */
  readonly passing: Passing | null;
  readonly bot: Bot;
  readonly timeline: readonly TimelinePost[];
  readonly people: readonly Person[];
  readonly netflix: NetflixPage;
  /** Name of the repository that the levers act on. */
  readonly repository: string;
  readonly canteen: { readonly url: string; readonly layout: string };
  /** Channels of Discord and Slack. */
  readonly places: readonly Place[];
  /** Address of the feed that a lever adds to. */
  readonly feed: string;
  /** null while the Worker does not answer. */
  readonly worker: WorkerHealth | null;
  /** Newest first. */
  readonly log: readonly LogLine[];
}

export interface Passing {
  readonly span: Span;
  /** Half hours that are over, of those that are played. */
  readonly done: number;
  readonly total: number;
}

export interface Bot {
  readonly name: string;
  readonly username: string;
}

export interface TimelinePost {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly media: readonly { readonly src: string; readonly alt: string }[];
}

/** Somebody, with what is on each of their phones. */
export interface Person {
  /** On X. */
  readonly id: string;
  readonly name: string;
  readonly username: string;
  /** In which the person talks. */
  readonly language: 'ko' | 'en';
  /** Direct messages on X. */
  readonly messages: readonly Message[];
  readonly kakao: KakaoPhone;
  readonly telegram: TelegramPhone;
}

export interface Message {
  readonly id: string;
  readonly fromBot: boolean;
  readonly text: string;
  readonly at: number;
}

export interface NetflixPage {
  readonly layout: string;
  readonly rows: readonly NetflixTitle[];
}

export interface NetflixTitle {
  readonly id: number;
  readonly title: string;
  /** Address of its picture. */
  readonly poster: string;
  readonly startsAt: number;
}

/** A channel elsewhere, known by its webhook. */
export interface Place {
  /** The webhook's address. */
  readonly id: string;
  readonly app: 'discord' | 'slack';
  readonly channel: string;
  readonly state: 'open' | 'quiet' | 'gone';
  /** Oldest first. */
  readonly entries: readonly PlaceEntry[];
}

export interface PlaceEntry {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

export interface WorkerHealth {
  readonly features: readonly Feature[];
  /** The newest of each job. */
  readonly runs: readonly JobRun[];
  /** How many events and deliveries are not done. */
  readonly waiting: number;
}

export interface Feature {
  readonly name: string;
  readonly state: string;
}

export interface JobRun {
  readonly job: string;
  readonly slot: number;
  readonly state: string;
  readonly reason: string | null;
}

export interface LogLine {
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** null when no answer came. */
  readonly status: number | null;
}

/** What can be done to Netflix's page. */
export const pageChanges = [
  'usual',
  'new-title',
  'date-moves',
  'moved',
  'broken',
  'login',
  'both',
] as const;
export type PageChange = (typeof pageChanges)[number];

/** How much time can be made to pass. */
export const spans = ['half-hour', 'six-hours', 'week', 'two-months'] as const;
export type Span = (typeof spans)[number];

export const meals = ['breakfast', 'lunch', 'dinner'] as const;
export type Meal = (typeof meals)[number];

/** What can be done to the repository. */
export const repositoryChanges = ['push', 'push-two', 'force-push', 'release', 'rename'] as const;
export type RepositoryChange = (typeof repositoryChanges)[number];

/** Where webhooks can be made to rest or to be deleted. */
export const hookApps = ['discord', 'slack'] as const;

/** Platforms that can be made to fail once. */
export const platforms = ['x', 'kakao', 'telegram', 'github'] as const;
export type Platform = (typeof platforms)[number];
