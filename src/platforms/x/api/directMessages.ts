import * as v from 'valibot';
import type { TwitterResult } from './answer.ts';
import { refused } from './answer.ts';
import type { TwitterCaller } from './call.ts';
import { idSchema, isId } from './ids.ts';

/** v1.1 configuration (`dm_text_character_limit`); the v2 docs name no limit. */
const MAX_TEXT = 10_000;

/** Text, one image, or both. */
export interface NewDirectMessage {
  /** User id of the receiver. */
  readonly to: string;
  /** At most 10,000 UTF-16 units. */
  readonly text?: string;
  /** Uploaded with category `dm_image`. */
  readonly mediaId?: string;
}

export interface SentDirectMessage {
  readonly eventId: string;
  readonly conversationId: string;
}

const sentSchema = v.pipe(
  v.object({
    data: v.object({
      dm_event_id: idSchema,
      dm_conversation_id: v.pipe(v.string(), v.minLength(1)),
    }),
  }),
  v.transform(({ data }) => ({
    eventId: data.dm_event_id,
    conversationId: data.dm_conversation_id,
  })),
);

/**
 * Sends a direct message to one person. Not idempotent.
 * Source: X docs: direct-messages/manage.
 */
export async function sendDirectMessage(
  call: TwitterCaller,
  { to, text = '', mediaId }: NewDirectMessage,
): Promise<TwitterResult<SentDirectMessage>> {
  if (!isId(to)) return refused('The receiver is not an id of X');
  if (mediaId !== undefined && !isId(mediaId)) return refused('The media id is not an id of X');
  if (text.trim() === '' && mediaId === undefined) return refused('A message needs text or media');
  if (text.length > MAX_TEXT) return refused(`A message holds at most ${MAX_TEXT} characters`);
  const json = {
    ...(text !== '' && { text }),
    ...(mediaId !== undefined && { attachments: [{ media_id: mediaId }] }),
  };
  const path = `/2/dm_conversations/with/${to}/messages`;
  return await call({ method: 'POST', path, body: { json } }, sentSchema);
}
