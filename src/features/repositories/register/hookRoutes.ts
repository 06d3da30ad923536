import type { Context } from 'hono';
import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { askForProof } from '../../../bot/hooks/ask.ts';
import { proveKey } from '../../../bot/hooks/prove.ts';
import { hookKeyOf } from '../../../bot/hooks/types.ts';
import { createRoutes, type RoomEnv, type Routes, sourceAt } from '../../../bot/http.ts';
import { type ChannelInfo, channelInfo } from '../../../bot/platform.ts';
import { readBody } from '../../../lib/outbound.ts';
import { MINUTE_MS } from '../../../lib/time.ts';
import { countAttempt } from '../../../store/patience.ts';
import { languageOf, type Text } from '../../../ui/language.ts';
import { securePages } from '../../../ui/secure.ts';
import { personAt } from '../api/hooks.ts';
import { carryOut, type Wish, wishSchema } from '../api/texts.ts';
import { watchProblems } from '../talk/texts.ts';
import { askProblems, codeProblems, hookPage, hookTexts } from './hookPages.tsx';
import { isFromPage, pageToken } from './view.ts';

const MOST_BYTES = 8 * 1024;
/** Each may send a message somewhere: from one place not more than these. */
const LIMIT = { attempts: 20, windowMs: 10 * MINUTE_MS };

/** `POST /register/hook` and `/register/code`: the last step where nobody chats. */
export function hookRoutes(): Routes {
  const routes = createRoutes();
  routes.use(securePages());

  routes.post('/hook', async (context) => {
    const bot = context.get('bot');
    const form = await readForm(context);
    if (form === null) return hookPage(context, hookTexts.stale, { status: 400 });
    if (await isTooMuch(context)) return hookPage(context, hookTexts.busy, { status: 429 });
    const channel = channelInfo(bot, form.get('channel') ?? '');
    const platform = channel?.hook?.of(bot);
    const address = platform?.read(form.get('hook') ?? '') ?? null;
    if (!channel || !platform || address === null) {
      return hookPage(context, hookTexts.notAnAddress, { status: 400 });
    }
    const language = languageOf(context);
    const wish = {
      address: form.get('repository') ?? '',
      branch: form.get('branch') ?? '',
      nickname: form.get('nickname') ?? '',
      options: form.get('options') ?? '',
      list: (form.get('list') ?? '').split(' ').filter((name) => name !== ''),
    };
    const asked = await askForProof(bot, platform, { address, wish, language, link: null });
    if (asked.kind === 'proved') return finish(context, channel, asked.address, [wish]);
    if (asked.kind !== 'sent' && asked.kind !== 'open') {
      return hookPage(context, askProblems[asked.kind], { status: 400 });
    }
    const key = await hookKeyOf(address);
    const ask = { channel: channel.id, key, token: await pageToken(bot) };
    return hookPage(context, hookTexts.codeLead, { ask });
  });

  routes.post('/code', async (context) => {
    const bot = context.get('bot');
    const form = await readForm(context);
    if (form === null) return hookPage(context, hookTexts.stale, { status: 400 });
    if (await isTooMuch(context)) return hookPage(context, hookTexts.busy, { status: 429 });
    const channel = channelInfo(bot, form.get('channel') ?? '');
    const key = form.get('key') ?? '';
    if (!channel?.hook) return hookPage(context, hookTexts.stale, { status: 400 });
    const proved = await proveKey(bot, channel.id, key, form.get('code') ?? '');
    if (proved.kind === 'proved') return finish(context, channel, key, proved.wishes);
    const again =
      proved.kind === 'wrong'
        ? { ask: { channel: channel.id, key, token: await pageToken(bot) } }
        : {};
    return hookPage(context, codeProblems[proved.kind], { ...again, status: 400 });
  });

  return routes;
}

/** Registers what was wished for an address that is proved. */
async function finish(
  context: Context<RoomEnv>,
  channel: ChannelInfo,
  address: string,
  wishes: readonly unknown[],
): Promise<Response> {
  const bot = context.get('bot');
  const person = await personAt({ bot, language: languageOf(context) }, channel, address);
  for (const kept of wishes) {
    const wish = v.safeParse(wishSchema, kept);
    const problem = wish.success ? await problemOf(bot, person, wish.output) : null;
    if (problem !== null) return hookPage(context, problem, { status: 400 });
  }
  return hookPage(context, hookTexts.done);
}

async function problemOf(
  bot: Bot,
  person: Awaited<ReturnType<typeof personAt>>,
  wish: Wish,
): Promise<Text | null> {
  const carried = await carryOut(bot, person, wish);
  if (carried.ok) return null;
  const { ko, en } = watchProblems[carried.reason];
  return { ko: ko(), en: en() };
}

/** A form of one of our pages; `null` for anything else. */
export async function readForm(
  context: Context<RoomEnv>,
  mostBytes = MOST_BYTES,
): Promise<URLSearchParams | null> {
  const body = await readBody(context.req.raw.body, mostBytes);
  if (body === null) return null;
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const isOurs = await isFromPage(
    context.get('bot'),
    form.get('token') ?? '',
    context.req.raw.headers,
  );
  return isOurs ? form : null;
}

async function isTooMuch(context: Context<RoomEnv>): Promise<boolean> {
  const { db, runtime } = context.get('bot');
  const source = await sourceAt(context);
  return (await countAttempt(db, `hook ${source}`, LIMIT, runtime.now())) > 0;
}
