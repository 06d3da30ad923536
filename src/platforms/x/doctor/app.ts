import type { Bot } from '../../../bot/context.ts';
import { refreshToken } from '../api/oauth2.ts';
import { oauth2Of } from '../app.ts';
import { askForBearer } from '../bearer.ts';
import { webhookFailureTexts } from '../failureTexts.ts';
import { xSettings } from '../settings.ts';
import { type Finding, fingerprint, setSecret } from './finding.ts';

/** A token that X cannot know: whether the client itself is refused shows before it is looked up. */
const PROBE = 'soshik-doctor';

/** The app's keys and `TOKEN_KEY`: there, and right. */
export async function examineApp(ctx: Bot): Promise<Finding[]> {
  return Promise.all([consumerKeys(ctx), oauth2Client(ctx), tokenKey(ctx)]);
}

async function consumerKeys(ctx: Bot): Promise<Finding> {
  const id = 'consumer-keys';
  const { consumer } = ctx.read(xSettings);
  if (!consumer) {
    return {
      id,
      state: 'bad',
      ko: 'X 앱의 API 키나 시크릿이 없어요.',
      en: 'The API key of the X app or its secret is missing.',
      todo: setSecret('TWITTER_API_KEY', 'TWITTER_API_SECRET'),
    };
  }
  const facts = {
    key: await fingerprint(consumer.key),
    secret: await fingerprint(consumer.secret),
  };
  const asked = await askForBearer(ctx, consumer);
  if (asked.ok) {
    const [ko, en] = ['X가 API 키와 시크릿을 받아 줘요.', 'X accepts API key and secret.'];
    return { id, state: 'ok', ko, en, todo: null, facts };
  }
  if (asked.reason === 'keys-refused') {
    return {
      id,
      state: 'bad',
      ko: 'X가 API 키나 시크릿을 받아 주지 않아요.',
      en: 'X does not accept the API key or its secret.',
      todo: setSecret('TWITTER_API_KEY', 'TWITTER_API_SECRET'),
      facts,
    };
  }
  return unsure(id, 'API', asked.reason, facts);
}

async function oauth2Client(ctx: Bot): Promise<Finding> {
  const id = 'oauth2-client';
  const { oauth2, secrets } = ctx.read(xSettings);
  const options = oauth2Of(ctx);
  if (!oauth2 || !options) {
    const isHalf = secrets.client !== undefined;
    return {
      id,
      state: 'off',
      ko: isHalf
        ? 'OAuth 2.0 클라이언트 시크릿만 있어요. 웹훅에는 충분하고, OAuth 2.0 로그인은 꺼져 있어요.'
        : 'OAuth 2.0 클라이언트가 없어요. OAuth 1.0a 로그인만 쓸 수 있어요.',
      en: isHalf
        ? 'There is an OAuth 2.0 client secret only: enough for the webhook, login by OAuth 2.0 is off.'
        : 'There is no OAuth 2.0 client: only login by OAuth 1.0a works.',
      todo: null,
    };
  }
  const facts = {
    id: await fingerprint(oauth2.clientId),
    ...(oauth2.clientSecret === null ? {} : { secret: await fingerprint(oauth2.clientSecret) }),
  };
  const asked = await refreshToken(options, PROBE);
  if (!asked.ok && asked.reason === 'invalid-client') {
    return {
      id,
      state: 'bad',
      ko: 'X가 OAuth 2.0 클라이언트 ID나 시크릿을 받아 주지 않아요.',
      en: 'X does not accept the OAuth 2.0 client id or its secret.',
      todo: setSecret('TWITTER_CLIENT_ID', 'TWITTER_CLIENT_SECRET'),
      facts,
    };
  }
  if (!asked.ok && asked.reason === 'invalid-grant') {
    const [ko, en] = ['X가 OAuth 2.0 클라이언트를 받아 줘요.', 'X accepts the OAuth 2.0 client.'];
    return { id, state: 'ok', ko, en, todo: null, facts };
  }
  return unsure(id, 'OAuth 2.0', asked.ok ? 'invalid' : asked.reason, facts);
}

async function tokenKey(ctx: Bot): Promise<Finding> {
  const id = 'token-key';
  const problem = await ctx.tokenKeyProblem();
  const sealer = await ctx.sealer();
  if (sealer) {
    return {
      id,
      state: 'ok',
      ko: '토큰을 암호화하는 열쇠가 있어요.',
      en: 'The key that encrypts tokens is there.',
      todo: null,
      facts: { key: sealer.keyId },
    };
  }
  const what = problem ? `${problem.reason} (${problem.position})` : '';
  const isMissing = problem?.reason === 'blank' && problem.position === 1;
  return {
    id,
    state: 'bad',
    ko: isMissing ? 'TOKEN_KEY가 없어요.' : `TOKEN_KEY를 쓸 수 없어요: ${what}`,
    en: isMissing ? 'TOKEN_KEY is missing.' : `TOKEN_KEY cannot be used: ${what}`,
    todo: {
      ko: 'openssl rand -base64 32로 만든 값을 npx wrangler secret put TOKEN_KEY로 넣어 주세요.',
      en: 'Make one with openssl rand -base64 32 and set it with npx wrangler secret put TOKEN_KEY.',
    },
  };
}

function unsure(
  id: string,
  what: string,
  reason: string,
  facts: Readonly<Record<string, string>>,
): Finding {
  return {
    id,
    state: 'warn',
    ko: `X에 물어보지 못해서 ${what} 키가 맞는지 아직 몰라요 (${reason}).`,
    en: `X could not be asked, so whether the ${what} keys are right is not known (${reason}).`,
    todo: webhookFailureTexts.unavailable,
    facts,
  };
}
