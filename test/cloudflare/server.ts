import { type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import * as v from 'valibot';
import { type Account, createAccount } from './account.ts';
import { answer, answerPage, Refusal, refuse } from './answers.ts';
import { d1Routes, onlyReads } from './d1.ts';
import { kvRoutes } from './kv.ts';
import { queueRoutes } from './queues.ts';
import { workerRoutes } from './workers.ts';

/** A call as it reached the API, ids of things left out: the same step reads the same each time. */
export interface Call {
  readonly step: string;
  readonly mutates: boolean;
  outcome: 'answered' | 'refused' | 'lost';
}

/** What becomes of a call: `lose` does what it asks and loses the answer. */
export type Fate = 'answer' | 'lose' | Refusal;

export interface Cloudflare {
  readonly url: string;
  /** The account the token belongs to; more of them make wrangler ask. */
  readonly account: Account;
  readonly accounts: Account[];
  readonly token: string;
  readonly calls: Call[];
  /** Paths the stand-in does not know: a test that leaves any behind has met an unknown API. */
  readonly unknown: string[];
  /** Decides on each call before anything is done. */
  fate: (call: Call) => Fate;
  readonly stop: () => Promise<void>;
}

/** Starts a stand-in of Cloudflare's API (`CLOUDFLARE_API_BASE_URL`) on loopback. */
export async function startCloudflare(account: Account = createAccount()): Promise<Cloudflare> {
  const accounts = [account];
  const token = 'stand-in-token';
  const app = new Hono<{ Bindings: HttpBindings }>();
  const cloudflare = { account, accounts, token, calls: [] as Call[], unknown: [] as string[] };
  const state: { fate: Cloudflare['fate'] } = { fate: () => 'answer' };

  app.use('*', async (c, next) => {
    const body =
      c.req.method === 'POST' && c.req.path.endsWith('/query')
        ? await c.req.raw.clone().text()
        : '';
    const looks = c.req.method === 'GET' || c.req.path.endsWith('/export');
    const mutates = !looks && !(body !== '' && onlyReads(body));
    const name = await nameOf(c.req.raw);
    const call: Call = {
      step: [c.req.method, pathOf(c.req.path, account), name].filter(Boolean).join(' '),
      mutates,
      outcome: 'answered',
    };
    cloudflare.calls.push(call);
    const fate = state.fate(call);
    if (fate instanceof Refusal) {
      call.outcome = 'refused';
      return refuse(c, fate);
    }
    await next();
    if (fate === 'lose') {
      call.outcome = 'lost';
      c.env.incoming.socket.destroy();
    }
    return undefined;
  });
  app.use('*', async (c, next) => {
    const isUpload = /\/assets\/upload$|\/files\//.test(c.req.path);
    if (!isUpload && c.req.header('authorization') !== `Bearer ${token}`) {
      return refuse(c, new Refusal(10_000, 'Authentication error', 403));
    }
    await next();
    return undefined;
  });
  app.get('/user', (c) => answer(c, { id: 'user', email: 'owner@example.com' }));
  app.get('/accounts', (c) =>
    answerPage(
      c,
      accounts.map(({ id, name }) => ({ id, name })),
    ),
  );
  app.get('/memberships', (c) =>
    answerPage(
      c,
      accounts.map((its) => ({ account: { id: its.id, name: its.name } })),
    ),
  );
  const own = new Hono();
  own.route('/storage/kv/namespaces', kvRoutes(account));
  own.route('/d1/database', d1Routes(account));
  own.route('/queues', queueRoutes(account));
  own.route('/workers', workerRoutes(account));
  app.route(`/accounts/${account.id}`, own);
  app.notFound((c) => {
    cloudflare.unknown.push(`${c.req.method} ${c.req.path}`);
    return refuse(c, new Refusal(7003, `No route for that URI: ${c.req.path}`, 404));
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return refuse(c, error);
    return refuse(c, new Refusal(10_001, `stand-in: ${error.message}`, 400));
  });

  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((ready) => server.once('listening', ready));
  return {
    ...cloudflare,
    url: `http://127.0.0.1:${portOf(server)}`,
    get fate() {
      return state.fate;
    },
    set fate(decide) {
      state.fate = decide;
    },
    stop: async () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function portOf(server: ReturnType<typeof serve>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

const named = v.union([
  v.pipe(
    v.object({ title: v.string() }),
    v.transform(({ title }) => title),
  ),
  v.pipe(
    v.object({ queue_name: v.string() }),
    v.transform(({ queue_name: name }) => name),
  ),
  v.pipe(
    v.object({ name: v.string() }),
    v.transform(({ name }) => name),
  ),
]);

/** The name a call gives to what it makes, so that two creations can be told apart. */
async function nameOf(request: Request): Promise<string> {
  if (/multipart/.test(request.headers.get('content-type') ?? '')) return '';
  if (request.method === 'GET' || request.method === 'DELETE') return '';
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), named),
    await request.clone().text(),
  );
  return parsed.success ? parsed.output : '';
}

/** The path without the account; a queue by its name, all other ids left out. */
function pathOf(path: string, account: Account): string {
  return path
    .replace(`/accounts/${account.id}`, '')
    .replace(/(?<=\/queues\/)[0-9a-f]{32}/, (id) => account.queues.get(id)?.name ?? id)
    .replaceAll(/\/[0-9a-f]{32}\b|\/[0-9a-f-]{36}\b/g, '/:id');
}
