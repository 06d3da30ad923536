/** What an account lets an OAuth 1.0a app do; `messages` includes reading and writing. */
export type Permission = 'read' | 'write' | 'messages';

const read =
  'tweet.read users.read follows.read mute.read block.read list.read like.read timeline.read broadcast.read';
const write =
  'tweet.write tweet.moderate.write follows.write like.write list.write mute.write block.write media.write broadcast.write';
const messages = 'dm.read dm.write';

const byPermission = {
  read: read.split(' '),
  write: `${read} ${write}`.split(' '),
  messages: `${read} ${write} ${messages}`.split(' '),
} as const;

const known = new Set(
  `${read} ${write} ${messages} offline.access space.read bookmark.read bookmark.write users.email`.split(
    ' ',
  ),
);

/** The OAuth 2.0 scopes that a permission stands for (docs/platforms/x.md, Token exchange). */
export function scopesOf(permission: Permission): readonly string[] {
  return byPermission[permission];
}

/** The scopes of a `scope` parameter; null when it is empty or names an unknown one. */
export function parseScopes(text: string): string[] | null {
  const scopes = text.split(' ').filter((scope) => scope !== '');
  const isKnown = scopes.length > 0 && scopes.every((scope) => known.has(scope));
  return isKnown ? [...new Set(scopes)] : null;
}
