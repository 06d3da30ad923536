import * as v from 'valibot';
import type { KakaoFailure, KakaoResult } from './answer.ts';
import { failureOf, refused } from './answer.ts';
import type { KakaoCaller } from './call.ts';
import { readProblem } from './problem.ts';
import type { KakaoTemplate } from './templates.ts';

const MAX_RECEIVERS = 5;
/** What of one friend in a successful answer counts like: nothing said, and refused. */
const UNCLEAR = 200;
const REFUSED = 400;

/** What became of a message to each friend; every one asked for is in one of the two. */
export interface SentToFriends {
  readonly delivered: readonly string[];
  readonly failed: readonly { readonly uuid: string; readonly failure: KakaoFailure }[];
}

const sentSchema = v.pipe(
  v.object({ result_code: v.literal(0) }),
  v.transform(() => null),
);
const uuids = v.array(v.string());
const failuresSchema = v.array(v.looseObject({ receiver_uuids: v.fallback(uuids, []) }));
const sentToFriendsSchema = v.union([
  v.object({
    successful_receiver_uuids: uuids,
    failure_info: v.fallback(v.nullish(failuresSchema), null),
  }),
  v.object({
    successful_receiver_uuids: v.fallback(v.nullish(uuids), null),
    failure_info: failuresSchema,
  }),
]);

/** A message into the person's chat with himself. Source: docs/platforms/kakao.md, Messages. */
export async function sendToMe(
  call: KakaoCaller,
  apiUrl: string,
  template: KakaoTemplate,
): Promise<KakaoResult<null>> {
  const url = `${apiUrl}/v2/api/talk/memo/default/send`;
  const form = { template_object: JSON.stringify(template) };
  return await call({ method: 'POST', url, form }, sentSchema);
}

/**
 * A message to one to five friends of the person; partial success is a success here. A friend of
 * whom Kakao says nothing counts as failed with `mayHaveActed`. Source: docs/platforms/kakao.md,
 * Messages.
 */
export async function sendToFriends(
  call: KakaoCaller,
  apiUrl: string,
  receivers: readonly string[],
  template: KakaoTemplate,
): Promise<KakaoResult<SentToFriends>> {
  if (receivers.length === 0 || receivers.length > MAX_RECEIVERS) {
    return refused(`1 to ${MAX_RECEIVERS} friends at a time`);
  }
  if (new Set(receivers).size < receivers.length) return refused('A friend is named twice');
  if (receivers.some((uuid) => uuid.trim() === '')) return refused('A friend has no uuid');
  const url = `${apiUrl}/v1/api/talk/friends/message/default/send`;
  const form = {
    receiver_uuids: JSON.stringify(receivers),
    template_object: JSON.stringify(template),
  };
  const sent = await call({ method: 'POST', url, form }, sentToFriendsSchema);
  return sent.ok ? { ok: true, value: whatBecameOf(receivers, sent.value) } : sent;
}

function whatBecameOf(
  receivers: readonly string[],
  answer: v.InferOutput<typeof sentToFriendsSchema>,
): SentToFriends {
  const told = new Set(answer.successful_receiver_uuids);
  return {
    delivered: receivers.filter((uuid) => told.has(uuid)),
    failed: receivers
      .filter((uuid) => !told.has(uuid))
      .map((uuid) => {
        const entry = answer.failure_info?.find((info) => info.receiver_uuids.includes(uuid));
        const failure = failureOf(readProblem(entry), entry ? REFUSED : UNCLEAR);
        return { uuid, failure };
      }),
  };
}
