import { Hono } from 'hono';
import * as v from 'valibot';
import { HOUR_MS } from '../../../src/lib/time.ts';
import type { World } from '../world.ts';
import { nextMeal } from './crons.ts';
import type { createDemoRepository } from './demo-repository.ts';
import { bodyOf } from './json-body.ts';
import {
  hookApps,
  meals,
  type Platform,
  pageChanges,
  platforms,
  repositoryChanges,
  spans,
} from './page/state.ts';
import { createPageChanger } from './page-changes.ts';
import type { createPassing } from './passing.ts';
import type { createSaturdays } from './saturdays.ts';
import type { createWednesdays } from './wednesdays.ts';

const passSchema = v.object({ span: v.picklist(spans) });
const mealSchema = v.object({ meal: v.picklist(meals) });
const repositorySchema = v.object({ change: v.picklist(repositoryChanges) });
const failSchema = v.object({ platform: v.picklist(platforms) });
const pageSchema = v.object({ change: v.picklist(pageChanges) });

/** The host of each platform that carries messages, or is asked for news. */
const hosts: Readonly<Record<Platform, string>> = {
  x: 'api.x.com',
  kakao: 'kapi.kakao.com',
  telegram: 'api.telegram.org',
  github: 'api.github.com',
};
const hookSchema = v.object({ app: v.picklist(hookApps) });
const canteenLayouts = ['week', 'changed', 'empty'] as const;

export interface LeverOptions {
  readonly world: World;
  readonly passing: ReturnType<typeof createPassing>;
  readonly saturdays: ReturnType<typeof createSaturdays>;
  readonly wednesdays: ReturnType<typeof createWednesdays>;
  readonly demo: ReturnType<typeof createDemoRepository>;
}

/** The world's levers. While time passes no other one moves. */
export function leverRoutes({ world, passing, saturdays, wednesdays, demo }: LeverOptions): Hono {
  const changePage = createPageChanger(world);
  const routes = new Hono();

  routes.use(async (c, next) => {
    if (passing.current()) return c.json({ error: 'time is passing' }, 409);
    return await next();
  });

  routes.post('/pass', async (c) => {
    const wanted = v.safeParse(passSchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `span: ${spans.join(', ')}` }, 400);
    return c.json({}, passing.start(wanted.output.span) ? 202 : 409);
  });

  routes.post('/meal', async (c) => {
    const wanted = v.safeParse(mealSchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `meal: ${meals.join(', ')}` }, 400);
    const slot = nextMeal(world.clock.now(), wanted.output.meal);
    return c.json({ slot }, (await passing.reach(slot)) ? 200 : 502);
  });

  routes.post('/saturday', async (c) => {
    const slot = saturdays.coming();
    return c.json({ slot }, (await saturdays.come()) ? 200 : 502);
  });

  routes.post('/wednesday', async (c) => {
    const slot = wednesdays.coming();
    return c.json({ slot }, (await wednesdays.come()) ? 200 : 502);
  });

  routes.post('/feed', (c) => {
    const { feeds } = world;
    const title = articles[feeds.items.length % articles.length] ?? '';
    return c.json({ title: feeds.publish(`${title} (${feeds.items.length})`).title });
  });

  routes.post('/hook', async (c) => {
    const wanted = v.safeParse(hookSchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `app: ${hookApps.join(', ')}` }, 400);
    return c.json({ state: nextHookState(world, wanted.output.app) });
  });

  routes.post('/repository', async (c) => {
    const wanted = v.safeParse(repositorySchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `change: ${repositoryChanges.join(', ')}` }, 400);
    await demo.change(wanted.output.change);
    return c.json({ repository: demo.fullName() });
  });

  routes.post('/fail', async (c) => {
    const wanted = v.safeParse(failSchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `platform: ${platforms.join(', ')}` }, 400);
    const host = hosts[wanted.output.platform];
    world.faults.add({ host, kind: 'status', status: 503, body: 'The sandbox is out of order.' });
    return c.json({ host });
  });

  routes.post('/page', async (c) => {
    const wanted = v.safeParse(pageSchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `change: ${pageChanges.join(', ')}` }, 400);
    const isChanged = changePage(wanted.output.change);
    return c.json({ layout: world.netflix.layout }, isChanged ? 200 : 409);
  });

  routes.post('/canteen', (c) => {
    const { canteen } = world;
    const next = (canteenLayouts.indexOf(canteen.layout) + 1) % canteenLayouts.length;
    canteen.layout = canteenLayouts[next] ?? 'week';
    return c.json({ layout: canteen.layout });
  });

  return routes;
}

const articles = [
  '골목 책방이 밤까지 문을 열어요',
  '한강 다리 아래 작은 음악회',
  '우리 동네 나무 지도를 그렸어요',
  '겨울 텃밭에서 배운 것',
];

/** A webhook rests for an hour, then it is deleted, then it is there again. */
function nextHookState({ clock, discord, slack }: World, app: (typeof hookApps)[number]): string {
  const [discordHook, slackHook] = [discord.hooks[0], slack.hooks[0]];
  const hook = app === 'discord' ? discordHook : slackHook;
  if (!hook || !discordHook || !slackHook) return 'gone';
  const isGone = app === 'discord' ? discordHook.isDeleted : slackHook.state !== 'open';
  const setGone = (gone: boolean) => {
    if (app === 'discord') discordHook.isDeleted = gone;
    else slackHook.state = gone ? 'removed' : 'open';
  };
  if (isGone) {
    setGone(false);
    return 'open';
  }
  if (hook.quietUntil > clock.now()) {
    hook.quietUntil = 0;
    setGone(true);
    return 'gone';
  }
  hook.quietUntil = clock.now() + HOUR_MS;
  return 'quiet';
}
