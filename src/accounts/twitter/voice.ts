import type { TwitterClient } from '../../platforms/twitter/client.ts';
import { sendDirectMessage } from '../../platforms/twitter/directMessages.ts';
import { setAltText, uploadMedia } from '../../platforms/twitter/media.ts';
import { createPost, ownPosts } from '../../platforms/twitter/posts.ts';
import type { AccountsContext } from '../context.ts';
import { accountCaller } from './caller.ts';

/** What speaking takes of X's API. */
export type TwitterVoice = Pick<
  TwitterClient,
  'createPost' | 'ownPosts' | 'uploadMedia' | 'setAltText' | 'sendDirectMessage'
>;

/** The voice of one of the bot's accounts, see {@link accountCaller}. */
export function voiceOf(ctx: AccountsContext, id: string): TwitterVoice {
  const call = accountCaller(ctx, id);
  return {
    createPost: (post) => createPost(call, post),
    ownPosts: (userId, range) => ownPosts(call, userId, range),
    uploadMedia: (media) => uploadMedia(call, ctx.runtime.now, media),
    setAltText: (mediaId, text) => setAltText(call, mediaId, text),
    sendDirectMessage: (message) => sendDirectMessage(call, message),
  };
}
