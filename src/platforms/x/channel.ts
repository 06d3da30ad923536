import type { Notice } from '../../bot/notice/notice.ts';
import type { Channel, Message, Outcome, Publication } from '../../bot/outbox/channel.ts';
import { goesOnText } from '../../bot/talk/patience.ts';
import { findLinks } from '../../lib/links/links.ts';
import { unreachable } from '../../lib/result.ts';
import { HOUR_MS, MINUTE_MS } from '../../lib/time.ts';
import type { Reserved } from '../../store/budgets.ts';
import type { RateLimit, TwitterFailure, TwitterResult } from './api/answer.ts';
import type { TwitterClient } from './api/client.ts';
import { samePost } from './api/posts.ts';
import { directMessageText, holdsWhole, postersOf, postText } from './news.ts';

/** X took the account for a machine out of control: it wants a pause of hours. */
const AUTOMATED_PAUSE_MS = 3 * HOUR_MS;

/** The month's money is spent; the owner may allow more. */
const SPENT: Outcome = { kind: 'sender', scope: 'channel', note: 'month-spent' };

/** How many of the own posts are looked through for one that may have arrived. */
const LOOK_BACK = 20;

/** Keeps what is sent within X's limits, so that X never has to say so. */
export interface SendingBudget {
  /** Counts a call before it is made: whether it may be, and whether it is the last for a while. */
  readonly reserve: (account: string, kind: 'post' | 'dm') => Promise<Reserved>;
  /** Whether what the owner wants to spend in a month is spent. */
  readonly isSpent: () => Promise<boolean>;
  /** Takes over what X's answer told about the limits. */
  readonly learn: (account: string, kind: 'post' | 'dm', told: RateLimit) => Promise<void>;
}

export interface TwitterChannelOptions {
  /** Speaks for one of the bot's accounts; one that is not logged in is a failure of the sender. */
  readonly voiceOf: (account: string) => TwitterClient;
  readonly budget: SendingBudget;
  /** IANA name, for instants in texts. */
  readonly timeZone: string;
}

/** Speaks on X: by posts for everyone, and by direct messages; the address is a user's id. */
export function createTwitterChannel(options: TwitterChannelOptions): Channel {
  const { voiceOf, budget, timeZone } = options;
  return {
    id: 'twitter',
    pace: { atOnce: 6, isFair: true },
    patience: { most: 6, perMs: 15 * MINUTE_MS, isForMachines: true },
    holds: (notice) => holdsWhole(notice, timeZone),
    send: (message) => sendDirect(voiceOf(message.account), budget, message, timeZone),
    publish: (publication) => publish(voiceOf(publication.account), budget, publication),
    preview: (post) => ({ text: postText(post), pictures: postersOf(post) }),
  };
}

async function sendDirect(
  voice: TwitterClient,
  budget: SendingBudget,
  { account, address, notice }: Message,
  timeZone: string,
): Promise<Outcome> {
  if (await budget.isSpent()) return SPENT;
  const { waitMs, nextAt } = await budget.reserve(account, 'dm');
  if (waitMs > 0) return { kind: 'wait', scope: 'account', afterMs: waitMs, note: 'dm-budget' };
  const sent = await voice.sendDirectMessage({
    to: address,
    text: directMessageText(withGoingOn(notice, nextAt, timeZone), timeZone),
  });
  const afterwards = keptLimits(budget, account, 'dm', sent.rateLimit);
  if (!sent.ok) return { ...outcomeOf(sent), ...afterwards };
  return {
    ...afterwards,
    kind: 'sent',
    externalId: sent.value.eventId,
    note: null,
    charges: { 'direct-message': 1 },
  };
}

/** The last message for a while tells when the next answers come. */
function withGoingOn(notice: Notice, nextAt: number | null, timeZone: string): Notice {
  if (nextAt === null || notice.kind !== 'text') return notice;
  return { ...notice, text: `${notice.text}\n\n${goesOnText(nextAt, notice.language, timeZone)}` };
}

