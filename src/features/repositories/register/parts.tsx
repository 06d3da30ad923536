import type { Child } from 'hono/jsx';
import type { ChatPlace } from '../../../bot/receive.ts';
import type { Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import type { Choice } from './choice.ts';
import type { View } from './view.ts';
import { texts } from './words.ts';

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
