import type { Bot } from '../../../bot/context.ts';
import { publicUrlOf } from '../../../bot/http.ts';
import { refreshToken } from '../api/oauth2.ts';
import { askForBearer, oauth2Of } from '../bearer.ts';
import { webhookFailureTexts } from '../failure.ts';
import { xSettings } from '../settings.ts';
import { addressOf, type ListedWebhook, pinOf, secretBehind, webhooks } from '../webhook.ts';
import { type Facts, type Finding, fingerprint, setSecret } from './budgets.ts';

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

function unsure(id: string, what: string, reason: string, facts: Facts): Finding {
  return {
    id,
    state: 'warn',
    ko: `X에 물어보지 못해서 ${what} 키가 맞는지 아직 몰라요 (${reason}).`,
    en: `X could not be asked, so whether the ${what} keys are right is not known (${reason}).`,
    todo: webhookFailureTexts.unavailable,
    facts,
  };
}

/** Public address, the secret behind CRC, and what X says of the webhook. */
export async function examineWebhook(ctx: Bot): Promise<Finding[]> {
  const origin = await publicUrlOf(ctx);
  const listed = await webhooks(ctx);
  const own = listed.ok ? listed.value.filter(({ isOurs }) => isOurs) : [];
  const best = own.find(({ valid }) => valid) ?? own[0];
  return [publicUrl(origin), await crc(ctx, origin, best), atX(listed, best)];
}

function publicUrl(origin: string | null): Finding {
  const id = 'public-url';
  const todo = {
    ko: '.prod.vars의 PUBLIC_URL에 https 주소를 포트 없이 넣고 npm run deploy를 실행해 주세요.',
    en: 'Put an https address without a port into PUBLIC_URL in .prod.vars and run npm run deploy.',
  };
  if (origin === null) {
    const ko = '밖에서 부르는 주소를 아직 몰라요.';
    return { id, state: 'bad', ko, en: 'The public address is not known yet.', todo };
  }
  const isPublic = /^https:\/\/[^:]+\.[^:]+$/.test(origin);
  return {
    id,
    state: isPublic ? 'ok' : 'bad',
    ko: isPublic ? `밖에서 부르는 주소: ${origin}` : `X가 부를 수 없는 주소예요: ${origin}`,
    en: isPublic ? `The public address: ${origin}` : `X cannot call this address: ${origin}`,
    todo: isPublic ? null : todo,
    facts: { url: origin },
  };
}

async function crc(
  { read }: Bot,
  origin: string | null,
  webhook: ListedWebhook | undefined,
): Promise<Finding> {
  const id = 'crc';
  const pin = (origin !== null && webhook && pinOf(origin, webhook.url)) || 'auto';
  const settings = read(xSettings);
  const kind = secretBehind(settings, pin);
  const secret = kind && settings.secrets[kind];
  if (!kind || secret === undefined || secret === null) {
    return {
      id,
      state: 'bad',
      ko: 'X의 확인(CRC)에 답할 시크릿이 없어요.',
      en: "There is no secret to answer X's check (CRC) with.",
      todo: setSecret('TWITTER_CLIENT_SECRET', 'TWITTER_API_SECRET'),
    };
  }
  const name = kind === 'client' ? 'TWITTER_CLIENT_SECRET' : 'TWITTER_API_SECRET';
  return {
    id,
    state: 'ok',
    ko: `X의 확인(CRC)에 ${name}으로 답해요.`,
    en: `X's check (CRC) is answered with ${name}.`,
    todo: null,
    facts: {
      secret: await fingerprint(secret),
      ...(origin === null ? {} : { url: addressOf(origin, pin) }),
    },
  };
}

function atX(
  listed: Awaited<ReturnType<typeof webhooks>>,
  webhook: ListedWebhook | undefined,
): Finding {
  const id = 'webhook';
  if (!listed.ok) {
    return {
      id,
      state: listed.reason === 'unavailable' || listed.reason === 'rate-limited' ? 'warn' : 'bad',
      ko: `X에 등록된 웹훅을 알아보지 못했어요 (${listed.reason}).`,
      en: `What webhooks X knows could not be found out (${listed.reason}).`,
      todo: webhookFailureTexts[listed.reason],
      facts: { detail: listed.detail },
    };
  }
  const facts = { webhooks: String(listed.value.length), ...(webhook && { id: webhook.id }) };
  const todo = {
    ko: '관리 화면의 X 계정 페이지에서 "받을 준비 마치기"를 눌러 주세요.',
    en: 'Press "Finish setting up" on the X page of /admin.',
  };
  if (!webhook) {
    const ko = '이 봇의 웹훅이 X에 등록되어 있지 않아요. 메시지를 받지 못해요.';
    const en = "This bot's webhook is not registered at X: no message arrives.";
    return { id, state: 'bad', ko, en, todo, facts };
  }
  return {
    id,
    state: webhook.valid ? 'ok' : 'bad',
    ko: webhook.valid ? '웹훅이 X에 등록되어 있고 살아 있어요.' : 'X가 웹훅을 꺼 두었어요.',
    en: webhook.valid
      ? 'The webhook is registered at X and valid.'
      : 'X has switched the webhook off.',
    todo: webhook.valid ? null : todo,
    facts,
  };
}
