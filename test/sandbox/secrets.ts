/** Secrets that make the Worker talk to the sandbox (names of design.md A4). All of them are fake. */
export const sandboxSecrets = {
  TWITTER_API_KEY: 'sandbox-consumer-key',
  TWITTER_API_SECRET: 'sandbox-consumer-secret',
  TWITTER_CLIENT_ID: 'sandbox-client-id',
  TWITTER_CLIENT_SECRET: 'sandbox-client-secret',
  TWITTER_ACCESS_TOKEN: '1700000000000000001-sandboxAccessToken',
  TWITTER_ACCESS_TOKEN_SECRET: 'sandbox-access-token-secret',
  TMDB_TOKEN: 'sandbox-tmdb-token',
} as const;

/** An app-only bearer token: good where no user context is needed, refused elsewhere. */
export const sandboxAppBearer = 'sandbox-app-only-bearer';
