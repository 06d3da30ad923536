import type { Bot } from '../../../bot/context.ts';
import { publicUrlOf } from '../../../bot/publicUrl.ts';
import { webhookFailureTexts } from '../failureTexts.ts';
import { xSettings } from '../settings.ts';
import { type ListedWebhook, webhooks } from '../webhook.ts';
import { addressOf, pinOf, secretBehind } from '../webhookAddress.ts';
import { type Finding, fingerprint, setSecret } from './finding.ts';

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
    ko: 'wrangler.toml의 PUBLIC_URL에 https 주소를 포트 없이 넣고 npm run deploy를 실행해 주세요.',
    en: 'Put an https address without a port into PUBLIC_URL in wrangler.toml and run npm run deploy.',
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
