/** What the page shows, as `GET /sandbox/state` tells it. Instants are epoch milliseconds. */
export interface SandboxState {
  readonly now: number;
  /** The coming Saturday 00:00 UTC that "Saturday comes" stands for. */
  readonly saturday: number;
  readonly bot: Bot;
  readonly timeline: readonly TimelinePost[];
  readonly people: readonly Person[];
  readonly netflix: NetflixPage;
  /** null while the Worker does not answer. */
  readonly worker: WorkerHealth | null;
  /** Newest first. */
  readonly log: readonly LogLine[];
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

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly messages: readonly Message[];
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
  readonly startsAt: number;
}

export interface WorkerHealth {
  readonly features: readonly Feature[];
  /** Of the Saturday job. */
  readonly runs: readonly JobRun[];
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
