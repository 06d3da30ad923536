/** Scope of a user's credential that a private event needs; null: anybody may subscribe to it. */
const scopeByType: Readonly<Record<string, string | null>> = {
  'post.create': null,
  'post.delete': null,
  'post.mention.create': 'tweet.read',
  'post.reply.create': 'tweet.read',
  'post.quote.create': 'tweet.read',
  'post.repost.create': 'tweet.read',
  'like.create': 'like.read',
  'mute.mute': 'mute.read',
  'mute.unmute': 'mute.read',
  'block.block': 'block.read',
  'block.unblock': 'block.read',
  'follow.follow': 'follows.read',
  'follow.unfollow': 'follows.read',
  'profile.update.bio': null,
  'profile.update.profile_picture': null,
  'profile.update.banner_picture': null,
  'profile.update.screenname': null,
  'profile.update.geo': null,
  'profile.update.url': null,
  'profile.update.verified_badge': null,
  'profile.update.affiliate_badge': null,
  'profile.update.handle': null,
  'dm.received': 'dm.read',
  'dm.sent': 'dm.read',
  'dm.read': 'dm.read',
  'dm.indicate_typing': 'dm.read',
  'chat.received': 'dm.read',
  'chat.sent': 'dm.read',
  'chat.conversation.join': 'dm.read',
  'chat.conversation_join': 'dm.read',
  'chat.conversation.member_added': 'dm.read',
  'chat.conversation.member_removed': 'dm.read',
  'chat.conversation.admin_added': 'dm.read',
  'chat.conversation.admin_removed': 'dm.read',
  'chat.update.group_name': 'dm.read',
  'chat.update.restrictions': 'dm.read',
  'spaces.start': null,
  'spaces.end': null,
  'broadcast.start': null,
  'broadcast.end': null,
  'broadcast.chat': null,
};

/**
 * Event types that a self-serve app can subscribe to (docs/platforms/x.md, Activity);
 * `oauth.revoke` is not among them.
 */
export const eventTypes = Object.keys(scopeByType);

/** The scope for a private event type, null for a public or unknown one. */
export function privateScopeOf(eventType: string): string | null {
  return scopeByType[eventType] ?? null;
}
