import { unreachable } from '../lib/result.ts';
import type { TwitterFailure, TwitterResult } from '../platforms/twitter/answer.ts';
import type { TwitterClient } from '../platforms/twitter/client.ts';
import { samePost } from '../platforms/twitter/samePost.ts';
import type { NoticeTitle } from './notice.ts';
import { directMessageText, postText, upcomingAltText } from './twitterTexts.ts';
import type { Channel, Message, Outcome } from './types.ts';

/** The address of a post that everybody can see, instead of a person's id. */
export const TIMELINE = 'timeline';

/** How many of the own posts are looked through for one that may have arrived. */
const LOOK_BACK = 20;

export interface TwitterChannelOptions {
  /** The client of one of the bot's accounts, or `null` for an account that is not logged in. */
  readonly clientOf: (account: string) => TwitterClient | null;
}

/** Speaks on X: posts for everyone (address {@link TIMELINE}) and direct messages (a user id). */
export function createTwitterChannel({ clientOf }: TwitterChannelOptions): Channel {
  return {
    id: 'twitter',
    send: async (message) => {
      const client = clientOf(message.account);
      if (!client) return { kind: 'unauthorized', note: 'account-not-connected' };
      return message.address === TIMELINE
        ? publish(client, message)
        : sendDirect(client, message.address, directMessageText(message.notice));
    },
  };
}

async function sendDirect(client: TwitterClient, to: string, text: string): Promise<Outcome> {
  const sent = await client.sendDirectMessage({ to, text });
  return sent.ok ? { kind: 'sent', externalId: sent.value.eventId, note: null } : outcomeOf(sent);
}

async function publish(client: TwitterClient, message: Message): Promise<Outcome> {
  const { notice } = message;
  const titles = notice.kind === 'upcoming' ? notice.titles : [];
  const text = postText(notice);
  if (message.uncertain) {
    const found = await findPublished(client, message.account, text);
    if (!found.ok) return outcomeOf(found);
    if (found.value !== null) {
      return { kind: 'sent', externalId: found.value, note: 'found-on-timeline' };
    }
  }
  const uploaded = await uploadPosters(client, message, titles);
  if (!uploaded.ok) return outcomeOf(uploaded);

  const posted = await client.createPost({
    text,
    mediaIds: uploaded.value.mediaIds,
    ...(message.replyTo === null ? {} : { inReplyTo: message.replyTo }),
  });
  if (posted.ok) {
    return { kind: 'sent', externalId: posted.value.id, note: uploaded.value.note };
  }
  if (posted.reason !== 'duplicate') return outcomeOf(posted);
  // X has this text already: an earlier try arrived. Its id is wanted for the rest of a thread.
  const found = await findPublished(client, message.account, text);
  return {
    kind: 'sent',
    externalId: found.ok ? found.value : null,
    note: 'already-on-timeline',
  };
}

async function findPublished(
  client: TwitterClient,
  account: string,
  text: string,
): Promise<TwitterResult<string | null>> {
  const posts = await client.ownPosts(account, { max: LOOK_BACK });
  if (!posts.ok) return posts;
  return { ok: true, value: posts.value.find((post) => samePost(post.text, text))?.id ?? null };
}

/** Uploads the posters there are. One that X does not take is left out; the post goes on. */
async function uploadPosters(
  client: TwitterClient,
  message: Message,
  titles: readonly NoticeTitle[],
): Promise<TwitterResult<{ mediaIds: string[]; note: string | null }>> {
  const mediaIds: string[] = [];
  let note: string | null = null;
  for (const title of titles) {
    if (!title.poster) continue;
    const picture = await message.picture(title.poster);
    if (!picture) continue;
    const media = await client.uploadMedia({ ...picture, category: 'tweet_image' });
    if (!media.ok) {
      if (media.reason !== 'invalid') return media;
      note = 'poster-refused';
      continue;
    }
    mediaIds.push(media.value.id);
    // A post without its alt text is better than no post.
    const described = await client.setAltText(
      media.value.id,
      upcomingAltText(title, message.notice.language),
    );
    if (!described.ok) note ??= 'alt-text-missing';
  }
  return { ok: true, value: { mediaIds, note } };
}

/** What a failure of X means for a delivery. */
function outcomeOf(failure: TwitterFailure): Outcome {
  const note = `${failure.reason}${failure.status === null ? '' : ` ${failure.status}`}`;
  switch (failure.reason) {
    case 'retry':
      return {
        kind: 'retry',
        afterMs: failure.retryAfterMs ?? null,
        uncertain: failure.mayHaveActed,
        note,
      };
    case 'unauthorized':
    case 'credits-depleted':
      return { kind: 'unauthorized', note };
    case 'cannot-message':
      return { kind: 'gone', note };
    case 'forbidden':
    case 'invalid':
    case 'duplicate':
      return { kind: 'refused', note };
    default:
      return unreachable(failure.reason);
  }
}
