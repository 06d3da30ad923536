/** Secrets that make the Worker talk to the sandbox. All of them are fake. */
export const sandboxSecrets = {
  TWITTER_API_KEY: 'sandbox-consumer-key',
  TWITTER_API_SECRET: 'sandbox-consumer-secret',
  TWITTER_CLIENT_ID: 'sandbox-client-id',
  TWITTER_CLIENT_SECRET: 'sandbox-client-secret',
  TWITTER_ACCESS_TOKEN: '1700000000000000001-sandboxAccessToken',
  TWITTER_ACCESS_TOKEN_SECRET: 'sandbox-access-token-secret',
  TMDB_TOKEN: 'sandbox-tmdb-token',
  KAKAO_REST_API_KEY: 'sandbox-kakao-rest-key',
  KAKAO_CLIENT_SECRET: 'sandbox-kakao-client-secret',
  KAKAO_ADMIN_KEY: 'sandbox-kakao-admin-key',
  KAKAO_SKILL_TOKEN: 'sandbox-kakao-skill-token',
  TELEGRAM_BOT_TOKEN: '700000001:sandbox-telegram-token',
  TELEGRAM_WEBHOOK_SECRET: 'sandbox-telegram-webhook-secret',
  GITHUB_TOKEN: 'sandbox-github-token',
  GITHUB_WEBHOOK_SECRET: 'sandbox-github-webhook-secret',
  KOPIS_KEY: 'sandbox-kopis-key',
  API_KEY: 'sandbox-owners-api-key',
} as const;

/** An app-only bearer token: good where no user context is needed, refused elsewhere. */
export const sandboxAppBearer = 'sandbox-app-only-bearer';
