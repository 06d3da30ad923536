import { say, type Text } from '../language.ts';
import { Act } from '../parts.tsx';
import { type AdminPath, adminPage } from './page.tsx';
import type { AdminContext } from './types.ts';

const texts = {
  back: { ko: '그만두기', en: 'Leave it' },
} as const satisfies Record<string, Text>;

export interface Question {
  readonly title: Text;
  /** What will happen, and what cannot be undone. */
  readonly warning: Text;
  readonly yes: Text;
  readonly values?: Readonly<Record<string, string>>;
  readonly under: AdminPath;
}

/** Asks before something is done that hurts. The yes is sent by POST to the same address. */
export function confirmPage(
  context: AdminContext,
  { title, warning, yes, values = {}, under }: Question,
): Response | Promise<Response> {
  const language = context.get('language');
  return adminPage(
    context,
    { title, under },
    <section class="card">
      <p>{say(warning, language, values)}</p>
      <div class="actions">
        <Act
          to={context.req.path}
          csrf={context.get('session').csrf}
          text={say(yes, language)}
          kind="danger"
        />
        <a class="button" href={under}>
          {say(texts.back, language)}
        </a>
      </div>
    </section>,
  );
}
