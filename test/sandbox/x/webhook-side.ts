import { hmacBase64 } from '../bytes.ts';
import { sandboxAppBearer, sandboxSecrets, type World } from '../world.ts';
import { call, idIn } from './client.ts';
import type { Deliver } from './crc.ts';

/** The address of the webhook in the sandbox's own tests. */
export const webhookUrl = 'https://soshik.example/webhook/twitter';

/** Answers a CRC by a secret, the client secret unless told. */
export async function answerCrc(
  request: Request,
  secret: string = sandboxSecrets.TWITTER_CLIENT_SECRET,
): Promise<Response> {
  const token = new URL(request.url).searchParams.get('crc_token') ?? '';
  return Response.json({ response_token: `sha256=${await hmacBase64('SHA-256', secret, token)}` });
}

/** A right webhook: keeps the JSON of what it gets. */
export function keepingWebhook(): { readonly deliver: Deliver; readonly got: unknown[] } {
  const got: unknown[] = [];
  const deliver: Deliver = async (request) => {
    if (request.method === 'GET') return await answerCrc(request);
    got.push(await request.json());
    return new Response(null, { status: 200 });
  };
  return { deliver, got };
}

/** Registers a right webhook through the API; gives its id and what it gets from now on. */
export async function registered(world: World): Promise<{ id: string; got: unknown[] }> {
  const { deliver, got } = keepingWebhook();
  world.x.reachBy(deliver);
  const body = { url: webhookUrl };
  const told = await call(world, 'POST', '/2/webhooks', { bearer: sandboxAppBearer, body });
  return { id: idIn(told.json), got };
}
