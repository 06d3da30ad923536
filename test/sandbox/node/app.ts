import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { sandboxSecrets } from '../secrets.ts';
import type { World } from '../world.ts';
import { chatRoutes } from './chat-routes.ts';
import { type ConnectOptions, createDelivery, setUpPlatforms } from './connect.ts';
import { createDemoRepository } from './demo-repository.ts';
import { describeWorld } from './describe.ts';
import { readHealth } from './health.ts';
import { worldUrl } from './internet.ts';
import { leverRoutes } from './lever-routes.ts';
import { sandboxPage } from './page/page.ts';
import { picture, readPageFile } from './page-files.ts';
import { createPassing } from './passing.ts';
import { readPoster } from './posters.ts';
import { createSaturdays } from './saturdays.ts';
import { createWednesdays } from './wednesdays.ts';

/** Routes of the sandbox server, and the way to have X and GitHub connect to the Worker. */
export function createSandboxApp(world: World, options: ConnectOptions) {
  const { workerUrl, sandboxUrl } = options;
  const { deliver, deliveries } = createDelivery(world);
  setUpPlatforms(world, options);
  const demo = createDemoRepository(world);
  const passing = createPassing(world, workerUrl);
  const saturdays = createSaturdays(world, workerUrl);
  const wednesdays = createWednesdays(world, workerUrl);
  const app = new Hono();

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
  app.get('/sandbox/page/:file{[a-z-]+\\.(?:ts|css|svg)}', async (c) => {
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
    c.json(
      describeWorld(world, {
        saturday: saturdays.coming(),
        wednesday: wednesdays.coming(),
        passing: passing.current(),
        repository: demo.fullName(),
        feed: `${sandboxUrl}/news/feed.xml`,
        canteen: { url: `${sandboxUrl}/canteen/menu`, layout: world.canteen.layout },
        worker: await readHealth(workerUrl),
        deliveries,
      }),
    ),
  );

  app.post('/sandbox/*', async (c, next) => {
    // A page of another site can send a form, but not JSON without asking first.
    if (c.req.header('content-type') !== 'application/json') return c.body(null, 415);
    return await next();
  });
  app.route('/sandbox', chatRoutes(world));
  app.route('/sandbox/levers', leverRoutes({ world, passing, saturdays, wednesdays, demo }));

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

  return {
    app,
    connectX: () => world.x.connect(deliver, `${workerUrl}/webhook/twitter`),
    connectGitHub: () =>
      world.github.connectWebhook(
        demo.fullName(),
        `${workerUrl}/webhook/github`,
        sandboxSecrets.GITHUB_WEBHOOK_SECRET,
      ),
  };
}
