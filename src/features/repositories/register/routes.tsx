import type { Context } from 'hono';
import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { askForProof, proveKey } from '../../../bot/hooks/proof.ts';
import { hookKeyOf } from '../../../bot/hooks/types.ts';
import { createRoutes, type RoomEnv, type Routes, sourceAt } from '../../../bot/http.ts';
import { type ChannelInfo, channelInfo } from '../../../bot/platform.ts';
import { chatPlaces } from '../../../bot/receive.ts';
import { dayOf, MINUTE_MS } from '../../../lib/time.ts';
import { countAttempt } from '../../../store/patience.ts';
import { languageOf, say, type Text } from '../../../ui/language.ts';
import { Layout } from '../../../ui/parts.tsx';
import { securePages } from '../../../ui/secure.ts';
import { personAt } from '../api/hooks.ts';
import { carryOut, type Wish, wishSchema } from '../api/texts.ts';
import { watchProblems } from '../talk/texts.ts';
import { isWatching } from '../watching/find.ts';
import { readChoice } from './choice.ts';
import { isCodeDone } from './code.ts';
import { askProblems, codeProblems, hookPage, hookTexts } from './hookPages.tsx';
import { listRoutes } from './listPages.tsx';
import { AVATARS, REGISTER_PATH, REGISTER_SCRIPT } from './parts.tsx';
import { Registration } from './steps.tsx';
import { pageToken, readForm, viewOf } from './view.ts';
import { texts } from './words.ts';

/** `/register`: a repository in four steps, each a page. To be mounted there. */
export function registerRoutes(): Routes {
  const routes = createRoutes();
  const pages = securePages(undefined, () => ({ pictures: [AVATARS], scripts: true }));
  routes.get('/', pages, async (context) => {
    const bot = context.get('bot');
    const language = languageOf(context);
    const url = new URL(context.req.url);
    const places = await chatPlaces(bot);
    const choice = readChoice(url.searchParams);
    const [source, around] = await Promise.all([
      sourceAt(context.req.raw),
      sourceAt(context.req.raw, true),
    ]);
    const view = (await isWatching(bot))
      ? await viewOf(bot, places, choice, {
          headers: context.req.raw.headers,
          source,
          around,
          language,
        })
      : null;
    url.searchParams.delete('lang');
    const title = say(texts.title, language);
    return context.html(
      <Layout
        language={language}
        title={title}
        menu={<span class="spacer" />}
        path={`${REGISTER_PATH}${url.search}`}
        head={REGISTER_SCRIPT}
      >
        <h1 class={view === null ? undefined : 'unseen'}>{title}</h1>
        {view === null ? (
          <p class="lead">{watchProblems.off[language]()}</p>
        ) : (
          <Registration
            view={view}
            choice={choice}
            places={places}
            token={await pageToken(bot)}
            today={dayOf(bot.runtime.now(), bot.config.timeZone)}
            language={language}
          />
        )}
      </Layout>,
      view === null ? 404 : 200,
    );
  });
  // Asked by the page that shows a code: only it knows its ticket.
  routes.get('/done', async (context) =>
    context.json(
      { done: await isCodeDone(context.get('bot'), context.req.query('ticket') ?? '') },
      200,
      { 'cache-control': 'no-store' },
    ),
  );
  routes.route('/', listRoutes());
  routes.route('/', hookRoutes());
  return routes;
}

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

async function isTooMuch(context: Context<RoomEnv>): Promise<boolean> {
  const { db, runtime } = context.get('bot');
  const source = await sourceAt(context.req.raw);
  return (await countAttempt(db, `hook ${source}`, LIMIT, runtime.now())) > 0;
}
