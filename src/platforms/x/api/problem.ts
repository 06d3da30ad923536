import * as v from 'valibot';
import { cutToFit } from '../../../lib/graphemes.ts';

/**
 * What a failure means for the caller:
 * - `retry`: later, the same call may work
 * - `duplicate`: X has this post (or subscription) already
 * - `cannot-message`: this person does not accept our direct messages, or is gone
 * - `forbidden`: X does not allow this call to this app or account
 * - `credits-depleted`: nothing works until the owner pays or the month ends
 * - `unauthorized`: the credentials are not accepted any more
 * - `invalid`: the call itself is wrong
 */
export type TwitterFailureReason =
  | 'retry'
  | 'duplicate'
  | 'cannot-message'
  | 'forbidden'
  | 'credits-depleted'
  | 'unauthorized'
  | 'invalid';

/** The parts of an error body that decide what it means. */
export interface Problem {
  /** X's own words, at most 300 characters; empty when X said nothing. */
  readonly detail: string;
  /** What the body itself says, whatever the status; undefined when it says nothing known. */
  readonly reason: TwitterFailureReason | undefined;
}

const MAX_DETAIL = 300;

/** v1.1 codes. Source: X docs: fundamentals/response-codes-and-errors. */
const reasonOfCode = new Map<number, TwitterFailureReason>([
  [32, 'unauthorized'],
  [88, 'retry'],
  [89, 'unauthorized'],
  [99, 'unauthorized'],
  [150, 'cannot-message'],
  [187, 'duplicate'],
  [220, 'unauthorized'],
  [349, 'cannot-message'],
]);

/** Last segment of a v2 problem's `type`; the rest of the address has changed over the years. */
const reasonOfType = new Map<string, TwitterFailureReason>([
  ['client-forbidden', 'forbidden'],
  ['client-not-enrolled', 'forbidden'],
  ['credits', 'credits-depleted'],
  ['credits-depleted', 'credits-depleted'],
  ['disallowed-resource', 'forbidden'],
  ['invalid-request', 'invalid'],
  ['not-authorized-for-resource', 'forbidden'],
  ['oauth1-permissions', 'forbidden'],
  ['rate-limit-exceeded', 'retry'],
  ['resource-not-found', 'invalid'],
  ['unsupported-authentication', 'unauthorized'],
  ['usage-capped', 'credits-depleted'],
]);

/** Problems that X tells by words only (`type` is `about:blank`). */
const reasonOfWords: readonly (readonly [RegExp, TwitterFailureReason])[] = [
  [/duplicate content/i, 'duplicate'],
  [/permission to DM one or more participants/i, 'cannot-message'],
  [/credits ?depleted/i, 'credits-depleted'],
];

const text = v.fallback(v.optional(v.string()), undefined);
const entrySchema = v.object({
  code: v.fallback(v.optional(v.number()), undefined),
  message: text,
  detail: text,
  title: text,
  type: text,
  parameter: text,
});
const bodySchema = v.object({
  detail: text,
  title: text,
  type: text,
  error_description: text,
  errors: v.fallback(v.optional(v.array(v.fallback(entrySchema, {}))), undefined),
});

/**
 * Reads an error body of any kind: v2 problem, v1.1 codes, OAuth 2.0 error, XML, text or nothing.
 *
 * @param json the body as JSON, `undefined` when it is not JSON
 * @param raw the body as text
 */
export function readProblem(json: unknown, raw: string): Problem {
  const parsed = v.safeParse(bodySchema, json);
  const body = parsed.success ? parsed.output : {};
  const entries = body.errors ?? [];
  const words =
    entries[0]?.message ||
    entries[0]?.detail ||
    body.detail ||
    body.title ||
    body.error_description;
  return {
    detail: cutToFit((words || raw).slice(0, 4 * MAX_DETAIL).trim(), MAX_DETAIL, (it) => it.length),
    reason:
      firstKnown(entries, (entry) => reasonOfCode.get(entry.code ?? 0)) ??
      firstKnown([...entries, body], reasonOfSaying) ??
      firstKnown(entries, reasonOfMissingPerson) ??
      firstKnown([body, ...entries], (entry) => reasonOfType.get(lastSegment(entry.type))),
  };
}

type Entry = v.InferOutput<typeof entrySchema>;

function reasonOfSaying(entry: Entry): TwitterFailureReason | undefined {
  const said = [entry.message, entry.detail, entry.title].join('\n');
  return reasonOfWords.find(([pattern]) => pattern.test(said))?.[1];
}

function reasonOfMissingPerson(entry: Entry): TwitterFailureReason | undefined {
  const isMissing = lastSegment(entry.type) === 'resource-not-found';
  return isMissing && entry.parameter === 'participant_id' ? 'cannot-message' : undefined;
}

function lastSegment(type: string | undefined): string {
  return type?.split('/').at(-1) ?? '';
}

function firstKnown<Item>(
  items: readonly Item[],
  reasonOf: (item: Item) => TwitterFailureReason | undefined,
): TwitterFailureReason | undefined {
  for (const item of items) {
    const reason = reasonOf(item);
    if (reason) return reason;
  }
  return undefined;
}
