import { sandboxSecrets } from '../secrets.ts';
import type { World } from '../world.ts';
import type { LogLine } from './page/state.ts';

type Deliver = (request: Request) => Promise<Response>;

export interface ConnectOptions {
  /** Origin at which platforms reach the Worker. */
  readonly workerUrl: string;
  /** Origin at which browsers do. */
  readonly publicUrl: string;
  /** Origin of the sandbox server. */
  readonly sandboxUrl: string;
}

/** What the owner of the bot sets up in the consoles of Kakao and Telegram. */
export function setUpPlatforms(
  { kakao, telegram }: Pick<World, 'kakao' | 'telegram'>,
  { workerUrl, publicUrl, sandboxUrl }: ConnectOptions,
): void {
  const { app } = kakao;
  app.redirectUris.push(`${publicUrl}/login/kakao/callback`);
  app.logoutRedirectUris.push(publicUrl);
  app.linkDomains.push(publicUrl);
  app.webhooks.unlink = { url: `${workerUrl}/webhook/kakao/unlink`, method: 'POST' };
  app.webhooks.securityEvents = `${workerUrl}/webhook/kakao/events`;
  app.bot.callbackUrl = `${sandboxUrl}/kakao-bot`;
  kakao.connectSkill(`${workerUrl}/skill`, sandboxSecrets.KAKAO_SKILL_TOKEN);
  telegram.connect(`${workerUrl}/webhook/telegram`, sandboxSecrets.TELEGRAM_WEBHOOK_SECRET);
}

/** The way platforms reach the Worker; each of their calls is kept for the log. */
export function createDelivery(world: World): {
  readonly deliver: Deliver;
  readonly deliveries: readonly LogLine[];
} {
  const deliveries: LogLine[] = [];
  const deliver: Deliver = async (request) => {
    const { host, pathname } = new URL(request.url);
    const response = await fetch(request);
    deliveries.push({
      id: `delivery-${deliveries.length}`,
      at: world.clock.now(),
      method: request.method,
      host,
      path: pathname,
      status: response.status,
    });
    return response;
  };
  for (const platform of [world.x, world.kakao, world.telegram, world.github]) {
    platform.reachBy(deliver);
  }
  return { deliver, deliveries };
}
