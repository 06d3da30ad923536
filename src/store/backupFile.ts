import * as v from 'valibot';
import { isDay } from '../lib/time.ts';
import { BACKUP_VERSION, OWNER_SETTINGS } from './backup.ts';
import { MOST_AUTHORS, MOST_WATCHES, TAG_PATTERN_BYTES } from './watchRules.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const maybeName = v.nullable(name);
/** An address of the web: percent-encoded, it is up to nine times as long as it was written. */
const page = v.pipe(v.string(), v.minLength(1), v.maxLength(20_000));
const maybePage = v.nullable(page);
/** `feed:` and the address of the feed, or a word. */
const topic = v.pipe(v.string(), v.minLength(1), v.maxLength(20_100));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const maybeWhole = v.nullable(whole);
const hour = v.pipe(whole, v.maxValue(23));
const list = <Schema extends v.GenericSchema>(schema: Schema, most = Number.MAX_SAFE_INTEGER) =>
  v.pipe(v.array(schema), v.maxLength(most));
const scopes = list(name, 50);
/** What GitHub takes for an owner or a name: a file must bring no other path. */
const repositoryPart = v.pipe(
  v.string(),
  v.regex(/^[\w.-]{1,100}$/),
  v.check((part) => part !== '.' && part !== '..'),
);
/** What a bot before 1.0 did not write is as it is for a watch, branch or person that begins. */
const before = <Schema extends v.GenericSchema>(schema: Schema, value: v.InferInput<Schema>) =>
  v.optional(schema, value);
const isPattern = (text: string) => new TextEncoder().encode(text).length <= TAG_PATTERN_BYTES;

const watch = v.object({
  repository: whole,
  branch: name,
  nickname: name,
  commits: v.boolean(),
  releases: v.boolean(),
  prereleases: v.boolean(),
  tagPattern: v.nullable(v.pipe(v.string(), v.check(isPattern))),
  smallestStep: v.picklist(['any', 'minor', 'major']),
  bots: before(v.boolean(), true),
  merges: before(v.boolean(), true),
  withoutAuthors: before(list(name, MOST_AUTHORS), []),
  wholeMessages: before(v.boolean(), false),
  together: before(v.boolean(), true),
  digest: v.picklist(['instant', 'hourly', 'daily']),
  digestHour: hour,
  pausedAt: maybeWhole,
  pausedUntil: before(maybeWhole, null),
  followsDefault: before(v.boolean(), false),
  seesPrivate: before(v.boolean(), false),
  firstHead: maybeName,
  seenHead: maybeName,
  createdAt: whole,
});

const branch = v.object({
  name,
  nodeId: maybeName,
  head: maybeName,
  depth: maybeWhole,
  changedAt: whole,
  state: v.picklist(['ok', 'missing', 'gone']),
  misses: whole,
  missingSince: maybeWhole,
  isPattern: before(v.boolean(), false),
  covers: before(list(name), []),
});

/** A backup as it is read back. What a later version adds is left out. */
const contentOf = (channels: readonly string[]) =>
  v.object({
    soshik: v.literal(BACKUP_VERSION),
    settings: list(v.object({ key: v.picklist(OWNER_SETTINGS), value: v.unknown() })),
    kakaoLogins: list(
      v.object({
        id: v.pipe(v.string(), v.regex(/^\d{1,20}$/)),
        scopes,
        connectedAt: whole,
        state: v.picklist(['connected', 'log-in-again', 'gone']),
        stateSince: whole,
        reason: maybeName,
      }),
    ),
    repositories: list(
      v.object({
        id: whole,
        nodeId: name,
        owner: repositoryPart,
        name: repositoryPart,
        releasesSeen: before(v.string(), ''),
        // Before 1.0 another form: what is there at the next look is no news then.
        releasesKnown: v.union([
          v.nullable(v.string()),
          v.pipe(
            v.union([list(name), whole]),
            v.transform(() => null),
          ),
        ]),
        defaultBranch: before(maybeName, null),
        isArchived: before(v.boolean(), false),
        isPrivate: before(v.boolean(), false),
        addedAt: whole,
        branches: list(branch),
      }),
    ),
    titles: list(
      v.object({
        source: name,
        sourceId: name,
        revision: whole,
        title: name,
        subtitle: maybeName,
        titleKey: v.string(),
        kind: name,
        startsAt: v.nullable(v.number()),
        startsOn: v.pipe(v.string(), v.check(isDay)),
        posterUrl: maybePage,
        pageUrl: maybePage,
        firstSeenAt: whole,
        withdrawnAt: maybeWhole,
        announcedAt: maybeWhole,
        ownTitle: maybeName,
        skippedAt: maybeWhole,
      }),
    ),
    // Files of an earlier day have none of these three.
    productions: v.optional(
      list(
        v.object({
          key: name,
          name,
          venue: v.string(),
          genre: v.picklist(['play', 'musical']),
          area: v.string(),
          startsOn: v.pipe(v.string(), v.check(isDay)),
          endsOn: v.nullable(v.pipe(v.string(), v.check(isDay))),
          posterUrl: maybePage,
          firstSeenAt: whole,
          changedAt: whole,
          announcedAt: whole,
        }),
      ),
      [],
    ),
    feeds: v.optional(
      list(
        v.object({
          url: v.pipe(page, v.url(), v.regex(/^https?:/)),
          title: name,
          titleKey: v.string(),
          siteUrl: maybePage,
          posts: v.boolean(),
          postLinks: v.boolean(),
          byOwner: v.boolean(),
          addedAt: whole,
        }),
      ),
      [],
    ),
    hooks: v.optional(
      list(
        v.object({
          channel: v.picklist(channels),
          address: name,
          sealed: v.pipe(v.string(), v.minLength(1), v.maxLength(4000)),
          createdAt: whole,
        }),
      ),
      [],
    ),
    people: list(
      v.object({
        channel: v.picklist(channels),
        address: name,
        secondAddress: maybeName,
        account: v.string(),
        language: v.picklist(['ko', 'en']),
        kakaoId: maybeName,
        blockedAt: maybeWhole,
        createdAt: whole,
        quietFrom: before(v.nullable(hour), null),
        quietTo: before(v.nullable(hour), null),
        topics: v.record(topic, v.boolean()),
        choices: v.optional(v.record(topic, v.string()), {}),
        watches: list(watch, MOST_WATCHES),
      }),
    ),
  });

/** Deeper than anything in a backup; what a parser or a writer of JSON goes through by recursion. */
const MOST_NESTED = 32;

/** Whether a JSON text nests no deeper than a backup may; brackets inside strings do not count. */
function isShallow(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MOST_NESTED) return false;
  }
  return true;
}

/**
 * The text of a backup: checked whole, so that nothing is written of one that is wrong anywhere.
 *
 * @param channels ids of those that people may be kept under
 */
export function backupFile(channels: readonly string[]) {
  return v.pipe(
    v.string(),
    v.check(isShallow),
    v.parseJson(),
    contentOf(channels),
    // A chat is tied to a Kakao login that the same file brings, to no other.
    v.check(({ people, kakaoLogins }) => {
      const logins = new Set(kakaoLogins.map(({ id }) => id));
      return people.every(({ kakaoId }) => kakaoId === null || logins.has(kakaoId));
    }),
  );
}

export type BackupFile = v.InferOutput<ReturnType<typeof contentOf>>;
