import { env } from 'cloudflare:workers';
import {
  dueBranches,
  type PolledBranch,
} from '../../../../src/features/repositories/store/branches.ts';
import {
  DEFAULT_OPTIONS,
  type Pause,
  pauseWatches,
  setWatchOptions,
  type WatchOptions,
} from '../../../../src/features/repositories/store/options.ts';
import {
  type Change,
  type Findings,
  tell,
} from '../../../../src/features/repositories/store/tell.ts';
import { addWatch, type NewWatch } from '../../../../src/features/repositories/store/watches.ts';
import { emptyStorage } from '../../../emptyStorage.ts';

/** Sunday 2026-11-22 12:00 in Seoul. */
export const NOW = Date.UTC(2026, 10, 22, 3);
export const CHANNELS = ['twitter', 'telegram', 'kakaotalk'];

export const DEFAULTS = DEFAULT_OPTIONS;

/** Noon in Korea, when nobody wants quiet. */
export const NOON = 12;

export const NOTHING: Findings = {
  changes: [],
  branches: [],
  repositories: [],
  followings: [],
  coverings: [],
};

export async function freshDatabase(): Promise<void> {
  await emptyStorage();
}

/** A person on a channel; gives the id. */
export async function person(
  address: string,
  { channel = 'telegram', language = 'ko', kakaoId = null as string | null } = {},
): Promise<number> {
  const id = await env.DB.prepare(
    `INSERT INTO people (channel, address, language, kakao_id, created_at)
     VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id`,
  )
    .bind(channel, address, language, kakaoId, NOW)
    .first<number>('id');
  if (id === null) throw new Error('nobody was added');
  return id;
}

/** What GitHub tells of a branch of repository `number`, named `o/r<number>`. */
export function wish(
  watcher: number,
  number = 1,
  { nickname = `r${number}`, branch = 'main', head = 'c1', given = true } = {},
): NewWatch {
  const repository = { id: number, nodeId: `R_${number}`, owner: 'o', name: `r${number}` };
  return {
    person: watcher,
    repository: { ...repository, defaultBranch: 'main', isArchived: false, isPrivate: false },
    branch: {
      name: branch,
      nodeId: head === null ? null : `REF_${number}_${branch}`,
      head,
      depth: null,
      isPattern: false,
    },
    covers: [],
    followsDefault: false,
    nickname,
    isNicknameGiven: given,
  };
}

/** Watches, and gives the id of the watch. */
export async function watch(asked: NewWatch, options: Partial<WatchOptions> = {}, now = NOW) {
  const added = await addWatch(env.DB, asked, now);
  if (!added.ok) throw new Error(added.reason);
  await setWatchOptions(env.DB, asked.person, added.value.id, { ...DEFAULTS, ...options }, now);
  return added.value.id;
}

/** Stops a watch of a person, for good where nothing else is said. */
export async function pause(who: number, id: number, how: Pause = FOR_GOOD): Promise<void> {
  await pauseWatches(env.DB, who, [{ id, ...how }], NOW).run();
}

const FOR_GOOD = { isPaused: true, until: null };

/** All watched branches, as a poll reads them. */
export async function branches(now = NOW): Promise<PolledBranch[]> {
  return dueBranches(env.DB, { after: 0, upTo: 1_000_000 }, 0, now);
}

/** The branch has a new head, and one commit to tell. */
export function pushed(branch: PolledBranch, head: string): Change {
  const key = `commits:${branch.id}:${branch.changedAt}`;
  const url = `https://github.com/o/r1/commit/${head}`;
  const commits = [{ sha: head, at: NOW, author: 'hana', message: `To ${head}`, url }];
  const notice = { kind: 'commits', repository: 'o/r1', change: 'pushed', commits, total: 1 };
  return {
    key,
    subject: key,
    kind: 'commits',
    repository: branch.repository.id,
    branch: branch.id,
    was: branch,
    step: null,
    notice: JSON.stringify({ ...notice, compareUrl: `https://github.com/o/r1/compare/${head}` }),
  };
}

/** Moves a branch to a new head and tells it; gives the ids of the deliveries. */
export async function push(
  branch: PolledBranch,
  head: string,
  now = NOW + 1000,
  db: D1Database = env.DB,
): Promise<number[]> {
  const moved = { ...branch, was: branch, head, changedAt: now };
  const findings = { ...NOTHING, changes: [pushed(branch, head)], branches: [moved] };
  return tell(db, findings, CHANNELS, now, NOON);
}

/** Tells a release of a repository; gives the ids of the deliveries. */
export async function release(
  branch: PolledBranch,
  tag: string,
  { step = null as Change['step'], isPrerelease = false, kind = 'release' } = {},
): Promise<number[]> {
  const { id } = branch.repository;
  const was = { changedAt: branch.repository.changedAt };
  const change: Change = {
    key: `release:${id}:${kind}:${tag}`,
    subject: `release:${id}:${tag}`,
    kind: 'release',
    repository: id,
    branch: null,
    was,
    step,
    notice: JSON.stringify({ kind: 'release', tag, isPrerelease }),
  };
  const move = {
    ...branch.repository,
    was: { ...was, isPrivate: false },
    changedAt: was.changedAt + 1,
    releasesSeen: tag,
    releasesKnown: JSON.stringify({ beyond: 0, tags: [[tag, ['r']]] }),
  };
  const findings = { ...NOTHING, changes: [change], repositories: [move] };
  return tell(env.DB, findings, CHANNELS, NOW + 1000, NOON);
}

export interface Written {
  readonly channel: string;
  readonly address: string;
  readonly notice: unknown;
}

/** Who is to be told what, in the order it was written. */
export async function deliveries(): Promise<Written[]> {
  const { results } = await env.DB.prepare(
    `SELECT channel, address, notice FROM deliveries ORDER BY id`,
  ).all<{ channel: string; address: string; notice: string }>();
  return results.map((row) => ({ ...row, notice: JSON.parse(row.notice) }));
}
