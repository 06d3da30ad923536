import * as v from 'valibot';

const language = v.picklist(['ko', 'en']);

const noticeTitle = v.object({
  title: v.string(),
  subtitle: v.nullable(v.string()),
  /** `YYYY-MM-DD`. */
  day: v.string(),
  /** Under which key the poster is kept, and where it comes from. */
  poster: v.nullable(v.object({ key: v.string(), url: v.string() })),
  link: v.nullable(v.string()),
});

const noticeCommit = v.object({
  sha: v.string(),
  /** Epoch milliseconds of the commit. */
  at: v.number(),
  author: v.string(),
  /** First line of the message. */
  message: v.string(),
  /** What follows it, where the reader wants whole messages. */
  body: v.optional(v.string(), ''),
  url: v.string(),
});

/** Which watch a piece of news belongs to; `nickname` is the watcher's own name for it. */
const watched = {
  language,
  nickname: v.string(),
  /** `owner/name`. */
  repository: v.string(),
  branch: v.string(),
};

const commits = v.object({
  kind: v.literal('commits'),
  ...watched,
  /**
   * `rewritten`: force-pushed; `rolled-back`: set back to an older commit, nothing new; `created`: a
   * new branch, with the commits that only it has.
   */
  change: v.picklist(['pushed', 'rewritten', 'rolled-back', 'created']),
  /** The newest ones, newest first, at most five. */
  commits: v.pipe(v.array(noticeCommit), v.readonly()),
  /** How many there are in all. */
  total: v.number(),
  compareUrl: v.string(),
});

const release = v.object({
  kind: v.literal('release'),
  ...watched,
  /** A tag without a release is news of its own. */
  what: v.picklist(['release', 'tag']),
  tag: v.string(),
  title: v.string(),
  isPrerelease: v.boolean(),
  /** The reader heard of it as a pre-release. */
  isPromoted: v.optional(v.boolean(), false),
  /** The beginning of its notes, line by line; empty when there are none. */
  notes: v.optional(v.string(), ''),
  at: v.number(),
  url: v.string(),
});

const repositoryNews = v.object({
  kind: v.literal('repository'),
  ...watched,
  what: v.picklist([
    'branch-deleted',
    'branch-renamed',
    'default-changed',
    'renamed',
    'transferred',
    'archived',
    'unarchived',
    'gone',
    'back',
  ]),
  /** The former `owner/name` of a renamed repository, the former name of a branch. */
  was: v.nullable(v.string()),
  /** The name of a branch now. */
  to: v.optional(v.nullable(v.string()), null),
  url: v.string(),
});

/** Titles to come; `part` places it in a thread. */
const titlesPost = v.object({
  kind: v.literal('upcoming'),
  language,
  titles: v.pipe(v.array(noticeTitle), v.readonly()),
  part: v.nullable(v.object({ number: v.number(), of: v.number() })),
});

/** One thing that is on or new. */
const headline = v.object({
  kind: v.literal('headline'),
  language,
  /** In front of the title, in the bot's own words; may be blank. */
  label: v.string(),
  title: v.string(),
  /** Below it, each with the bot's own words in front. */
  lines: v.pipe(v.array(v.object({ label: v.string(), text: v.string() })), v.readonly()),
  /** `alt` says what it shows to those who do not see it. */
  poster: v.nullable(v.object({ key: v.string(), url: v.string(), alt: v.string() })),
  link: v.nullable(v.string()),
});

/** What is new of something a person follows. */
const bulletin = v.object({
  kind: v.literal('bulletin'),
  language,
  /** The bot's own words. */
  head: v.string(),
  entries: v.pipe(
    v.array(
      v.object({
        title: v.string(),
        lines: v.pipe(v.array(v.string()), v.readonly()),
        url: v.nullable(v.string()),
      }),
    ),
    v.readonly(),
  ),
  /** Page with more. */
  link: v.nullable(v.object({ label: v.string(), url: v.string() })),
});

/** What everyone is to see, in no channel's terms. */
const post = v.variant('kind', [titlesPost, headline]);

/** What the bot has to say to a person, in no channel's terms. */
export const notice = v.variant('kind', [
  /** A reply to a person; `suggestions` are words the person can say next. */
  v.object({
    kind: v.literal('text'),
    language,
    text: v.string(),
    suggestions: v.pipe(v.array(v.string()), v.readonly()),
    /** They are for convenience: where there are no buttons they are not spelled out. */
    isOptional: v.exactOptional(v.boolean()),
    /** Pages to open, with the words on their buttons. */
    links: v.optional(
      v.pipe(
        v.array(
          v.object({
            label: v.string(),
            url: v.string(),
            /** It lasts for minutes: whose name this is makes it anew when it is said. */
            made: v.exactOptional(v.string()),
          }),
        ),
        v.readonly(),
      ),
      [],
    ),
    /** It asks something back: once they have said more, it is over. */
    isQuestion: v.exactOptional(v.boolean()),
  }),
  bulletin,
  /** One meal of one day. */
  v.object({
    kind: v.literal('menu'),
    language,
    /** `YYYY-MM-DD`. */
    day: v.string(),
    meal: v.picklist(['breakfast', 'lunch', 'dinner']),
    /** School or canteen. */
    place: v.string(),
    dishes: v.pipe(v.array(v.string()), v.readonly()),
    /** Page with the whole menu. */
    link: v.nullable(v.string()),
  }),
  commits,
  release,
  repositoryNews,
  /** Several pieces of news of several watches in one message, oldest first. */
  v.object({
    kind: v.literal('digest'),
    language,
    entries: v.pipe(v.array(v.variant('kind', [commits, release, repositoryNews])), v.readonly()),
    /** How many of the oldest are told whole, where a channel has room for no more. */
    whole: v.exactOptional(v.number()),
  }),
]);

/** Either of them, as it is kept until it is said. */
export const unsaid = v.variant('kind', [post, notice]);

export type Post = v.InferOutput<typeof post>;
export type Notice = v.InferOutput<typeof notice>;
export type Digest = Extract<Notice, { kind: 'digest' }>;
export type Headline = v.InferOutput<typeof headline>;
export type Bulletin = v.InferOutput<typeof bulletin>;
export type TitlesPost = v.InferOutput<typeof titlesPost>;
export type NoticeTitle = v.InferOutput<typeof noticeTitle>;
export type NoticeCommit = v.InferOutput<typeof noticeCommit>;
/** News of a watched repository. */
export type RepositoryNotice = v.InferOutput<
  typeof commits | typeof release | typeof repositoryNews
>;
