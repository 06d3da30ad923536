import type { Context, Hono } from 'hono';
import type { Bot } from '../../bot/context.ts';
import type { Language } from '../../lib/time.ts';
import type { Session, Sessions } from './session.ts';

/** What a route behind the guard finds prepared. */
export interface AdminEnv {
  Bindings: Env;
  Variables: {
    readonly language: Language;
    readonly bot: Bot;
    /** Fields of the form that was sent; none with a GET. */
    readonly form: URLSearchParams;
    readonly sessions: Sessions;
    readonly session: Session;
  };
}

export type AdminContext = Context<AdminEnv>;
export type AdminRoutes = Hono<AdminEnv>;
