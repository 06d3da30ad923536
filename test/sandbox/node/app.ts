import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { Hono, type HonoRequest } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import * as v from 'valibot';
import { DAY_MS } from '../../../src/lib/time.ts';
import { nextSaturday } from '../netflix-rows.ts';
import { pictureFormat } from '../picture-format.ts';
import type { World } from '../world.ts';
import { describeWorld } from './describe.ts';
import { readHealth } from './health.ts';
import { worldUrl } from './internet.ts';
import { sandboxPage } from './page/page.ts';
import { type LogLine, pageChanges } from './page/state.ts';
import { createPageChanger } from './page-changes.ts';
import { readPoster } from './posters.ts';

const saySchema = v.object({
  from: v.string(),
  text: v.pipe(v.string(), v.trim(), v.minLength(1)),
  /** Id of the account that is written to; default the bot. */
  to: v.optional(v.string()),
});
const changeSchema = v.object({ change: v.picklist(pageChanges) });
const runSchema = v.object({ outcome: v.literal('ok') });

/** Routes of the sandbox server, and the way to have X connect to the Worker. */
export function createSandboxApp(world: World, workerUrl: string) {
  const deliveries: LogLine[] = [];
  const changePage = createPageChanger(world);
  const app = new Hono();

  /** A call of X to the Worker, kept for the log. */
  const deliver = async (request: Request): Promise<Response> => {
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

  world.x.reachBy(deliver);

  app.use(
    '/sandbox/*',
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      strictTransportSecurity: false,
    }),
  );
  app.get('/clock', (c) => c.json({ offsetMs: world.clock.now() - Date.now() }));
  app.get('/sandbox', (c) => c.html(sandboxPage()));
  app.get('/sandbox/page/:file{[a-z]+\\.(?:ts|css|svg)}', async (c) => {
    const file = await readPageFile(c.req.param('file'));
    return file ? c.body(file.body, 200, { 'content-type': file.type }) : c.notFound();
  });
  app.get('/sandbox/posters/:id{\\d+}', async (c) =>
    picture(await readPoster(Number(c.req.param('id')))),
  );
  app.get('/sandbox/media/:id', (c) => {
    const media = world.x.timeline().flatMap((post) => post.media);
    const found = media.find(({ id }) => id === c.req.param('id'));
    return found ? picture(found.bytes) : c.notFound();
  });
  app.get('/sandbox/conversation/:account/:person', (c) =>
    c.json(world.x.conversation(c.req.param('person'), c.req.param('account'))),
  );
  app.get('/sandbox/state', async (c) =>
    c.json(describeWorld(world, await readHealth(workerUrl), deliveries)),
  );

  app.post('/sandbox/*', async (c, next) => {
    // A page of another site can send a form, but not JSON without asking first.
    if (c.req.header('content-type') !== 'application/json') return c.body(null, 415);
    return await next();
  });
  app.post('/sandbox/say', async (c) => {
    const said = v.safeParse(saySchema, await bodyOf(c.req));
    if (!said.success) return c.json({ error: 'from: id of a person; text: words' }, 400);
    const { from, text, to } = said.output;
    if (!world.x.people.some(({ id }) => id === from)) return c.json({ error: 'from' }, 404);
    if (to !== undefined && !world.x.accounts.some(({ id }) => id === to)) {
      return c.json({ error: 'to' }, 404);
    }
    const answers = await world.x.say(from, text, to === undefined ? {} : { to });
    const isAccepted = answers.some(({ ok }) => ok);
    return c.json({ accepted: isAccepted }, isAccepted ? 200 : 502);
  });
  app.post('/sandbox/saturday', async (c) => {
    const slot = nextSaturday(world.clock.now());
    const query = `cron=0+0+*+*+sat&time=${slot}&format=json`;
    const response = await fetch(`${workerUrl}/cdn-cgi/local/scheduled?${query}`);
    const run = v.safeParse(runSchema, await response.json());
    return c.json({ slot }, run.success ? 200 : 502);
  });
  app.post('/sandbox/week', (c) => {
    world.clock.advance(7 * DAY_MS);
    return c.json({ now: world.clock.now() });
  });
  app.post('/sandbox/page', async (c) => {
    const wanted = v.safeParse(changeSchema, await bodyOf(c.req));
    if (!wanted.success) return c.json({ error: `change: ${pageChanges.join(', ')}` }, 400);
    const isChanged = changePage(wanted.output.change);
    return c.json({ layout: world.netflix.layout }, isChanged ? 200 : 409);
  });

  app.onError((_cause, c) => c.json({ error: 'the Worker or the world gave no answer' }, 502));
  app.all('*', async (c) => {
    const target = worldUrl(c.req.url);
    if (target === null) return c.notFound();
    const headers = new Headers(c.req.raw.headers);
    // OAuth 1.0a signs the URL that the caller used (RFC 5849 section 3.4.1.2).
    headers.set('x-sandbox-url', c.req.url);
    const hasBody = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const body = hasBody ? await c.req.arrayBuffer() : null;
    return await world.fetch(new Request(target, { method: c.req.method, headers, body }));
  });

  return { app, connect: () => world.x.connect(deliver, `${workerUrl}/webhook/twitter`) };
}

async function bodyOf(request: HonoRequest): Promise<unknown> {
  return await request.json<unknown>().catch(() => null);
}

function picture(bytes: Uint8Array): Response {
  const type = pictureFormat(bytes)?.type ?? 'application/octet-stream';
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type, 'cache-control': 'max-age=3600' },
  });
}

/** A file of the page, its types stripped when it is a script; null when there is none. */
async function readPageFile(name: string): Promise<{ body: string; type: string } | null> {
  try {
    const text = await readFile(new URL(`page/${name}`, import.meta.url), 'utf8');
    if (name.endsWith('.ts')) return { body: stripTypeScriptTypes(text), type: 'text/javascript' };
    return { body: text, type: name.endsWith('.css') ? 'text/css' : 'image/svg+xml' };
  } catch {
    return null;
  }
}
