import type { Context } from 'hono';
import type { Bot } from '../../bot/context.ts';
import type { Language } from '../../lib/time.ts';
import type { AccountsContext } from '../../platforms/x/accountsContext.ts';
import type { Session, Sessions } from './session.ts';

/** What the owner's pages need from outside. */
export interface AdminDoors {
  readonly botOf: (env: Env) => Bot;
  /** @param requestUrl of the request at hand: tells the public address when `PUBLIC_URL` does not */
  readonly accountsOf: (env: Env, requestUrl: string) => AccountsContext;
}

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
