import { Hono } from 'hono';
import * as v from 'valibot';
import {
  type Account,
  type Binding,
  liveVersion,
  newId,
  type Version,
  type Worker,
  workerOf,
} from './account.ts';
import { answer, Refusal } from './answers.ts';

const metadataSchema = v.object({
  main_module: v.string(),
  compatibility_date: v.string(),
  bindings: v.array(v.looseObject({ name: v.string(), type: v.string() })),
  keep_bindings: v.optional(v.array(v.string()), []),
  migrations: v.optional(
    v.object({ old_tag: v.optional(v.string()), new_tag: v.string(), steps: v.array(v.unknown()) }),
  ),
});
const deployment = v.object({ versions: v.array(v.object({ version_id: v.string() })) });
const manifest = v.object({ manifest: v.record(v.string(), v.object({ hash: v.string() })) });
const crons = v.array(v.object({ cron: v.string() }));

/** A free account has five. */
const MOST_CRONS = 5;
const MOST_VARIABLES = 64;

/** Workers: uploads, versions, deployments, static assets, workers.dev and cron triggers. */
export function workerRoutes(account: Account) {
  const app = new Hono();
  const find = (name: string): Worker => {
    const worker = account.workers.get(name);
    if (!worker || worker.versions.size === 0) {
      throw new Refusal(10_007, 'This Worker does not exist on your account.', 404);
    }
    return worker;
  };
  const serviceOf = (name: string) => {
    const worker = account.workers.get(name);
    if (!worker || worker.versions.size === 0) {
      throw new Refusal(10_090, 'This service does not exist on your account.', 404);
    }
    const script = {
      last_deployed_from: 'wrangler',
      migration_tag: worker.migrationTag ?? undefined,
      tags: worker.tags,
    };
    return {
      id: name,
      default_environment: { environment: 'production', script },
      environments: [],
    };
  };

  app.get('/workers/:name', (c) => {
    const name = c.req.param('name');
    return answer(c, { id: newId(), name, subdomain: subdomainRow(find(name)) });
  });
  app.get('/services/:name', (c) => answer(c, serviceOf(c.req.param('name'))));
  app.get('/subdomain', (c) => {
    if (account.subdomain === null) {
      throw new Refusal(10_007, 'Workers does not have a subdomain on your account.', 404);
    }
    return answer(c, { subdomain: account.subdomain });
  });
  app.put('/subdomain', async (c) => {
    account.subdomain = v.parse(v.object({ subdomain: v.string() }), await c.req.json()).subdomain;
    return answer(c, { subdomain: account.subdomain });
  });
  app.get('/scripts', (c) =>
    answer(
      c,
      [...account.workers].map(([id, { migrationTag }]) => ({
        id,
        migration_tag: migrationTag ?? undefined,
      })),
    ),
  );
  app.get('/scripts/:name/settings', (c) => {
    const version = liveVersion(find(c.req.param('name')));
    return answer(c, { bindings: version?.bindings.map(withoutSecret) ?? [] });
  });
  app.get('/scripts/:name/secrets', (c) =>
    answer(
      c,
      (liveVersion(find(c.req.param('name')))?.bindings ?? [])
        .filter(({ type }) => type === 'secret_text')
        .map(({ name, type }) => ({ name, type })),
    ),
  );
  app.get('/scripts/:name/deployments', (c) => {
    const { live } = find(c.req.param('name'));
    const versions = live === null ? [] : [{ version_id: live, percentage: 100 }];
    const row = { id: newId(), source: 'wrangler', strategy: 'percentage', versions };
    return answer(c, { deployments: live === null ? [] : [row] });
  });
  app.get('/scripts/:name/versions/:id', (c) => {
    const version = find(c.req.param('name')).versions.get(c.req.param('id'));
    if (!version) throw new Refusal(10_101, 'version not found', 404);
    return answer(c, {
      id: version.id,
      metadata: { source: 'wrangler' },
      resources: { bindings: version.bindings.map(withoutSecret), script: {}, script_runtime: {} },
    });
  });

  app.post('/scripts/:name/assets-upload-session', async (c) => {
    const { assets } = workerOf(account, c.req.param('name'));
    const { manifest: files } = v.parse(manifest, await c.req.json());
    const missing = [...new Set(Object.values(files).map(({ hash }) => hash))].filter(
      (hash) => !assets.has(hash),
    );
    return answer(c, {
      jwt: token(c.req.param('name')),
      buckets: missing.length > 0 ? [missing] : [],
    });
  });
  app.post('/assets/upload', async (c) => {
    const name = readToken(c.req.header('authorization'));
    const form = await c.req.raw.formData();
    const { assets } = workerOf(account, name);
    for (const hash of form.keys()) assets.add(hash);
    return answer(c, { jwt: token(name) });
  });

  /** Takes a version in; what it is bound to has to exist. */
  const upload = async (name: string, request: Request): Promise<Version> => {
    const worker = workerOf(account, name);
    const form = await request.formData();
    const part = form.get('metadata');
    const text = typeof part === 'string' ? part : ((await part?.text()) ?? '');
    const metadata = v.parse(v.pipe(v.string(), v.parseJson(), metadataSchema), text);
    const before = liveVersion(worker)?.bindings ?? [];
    const kept = before.filter(
      ({ name: its, type }) =>
        metadata.keep_bindings.includes(type) &&
        !metadata.bindings.some((binding) => binding.name === its),
    );
    const bindings = [...metadata.bindings.map((its) => inherited(its, before)), ...kept];
    for (const binding of bindings) checkBinding(account, binding);
    if (bindings.filter(({ type }) => /^(plain|secret)_text$/.test(type)).length > MOST_VARIABLES) {
      throw new Refusal(10_022, 'too many environment variables');
    }
    if (metadata.migrations) {
      if ((metadata.migrations.old_tag ?? null) !== worker.migrationTag) {
        throw new Refusal(10_079, 'migration tag precondition failed: old_tag does not match', 409);
      }
      worker.migrationTag = metadata.migrations.new_tag;
    }
    const modules = new Map<string, string>();
    for (const [key, value] of form) {
      // Source maps come along; they are no modules.
      if (typeof value !== 'string' && value.type.includes('javascript')) {
        modules.set(key, await value.text());
      }
    }
    const main = modules.get(metadata.main_module);
    if (main === undefined) throw new Refusal(10_021, 'main module not found');
    const id = crypto.randomUUID();
    const version = {
      id,
      bindings,
      modules: new Map([[metadata.main_module, main], ...modules]),
      compatibilityDate: metadata.compatibility_date,
    };
    worker.versions.set(id, version);
    return version;
  };
  app.put('/scripts/:name', async (c) => {
    const name = c.req.param('name');
    const version = await upload(name, c.req.raw);
    workerOf(account, name).live = version.id;
    return answer(c, {
      id: name,
      deployment_id: version.id.replaceAll('-', ''),
      startup_time_ms: 20,
    });
  });
  app.post('/scripts/:name/versions', async (c) => {
    find(c.req.param('name'));
    const { id } = await upload(c.req.param('name'), c.req.raw);
    return answer(c, { id, startup_time_ms: 20, resources: { script: { etag: newId() } } });
  });
  app.post('/scripts/:name/deployments', async (c) => {
    const worker = find(c.req.param('name'));
    const { versions } = v.parse(deployment, await c.req.json());
    worker.live = versions[0]?.version_id ?? null;
    return answer(c, { id: newId() });
  });
  app.patch('/scripts/:name/script-settings', async (c) => {
    const worker = find(c.req.param('name'));
    const { tags } = v.parse(
      v.object({ tags: v.nullish(v.array(v.string())) }),
      await c.req.json(),
    );
    if (tags) worker.tags = tags;
    return answer(c, {});
  });
  app.get('/scripts/:name/subdomain', (c) => answer(c, subdomainRow(find(c.req.param('name')))));
  app.post('/scripts/:name/subdomain', async (c) => {
    const worker = find(c.req.param('name'));
    worker.onWorkersDev = v.parse(v.object({ enabled: v.boolean() }), await c.req.json()).enabled;
    return answer(c, subdomainRow(worker));
  });
  app.get('/scripts/:name/schedules', (c) => answer(c, scheduleRows(find(c.req.param('name')))));
  app.put('/scripts/:name/schedules', async (c) => {
    const worker = find(c.req.param('name'));
    const wanted = v.parse(crons, await c.req.json()).map(({ cron }) => cron);
    const others = [...account.workers.values()].filter((other) => other !== worker);
    if (others.flatMap((other) => other.crons).length + wanted.length > MOST_CRONS) {
      throw new Refusal(10_072, 'This account has reached its limit of 5 cron triggers.');
    }
    worker.crons = wanted;
    return answer(c, scheduleRows(worker));
  });
  app.delete('/scripts/:name', (c) => {
    find(c.req.param('name'));
    account.workers.delete(c.req.param('name'));
    return answer(c, null);
  });
  return app;
}

