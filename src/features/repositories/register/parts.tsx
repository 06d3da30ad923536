import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ChatPlace } from '../../../bot/receive.ts';
import type { Language } from '../../../lib/time.ts';
import { languageOf, say } from '../../../ui/language.ts';
import { Layout, Qr, qrModules } from '../../../ui/parts.tsx';
import type { Choice } from './choice.ts';
import type { View } from './view.ts';
import { codeWords, texts } from './words.ts';

export const REGISTER_PATH = '/register';
/** Whence GitHub shows pictures of accounts. */
export const AVATARS = 'https://avatars.githubusercontent.com';
/** Of the head of a page on which one can register. */
export const REGISTER_SCRIPT = <script type="module" src="/register.js" />;

/** What every step is made from. */
export interface StepProps {
  readonly view: View;
  readonly choice: Choice;
  /** Where people can finish it. */
  readonly places: readonly ChatPlace[];
  readonly token: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly language: Language;
}

/** A page beside the steps, with the way back to them. */
export function aPage(
  context: Context,
  {
    title,
    status,
    head,
    children,
  }: {
    readonly title: string;
    readonly status: 200 | 400 | 429;
    readonly head?: Child;
    readonly children: Child;
  },
): Response | Promise<Response> {
  const language = languageOf(context);
  return context.html(
    <Layout
      language={language}
      title={title}
      menu={<span class="spacer" />}
      path={REGISTER_PATH}
      head={head}
    >
      <h1>{title}</h1>
      <section class="card" id="register" data-failed={say(texts.failed, language)}>
        {children}
        <p>
          <a class="button" href={REGISTER_PATH}>
            {say(texts.again, language)}
          </a>
        </p>
      </section>
    </Layout>,
    status,
  );
}

/** On to the next step, or back. */
export function Way({
  back,
  language,
  children,
}: {
  back: string;
  language: Language;
  children: Child;
}) {
  return (
    <div class="actions">
      {children}
      <a class="button" href={back}>
        {say(texts.back, language)}
      </a>
    </div>
  );
}

/** The way into the chat, with the code where the platform's link can carry it. */
export function Door({
  place: { chat, link, title },
  code,
  language,
}: {
  place: ChatPlace;
  code: string;
  language: Language;
}) {
  const words = codeWords(code, language);
  const url = chat.startUrl?.(code) ?? chat.sayUrl?.(words) ?? link?.url;
  if (url === undefined) return null;
  const name = say(link?.text ?? title, language);
  return (
    <>
      <p>
        <a class="button primary" href={url}>
          {say(texts.open, language, { name })}
        </a>
      </p>
      <Qr modules={qrModules(url)} label={say(texts.openCode, language, { name })} />
    </>
  );
}

/** What to send, and a button that copies it where scripts run. */
export function Words({ text, language }: { text: string; language: Language }) {
  return (
    <p class="words">
      <code>{text}</code>
      <button type="button" hidden data-copied={say(texts.copied, language)}>
        {say(texts.copy, language)}
      </button>
    </p>
  );
}
