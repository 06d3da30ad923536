import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { RoomEnv } from '../../../bot/http.ts';
import type { HookInfo } from '../../../bot/platform.ts';
import type { Language } from '../../../lib/time.ts';
import { languageOf, say, type Text } from '../../../ui/language.ts';
import { Layout } from '../../../ui/layout.tsx';
import { DEFAULT_OPTIONS } from '../store/options.ts';
import { optionWordsFor } from '../watching/options.ts';
import { hookTexts } from './hookTexts.ts';
import { REGISTER_PATH } from './parts.tsx';
import { texts } from './texts.ts';
import type { Wanted } from './words.ts';

/** A form that sends a code to an address; it is posted, so that the address gets into no log. */
export function HookForm({
  hook,
  channel,
  wanted,
  token,
  language,
}: {
  hook: HookInfo;
  channel: string;
  wanted: Wanted;
  token: string;
  language: Language;
}) {
  const { owner, name, branch, nickname, options } = wanted;
  const hidden = {
    channel,
    token,
    repository: `${owner}/${name}`,
    branch,
    nickname,
    options: optionWordsFor(options, language, DEFAULT_OPTIONS) ?? '',
  };
  return (
    <form class="stack" method="post" action={`${REGISTER_PATH}/hook`}>
      {Object.entries(hidden).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      <label class="field">
        {say(hookTexts.address, language)}
        <small>{say(hook.where, language)}</small>
        <input
          name="hook"
          type="password"
          placeholder={hook.example}
          autocomplete="off"
          maxlength={500}
          required
        />
        <small>{say(hookTexts.secret, language)}</small>
      </label>
      <div class="actions">
        <button type="submit" class="primary">
          {say(hookTexts.send, language)}
        </button>
      </div>
    </form>
  );
}

/** A page that tells one thing, and takes the code where one was sent. */
export function hookPage(
  context: Context<RoomEnv>,
  text: Text,
  {
    ask,
    status = 200,
  }: {
    readonly ask?: { readonly channel: string; readonly key: string; readonly token: string };
    readonly status?: 200 | 400 | 429;
  } = {},
): Response | Promise<Response> {
  const language = languageOf(context);
  const title = say(texts.title, language);
  const body: Child = (
    <section class="card">
      <p role={status === 200 ? 'status' : 'alert'}>{say(text, language)}</p>
      {ask && (
        <form class="stack" method="post" action={`${REGISTER_PATH}/code`}>
          {Object.entries(ask).map(([field, value]) => (
            <input type="hidden" name={field} value={value} />
          ))}
          <label class="field">
            {say(hookTexts.code, language)}
            <input
              name="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={20}
              required
            />
          </label>
          <div class="actions">
            <button type="submit" class="primary">
              {say(hookTexts.enter, language)}
            </button>
          </div>
        </form>
      )}
      <p>
        <a class="button" href={REGISTER_PATH}>
          {say(texts.again, language)}
        </a>
      </p>
    </section>
  );
  return context.html(
    <Layout language={language} title={title} menu={<span class="spacer" />} path={REGISTER_PATH}>
      <h1>{title}</h1>
      {body}
    </Layout>,
    status,
  );
}