function subdomainRow(worker: Worker) {
  return { enabled: worker.onWorkersDev, previews_enabled: false };
}

function scheduleRows(worker: Worker) {
  return { schedules: worker.crons.map((cron) => ({ cron })) };
}

/** A binding that is to be as it was. */
function inherited(binding: Binding, before: readonly Binding[]): Binding {
  if (binding.type !== 'inherit') return binding;
  const known = before.find(({ name }) => name === binding.name);
  if (!known) throw new Refusal(10_057, `binding ${binding.name} cannot be inherited`);
  return known;
}

/** What a version is bound to has to exist. */
function checkBinding(account: Account, binding: Binding): void {
  const id = (key: string) => String(binding[key]);
  if (binding.type === 'kv_namespace' && !account.namespaces.has(id('namespace_id'))) {
    throw new Refusal(10_041, `KV namespace '${id('namespace_id')}' not found.`);
  }
  if (binding.type === 'd1' && !account.databases.has(id('id'))) {
    throw new Refusal(10_181, `D1 database '${id('id')}' not found.`);
  }
  const queues = [...account.queues.values()].map(({ name }) => name);
  if (binding.type === 'queue' && !queues.includes(id('queue_name'))) {
    throw new Refusal(100_100, `Queue "${id('queue_name')}" does not exist.`);
  }
}

/** What the API tells of a binding: a secret's value never comes back. */
function withoutSecret({ text, ...binding }: Binding & { readonly text?: unknown }) {
  return binding.type === 'secret_text' || text === undefined ? binding : { ...binding, text };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JSON Web Token in form; it names the Worker whose assets come with it. */
function token(name: string): string {
  return [encode({ alg: 'none' }), encode({ name, exp: 4_102_444_800 }), 'x'].join('.');
}

function readToken(header: string | undefined): string {
  const payload = Buffer.from(header?.split('.')[1] ?? '', 'base64url').toString();
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), v.object({ name: v.string() })),
    payload,
  );
  if (!parsed.success) throw new Refusal(10_000, 'Authentication error', 403);
  return parsed.output.name;
}
