import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** One account of the stand-in: what a person would see in Cloudflare's dashboard. */
export interface Account {
  readonly id: string;
  readonly name: string;
  subdomain: string | null;
  readonly namespaces: Map<string, Namespace>;
  readonly databases: Map<string, Database>;
  readonly queues: Map<string, Queue>;
  readonly workers: Map<string, Worker>;
}

export interface Namespace {
  readonly title: string;
  readonly entries: Map<string, Entry>;
}

export interface Entry {
  readonly value: string;
  readonly metadata: unknown;
  readonly expiration: number | null;
}

export interface Database {
  readonly name: string;
  readonly sql: DatabaseSync;
}

export interface Queue {
  readonly name: string;
  readonly consumers: Map<string, Consumer>;
}

export interface Consumer {
  readonly script: string;
  readonly deadLetterQueue: string | null;
  readonly settings: unknown;
}

/** One binding of an uploaded version, as its metadata names it. */
export type Binding = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly type: string;
};

export interface Version {
  readonly id: string;
  readonly bindings: readonly Binding[];
  /** Names and texts of the uploaded modules, the main one first. */
  readonly modules: ReadonlyMap<string, string>;
  readonly compatibilityDate: string;
}

export interface Worker {
  readonly versions: Map<string, Version>;
  /** Hashes of the static assets that were uploaded for it. */
  readonly assets: Set<string>;
  /** The version that answers; `null`: uploaded, never deployed. */
  live: string | null;
  migrationTag: string | null;
  crons: readonly string[];
  onWorkersDev: boolean;
  tags: readonly string[];
}

/** An account with nothing in it but a workers.dev subdomain. */
export function createAccount(name = 'test account'): Account {
  return {
    id: randomUUID().replaceAll('-', ''),
    name,
    subdomain: 'owner',
    namespaces: new Map(),
    databases: new Map(),
    queues: new Map(),
    workers: new Map(),
  };
}

/** An id as Cloudflare gives them. */
export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

/** A database of real SQLite, with foreign keys checked as D1 does. */
export function createDatabase(name: string): Database {
  const sql = new DatabaseSync(':memory:');
  sql.exec('PRAGMA foreign_keys = ON');
  return { name, sql };
}

/** The Worker of that name, made on its first upload. */
export function workerOf(account: Account, name: string): Worker {
  const known = account.workers.get(name);
  if (known) return known;
  const worker: Worker = {
    versions: new Map(),
    assets: new Set(),
    live: null,
    migrationTag: null,
    crons: [],
    onWorkersDev: false,
    tags: [],
  };
  account.workers.set(name, worker);
  return worker;
}

/** The version that answers requests. */
export function liveVersion(worker: Worker | undefined): Version | null {
  return worker?.live == null ? null : (worker.versions.get(worker.live) ?? null);
}
