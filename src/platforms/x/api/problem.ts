import * as v from 'valibot';
import { cutToFit } from '../../../lib/text.ts';

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

/**
 * Why X refuses everything from this account or app, whatever is asked:
 * - `suspended`, `locked`: X stopped the account; its owner has to go to x.com
 * - `automated`: X takes it for a machine out of control and wants a pause of hours
 * - `read-only`: the app may not write
 * - `rights`: the app has the right, the tokens were made before it had: new tokens
 * - `access-level`: this app's plan does not have this call
 * - `not-enrolled`: the app belongs to no project
 * - `capped`: the month's allowance is used up
 */
export type SenderProblem =
  | 'suspended'
  | 'locked'
  | 'automated'
  | 'read-only'
  | 'rights'
  | 'access-level'
  | 'not-enrolled'
  | 'capped';

/** The parts of an error body that decide what it means. */
export interface Problem {
  /** X's own words, at most 300 characters; empty when X said nothing. */
  readonly detail: string;
  /** What the body itself says, whatever the status; undefined when it says nothing known. */
  readonly reason: TwitterFailureReason | undefined;
  /** Set when it is the account's or the app's trouble, not that of the call. */
  readonly sender: SenderProblem | undefined;
}

const MAX_DETAIL = 300;

/** v1.1 codes. Source: X docs: fundamentals/response-codes-and-errors. */
const reasonOfCode = new Map<number, TwitterFailureReason>([
  [32, 'unauthorized'],
  [88, 'retry'],
  [89, 'unauthorized'],
  [99, 'unauthorized'],
  [150, 'cannot-message'],
  [185, 'retry'],
  [187, 'duplicate'],
  [215, 'unauthorized'],
  [220, 'unauthorized'],
  [344, 'retry'],
  [349, 'cannot-message'],
  [416, 'unauthorized'],
]);

/** v1.1 codes of trouble with the account or the app. Source: as above, and code 453. */
const senderOfCode = new Map<number, SenderProblem>([
  [64, 'suspended'],
  [226, 'automated'],
  [231, 'locked'],
  [261, 'read-only'],
  [326, 'locked'],
  [453, 'access-level'],
]);
const senderOfType = new Map<string, SenderProblem>([
  ['oauth1-permissions', 'rights'],
  ['client-not-enrolled', 'not-enrolled'],
  ['client-forbidden', 'not-enrolled'],
  ['usage-capped', 'capped'],
]);
const senderOfWords: readonly (readonly [RegExp, SenderProblem])[] = [
  [/account is (?:temporarily )?locked/i, 'locked'],
  [/account is suspended/i, 'suspended'],
  [/cannot perform write actions|read-only application/i, 'read-only'],
  [/looks like it might be automated/i, 'automated'],
  [/subset of X API V2 endpoints|access level/i, 'access-level'],
  [/(?:usage|spend) ?cap ?(?:exceeded|reached)/i, 'capped'],
];

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
    sender:
      firstKnown(entries, (entry) => senderOfCode.get(entry.code ?? 0)) ??
      firstKnown([body, ...entries], (entry) => senderOfType.get(lastSegment(entry.type))) ??
      firstKnown([...entries, body], senderOfSaying),
  };
}

type Entry = v.InferOutput<typeof entrySchema>;

function reasonOfSaying(entry: Entry): TwitterFailureReason | undefined {
  const said = [entry.message, entry.detail, entry.title].join('\n');
  return reasonOfWords.find(([pattern]) => pattern.test(said))?.[1];
}

function senderOfSaying(entry: Entry): SenderProblem | undefined {
  const said = [entry.message, entry.detail, entry.title].join('\n');
  return senderOfWords.find(([pattern]) => pattern.test(said))?.[1];
}

function reasonOfMissingPerson(entry: Entry): TwitterFailureReason | undefined {
  const isMissing = lastSegment(entry.type) === 'resource-not-found';
  return isMissing && entry.parameter === 'participant_id' ? 'cannot-message' : undefined;
}

function lastSegment(type: string | undefined): string {
  return type?.split('/').at(-1) ?? '';
}

function firstKnown<Item, Reason>(
  items: readonly Item[],
  reasonOf: (item: Item) => Reason | undefined,
): Reason | undefined {
  for (const item of items) {
    const reason = reasonOf(item);
    if (reason) return reason;
  }
  return undefined;
}
