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

/** What the bot has to say, in no channel's terms; kept as JSON until it is said. */
export const notice = v.variant('kind', [
  /** A reply to a person; `suggestions` are words the person can say next. */
  v.object({
    kind: v.literal('text'),
    language,
    text: v.string(),
    suggestions: v.pipe(v.array(v.string()), v.readonly()),
  }),
  /** Titles that are about to come, for everyone to see; `part` places it in a thread. */
  v.object({
    kind: v.literal('upcoming'),
    language,
    titles: v.pipe(v.array(noticeTitle), v.readonly()),
    part: v.nullable(v.object({ number: v.number(), of: v.number() })),
  }),
]);

export type Notice = v.InferOutput<typeof notice>;
export type NoticeTitle = v.InferOutput<typeof noticeTitle>;
