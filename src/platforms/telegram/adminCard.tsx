import { Hono } from 'hono';
import type { Bot } from '../../bot/context.ts';
import type { FlashText } from '../../bot/feature.ts';
import { rememberPublicUrl } from '../../bot/http.ts';
import type { CardView } from '../../bot/platform.ts';
import { DAY_MS } from '../../lib/time.ts';
import { FeatureRow } from '../../ui/admin/features.tsx';
import { type Flash, goOn } from '../../ui/admin/flash.ts';
import type { OwnerAt } from '../../ui/admin/page.tsx';
import type { AdminEnv, AdminRoutes } from '../../ui/admin/types.ts';
import { say, type Text } from '../../ui/language.ts';
import { Act, Badge, Card, Row } from '../../ui/parts.tsx';
import { knownBot } from './settings.ts';
import {
  failedCall,
  readSetUp,
  setUpTelegram,
  type TelegramSetUpReason,
  telegramFailureTexts,
} from './setUp.ts';

const PAGE = '/admin/channels';

/** The button on the page of channels that connects Telegram. */
export function telegramActions(): AdminRoutes {
  const routes = new Hono<AdminEnv>();
  // The language switch of a page that answered a form asks for its address.
  routes.get('/', (context) => context.redirect(PAGE, 303));
  routes.post('/', async (context) => {
    const bot = context.get('bot');
    await rememberPublicUrl(bot);
    const done = await setUpTelegram(bot);
    if (done.ok) {
      return goOn(context, PAGE, told('ready', { name: done.value.username }));
    }
    const reason = telegramFailureTexts[done.reason][context.get('language')];
    return goOn(context, PAGE, told('failed', { reason }));
  });
  return routes;
}

/** What the button did. */
export const flash = {
  ready: { ko: '텔레그램 @{name} 연결이 끝났어요.', en: 'Telegram is connected: @{name}' },
  failed: {
    ko: '텔레그램을 연결하지 못했어요: {reason}',
    en: 'Telegram could not be connected: {reason}',
    isBad: true,
  },
} as const satisfies Record<string, FlashText>;

function told(key: keyof typeof flash, values: Flash['values'] = {}): Flash {
  return { key: `telegram/${key}`, values };
}

const texts = {
  telegram: { ko: '텔레그램', en: 'Telegram' },
  connect: { ko: '텔레그램 연결하기', en: 'Connect Telegram' },
  connectAgain: { ko: '다시 연결하기', en: 'Connect again' },
  notConnected: {
    ko: '아직 연결하지 않았어요. 아래를 누르면 봇이 메시지를 받기 시작해요.',
    en: 'Not connected yet. Press below and the bot begins to receive messages.',
  },
  connected: { ko: '연결됨', en: 'Connected' },
  waiting: { ko: '연결 전', en: 'Not connected' },
} as const satisfies Record<string, Text>;

type FailingReason = Extract<TelegramState, { kind: 'failing' }>['reason'];

/** What setting up cannot meet, but looking later can. */
const telegramTexts = {
  elsewhere: {
    ko: '텔레그램이 다른 주소로 메시지를 보내고 있어요. 다시 연결해 주세요.',
    en: 'Telegram delivers to another address. Please connect again.',
  },
  'not-taken': {
    ko: '텔레그램이 보낸 메시지를 봇이 받지 못하고 있어요. 다시 연결해 주세요.',
    en: 'The bot does not get what Telegram delivers. Please connect again.',
  },
} as const satisfies Partial<Record<FailingReason, Text>>;

const badges = {
  'not-connected': { state: 'warn', text: texts.waiting },
  connected: { state: 'ok', text: texts.connected },
  failing: { state: 'bad' },
} as const;
const failures = { ...telegramFailureTexts, ...telegramTexts };

/** The bot at Telegram: which secret it lacks, how it is, and the button that connects it. */
export async function telegramCard(bot: Bot, view: CardView) {
  const { csrf, language } = view;
  const feature = bot.states['telegram'] ?? { state: 'off', missing: [] };
  const state = await telegramState(bot);
  const at = { ...view, book: bot.book, platforms: bot.platforms };
  const username = state.kind === 'not-connected' ? null : state.username;
  return (
    <Card title={say(texts.telegram, language)} id="telegram">
      <ul class="rows">
        {feature.state === 'off' ? (
          <FeatureRow id="telegram" feature={feature} at={at} />
        ) : (
          <Row
            title={
              username === null ? (
                say(texts.telegram, language)
              ) : (
                <a href={`https://t.me/${username}`}>{`@${username}`}</a>
              )
            }
            lines={linesOf(state, at)}
          >
            <Badge {...badges[state.kind]} language={language} />
          </Row>
        )}
      </ul>
      {feature.state !== 'off' && (
        <div class="actions">
          <Act
            to="/admin/channels/telegram"
            csrf={csrf}
            text={say(username === null ? texts.connect : texts.connectAgain, language)}
            {...(state.kind !== 'connected' && { kind: 'primary' })}
          />
        </div>
      )}
    </Card>
  );
}

function linesOf(state: TelegramState, { language }: OwnerAt) {
  if (state.kind === 'connected') return [];
  if (state.kind === 'not-connected') return [say(texts.notConnected, language)];
  const { reason, detail } = state;
  return [failures[reason][language], ...(detail === '' ? [] : [<code>{detail}</code>])];
}

/** How the bot at Telegram is. `detail`: Telegram's own words, an address, or names of settings. */
type TelegramState =
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'connected'; readonly username: string }
  | {
      readonly kind: 'failing';
      readonly username: string | null;
      /** `elsewhere`: another address gets the updates; `not-taken`: ours does not take them. */
      readonly reason: TelegramSetUpReason | 'elsewhere' | 'not-taken';
      readonly detail: string;
    };

/** Asks Telegram how the webhook is; a bot that was never set up is not asked about. */
async function telegramState(ctx: Bot): Promise<TelegramState> {
  const bot = await knownBot(ctx.db);
  const failing = (
    reason: Extract<TelegramState, { kind: 'failing' }>['reason'],
    detail: string,
  ): TelegramState => ({ kind: 'failing', username: bot?.username ?? null, reason, detail });
  const setUp = await readSetUp(ctx);
  if (!setUp.ok) return failing(setUp.reason, setUp.detail);
  if (bot === null) return { kind: 'not-connected' };
  const info = await setUp.value.client.getWebhookInfo();
  if (!info.ok) {
    const { reason, detail } = failedCall(info);
    return failing(reason, detail);
  }
  const { url, pendingUpdates, lastError, lastErrorAt } = info.value;
  if (url === '') return { kind: 'not-connected' };
  if (url !== setUp.value.url) return failing('elsewhere', url);
  // Telegram keeps its last error when all is well again; then nothing waits.
  const isFresh = lastErrorAt !== null && lastErrorAt > ctx.runtime.now() - DAY_MS;
  return pendingUpdates > 0 && isFresh
    ? failing('not-taken', lastError ?? '')
    : { kind: 'connected', username: bot.username };
}
