import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { skillComponents } from './skill-components.ts';

const words = v.pipe(v.string(), v.minLength(1));
const extra = v.optional(v.record(v.string(), v.unknown()));

const quickReply = v.variant('action', [
  v.strictObject({ label: words, action: v.literal('message'), messageText: words, extra }),
  v.strictObject({
    label: words,
    action: v.literal('block'),
    blockId: words,
    messageText: v.optional(words),
    extra,
  }),
]);

/** 30 KB; the smaller thousand, to be on the safe side. */
const maxBubbleBytes = 30_000;

/** An object whose one member names its component. */
function outputOf(inGroup: boolean) {
  const components = skillComponents(inGroup);
  return v.pipe(
    v.lazy((input) => {
      const name = typeof input === 'object' && input !== null ? Object.keys(input)[0] : undefined;
      const component = name === undefined ? undefined : components[name];
      return name === undefined || component === undefined
        ? v.never(`${name ?? 'this'} is no component`)
        : v.strictObject({ [name]: component });
    }),
    v.check(
      (output) => utf8(JSON.stringify(output)).length <= maxBubbleBytes,
      'the bubble is over 30 KB',
    ),
  );
}

const context = v.optional(
  v.strictObject({
    values: v.array(
      v.strictObject({
        name: words,
        lifeSpan: v.pipe(v.number(), v.integer(), v.minValue(0)),
        ttl: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
        params: v.optional(v.record(v.string(), v.unknown())),
      }),
    ),
  }),
);
const data = v.optional(v.record(v.string(), v.unknown()));
const version = v.literal('2.0');

function answerOf(inGroup: boolean) {
  const outputs = v.pipe(v.array(outputOf(inGroup)), v.maxLength(3));
  const quickReplies = v.optional(v.pipe(v.array(quickReply), v.maxLength(inGroup ? 0 : 10)));
  return v.strictObject({
    version,
    template: v.strictObject({ outputs, quickReplies }),
    context,
    data,
  });
}

const waiting = v.strictObject({ version, useCallback: v.literal(true), data });
const inChannel = answerOf(false);
const inRoom = answerOf(true);

export interface AnswerRules {
  /** In a group room. */
  readonly inGroup: boolean;
  /** The request has a callback address. */
  readonly mayWait: boolean;
}

/** What is wrong with a skill's answer; empty for a right one. */
export function skillAnswerProblems(answer: unknown, rules: AnswerRules): readonly string[] {
  const isWaiting = v.is(v.object({ useCallback: v.literal(true) }), answer);
  if (isWaiting && !rules.mayWait) return ['useCallback: the block has no callback'];
  const schema = isWaiting ? waiting : rules.inGroup ? inRoom : inChannel;
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return [];
  return parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'answer'}: ${issue.message}`);
}
