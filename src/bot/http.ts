import { Hono } from 'hono';
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
