import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import * as v from 'valibot';

const kvSchema = v.looseObject({ binding: v.string() });
const d1Schema = v.looseObject({ binding: v.string(), migrations_dir: v.string() });
const producerSchema = v.looseObject({ binding: v.string(), queue: v.string() });
const consumerSchema = v.looseObject({
  queue: v.string(),
  dead_letter_queue: v.exactOptional(v.string()),
});

/** What wrangler.toml says about itself, as far as deploying has to know it. */
export const wranglerFile = v.looseObject({
  name: v.string(),
  main: v.string(),
  account_id: v.optional(v.string()),
  vars: v.optional(v.record(v.string(), v.string()), {}),
  assets: v.optional(v.looseObject({ directory: v.string() })),
  kv_namespaces: v.array(kvSchema),
  d1_databases: v.array(d1Schema),
  queues: v.object({ producers: v.array(producerSchema), consumers: v.array(consumerSchema) }),
  ratelimits: v.optional(v.array(v.looseObject({ namespace_id: v.string() }))),
});
export type WranglerFile = v.InferOutput<typeof wranglerFile>;

/** What one bot needs in an account, all of it named after its Worker. */
export interface Plan {
  readonly worker: string;
  /** Titles of the KV namespaces, by binding. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** Names of the D1 databases, by binding. */
  readonly databases: ReadonlyMap<string, string>;
  readonly queues: readonly string[];
}

/** Ids that Cloudflare gave to what the plan names, by binding. */
export interface Ids {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly databases: ReadonlyMap<string, string>;
}

/**
 * Names everything after the Worker, so that two bots in one account share nothing:
 * `soshik-tokens`, `soshik`, `soshik-events` ...
 */
export function planOf(file: WranglerFile, worker: string): Plan {
  const queue = queueNames(file, worker);
  const { producers, consumers } = file.queues;
  return {
    worker,
    namespaces: new Map(
      file.kv_namespaces.map(({ binding }) => [binding, `${worker}-${kebab(binding)}`]),
    ),
    databases: new Map(
      file.d1_databases.map(({ binding }, index) => [
        binding,
        index === 0 ? worker : `${worker}-${kebab(binding)}`,
      ]),
    ),
    queues: [
      ...new Set(
        [
          ...producers.map((producer) => producer.queue),
          ...consumers.map((consumer) => consumer.queue),
          ...consumers.flatMap(({ dead_letter_queue: dead }) => (dead === undefined ? [] : [dead])),
        ].map(queue),
      ),
    ],
  };
}

/**
 * wrangler.toml as this bot's own: names, ids, the owner's vars, and paths that hold wherever the
 * file lies. Vars of wrangler.toml are the defaults, which the Worker knows by itself: sending them
 * would overwrite what was set in Cloudflare's dashboard.
 *
 * @param root folder of wrangler.toml
 * @param ids `null` for a dry run: wrangler then shows names only
 */
export function resolvedConfig(
  file: WranglerFile,
  { root, plan, ids, accountId, vars }: ResolveOptions,
): object {
  const queue = queueNames(file, plan.worker);
  const isOther = plan.worker !== file.name;
  const { routes: _, route: __, env: ___, ...rest } = file;
  return {
    ...(isOther ? rest : file),
    name: plan.worker,
    main: resolve(root, file.main),
    keep_vars: true,
    vars,
    ...(accountId !== null && { account_id: accountId }),
    ...(file.assets && {
      assets: { ...file.assets, directory: resolve(root, file.assets.directory) },
    }),
    // Not for everybody: an account without Email Routing would refuse the whole upload.
    ...(vars['OWNER_MAIL'] && {
      send_email: [{ name: 'MAIL', destination_address: vars['OWNER_MAIL'] }],
    }),
    kv_namespaces: file.kv_namespaces.map((namespace) => ({
      ...namespace,
      ...withId('id', ids?.namespaces.get(namespace.binding)),
    })),
    d1_databases: file.d1_databases.map((database) => ({
      ...database,
      database_name: plan.databases.get(database.binding),
      ...withId('database_id', ids?.databases.get(database.binding)),
      migrations_dir: resolve(root, database.migrations_dir),
    })),
    queues: {
      producers: file.queues.producers.map((its) => ({ ...its, queue: queue(its.queue) })),
      consumers: file.queues.consumers.map((its) => ({
        ...its,
        queue: queue(its.queue),
        ...(its.dead_letter_queue !== undefined && {
          dead_letter_queue: queue(its.dead_letter_queue),
        }),
      })),
    },
    ...(file.ratelimits && {
      ratelimits: file.ratelimits.map((limit) => ({
        ...limit,
        namespace_id: isOther ? ownNumber(plan.worker, limit.namespace_id) : limit.namespace_id,
      })),
    }),
  };
}

export interface ResolveOptions {
  readonly root: string;
  readonly plan: Plan;
  readonly ids: Ids | null;
  readonly accountId: string | null;
  readonly vars: Readonly<Record<string, string>>;
}

/** Gives a queue of wrangler.toml this bot's name instead of the file's. */
function queueNames(file: WranglerFile, worker: string): (queue: string) => string {
  const prefix = `${file.name}-`;
  return (queue) => {
    if (!queue.startsWith(prefix)) {
      throw new Error(`wrangler.toml: queue ${queue} does not begin with ${prefix}`);
    }
    return `${worker}-${queue.slice(prefix.length)}`;
  };
}

function kebab(binding: string): string {
  return binding.toLowerCase().replaceAll('_', '-');
}

function withId(key: string, id: string | undefined) {
  return id === undefined ? {} : { [key]: id };
}

/** Counters of a rate limit are shared by all Workers of an account that name the same number. */
function ownNumber(worker: string, number: string): string {
  const hash = createHash('sha256').update(`${worker}/${number}`).digest();
  return String(hash.readUInt32BE(0));
}
