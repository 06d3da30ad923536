import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import * as v from 'valibot';
import { log } from '../lib/log.ts';
import { sourceOf } from '../store/patience.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Bot } from './context.ts';

/** What every route finds prepared. */
export interface RoomEnv {
  Bindings: Env;
  Variables: { readonly bot: Bot };
}

/** Routes of a room. */
export type Routes = Hono<RoomEnv>;

export function createRoutes(): Routes {
  return new Hono<RoomEnv>();
}

/** Answers what a machine sends; what is to be done after the answer goes to `waitUntil`. */
export type Take = (
  bot: Bot,
  request: Request,
  waitUntil: (work: Promise<unknown>) => void,
) => Response | Promise<Response>;

/** Where machines call, by path, then by method. A HEAD is taken as a GET. */
export type Doors = Readonly<Record<`/${string}`, Readonly<Record<string, Take>>>>;

/** Under which name what comes from where a request came from is counted, see `sourceOf`. */
export function sourceAt({ headers }: Request, isAround = false): Promise<string> {
  return sourceOf(headers.get('cf-connecting-ip') ?? 'local', isAround);
}

/** One line of the log for somebody who was not let in: which door, and a hash of where they came from. */
export async function noteRefused(request: Request, status: number): Promise<void> {
  const source = await sourceAt(request);
  log('door-refused', { path: getPath(request), status, source });
}

const SETTING = 'public-url';

/** Keeps the public address for when nobody's request tells it (cron). */
export async function rememberPublicUrl({
  db,
  runtime,
  publicUrl,
}: Pick<Bot, 'db' | 'runtime' | 'publicUrl'>): Promise<void> {
  if (publicUrl !== null) await writeSetting(db, SETTING, publicUrl, runtime.now());
}

/** Where the Worker is to be reached from outside; `null` as long as nobody told. */
export async function publicUrlOf({
  db,
  publicUrl,
}: Pick<Bot, 'db' | 'publicUrl'>): Promise<string | null> {
  return publicUrl ?? (await readSetting(db, SETTING, v.string()));
}