async function publish(
  voice: TwitterClient,
  budget: SendingBudget,
  publication: Publication,
): Promise<Outcome> {
  const { account, post, replyTo } = publication;
  const text = postText(post);
  if (publication.uncertain) {
    const found = await findPublished(voice, account, text);
    if (!found.ok) return outcomeOf(found);
    if (found.value !== null) {
      return { kind: 'sent', externalId: found.value, note: 'found-on-timeline' };
    }
  }
  if (await budget.isSpent()) return SPENT;
  const { waitMs } = await budget.reserve(account, 'post');
  if (waitMs > 0) {
    return { kind: 'wait', scope: 'account', afterMs: waitMs, note: 'post-budget' };
  }
  const uploaded = await uploadPosters(voice, publication);
  if (!uploaded.ok) return outcomeOf(uploaded);

  const posted = await voice.createPost({
    text,
    mediaIds: uploaded.value.mediaIds,
    ...(replyTo === null ? {} : { inReplyTo: replyTo }),
  });
  const afterwards = keptLimits(budget, account, 'post', posted.rateLimit);
  if (posted.ok) {
    const { note, described } = uploaded.value;
    return {
      ...afterwards,
      kind: 'sent',
      externalId: posted.value.id,
      note,
      charges: {
        [findLinks(text).length > 0 ? 'post-with-link' : 'post']: 1,
        ...(described > 0 && { 'alt-text': described }),
      },
    };
  }
  if (posted.reason !== 'duplicate') return { ...outcomeOf(posted), ...afterwards };
  // X has this text already: an earlier try arrived. Its id is wanted for the rest of a thread.
  const found = await findPublished(voice, account, text);
  return {
    kind: 'sent',
    externalId: found.ok ? found.value : null,
    note: 'already-on-timeline',
  };
}

/** What X's answer told about the limits is taken over once the outcome is recorded. */
function keptLimits(
  budget: SendingBudget,
  account: string,
  kind: 'post' | 'dm',
  told: RateLimit | undefined,
): Pick<Outcome, 'afterwards'> {
  return told ? { afterwards: () => budget.learn(account, kind, told) } : {};
}

async function findPublished(
  voice: TwitterClient,
  account: string,
  text: string,
): Promise<TwitterResult<string | null>> {
  const posts = await voice.ownPosts(account, { max: LOOK_BACK });
  if (!posts.ok) return posts;
  return { ok: true, value: posts.value.find((post) => samePost(post.text, text))?.id ?? null };
}

/** Uploads the posters there are. One that X does not take is left out; the post goes on. */
async function uploadPosters(
  voice: TwitterClient,
  { post, picture: pictureOf }: Publication,
): Promise<TwitterResult<{ mediaIds: string[]; note: string | null; described: number }>> {
  const mediaIds: string[] = [];
  let count = 0;
  let note: string | null = null;
  for (const poster of postersOf(post)) {
    const picture = await pictureOf(poster);
    if (!picture) continue;
    const media = await voice.uploadMedia(picture);
    if (!media.ok) {
      if (media.reason !== 'invalid' && media.reason !== 'forbidden') return media;
      note = 'poster-refused';
      continue;
    }
    mediaIds.push(media.value.id);
    // A post without its alt text is better than no post.
    const described = await voice.setAltText(media.value.id, poster.alt);
    if (described.ok) count += 1;
    else note ??= 'alt-text-missing';
  }
  return { ok: true, value: { mediaIds, note, described: count } };
}

/** What a failure of X means for a delivery. */
function outcomeOf(failure: TwitterFailure): Outcome {
  const note = `${failure.reason}${failure.status === null ? '' : ` ${failure.status}`}`;
  const isOfTheCall = failure.reason === 'cannot-message' || failure.reason === 'duplicate';
  if (failure.sender && !isOfTheCall) {
    const pause = failure.sender === 'automated' ? { afterMs: AUTOMATED_PAUSE_MS } : {};
    const reason = `${failure.sender} ${failure.status}`;
    return { kind: 'sender', scope: 'account', note: reason, ...pause };
  }
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
      return { kind: 'sender', scope: 'account', note };
    case 'cannot-message':
      return { kind: 'gone', note };
    // For reasons X does not name: of this message or of the account, it shows with the next ones.
    case 'forbidden':
      return { kind: 'retry', afterMs: HOUR_MS, uncertain: false, note };
    case 'invalid':
    case 'duplicate':
      return { kind: 'refused', note };
    default:
      return unreachable(failure.reason);
  }
}
