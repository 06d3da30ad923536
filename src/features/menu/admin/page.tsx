import { dayOf, SECOND_MS } from '../../../lib/time.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Card } from '../../../ui/parts.tsx';
import { menuSettings } from '../menuSettings.ts';
import { type MenuPage, readMenuPage } from '../sources.ts';
import { askMenu, type MenuAnswer } from '../visit.ts';
import { type Fields, type FormProblem, fieldsOf } from './form.ts';
import { Cells, PageForm, SaveForm, Today } from './parts.tsx';
import { problems, texts } from './texts.ts';

const PATIENCE_MS = 10 * SECOND_MS;

/** What came of the form: what is wrong with it, or what the page would tell. */
export type Tried =
  | { readonly fields: Fields; readonly problem: FormProblem }
  | {
      readonly fields: Fields;
      readonly answer: Exclude<MenuAnswer, { kind: 'off' }>;
      readonly cells: readonly string[];
    };

/** `/admin/menu`: where the menu comes from, what it tells today, and how to change it. */
export async function menuPageView(context: AdminContext, tried: Tried | null): Promise<Response> {
  const bot = context.get('bot');
  const at = clockOf(context);
  const { csrf } = context.get('session');
  const page = await readMenuPage(bot.db);
  const answer = await askMenu(bot, dayOf(at.now, at.zone), AbortSignal.timeout(PATIENCE_MS));
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/menu' },
    <>
      {tried && <Preview tried={tried} context={context} />}
      <Card title={say(texts.source, at.language)}>
        <Source page={page} context={context} />
        {answer.kind !== 'off' && (
          <>
            <h3>{say(texts.today, at.language)}</h3>
            <Today answer={answer} at={at} />
          </>
        )}
      </Card>
      <PageForm fields={tried?.fields ?? fieldsOf(page)} at={at} csrf={csrf} />
    </>,
  );
}

function Source({ page, context }: { page: MenuPage | null; context: AdminContext }) {
  const language = context.get('language');
  if (page !== null) {
    return (
      <>
        <p>
          <strong>{page.place}</strong> <code>{page.url}</code>
        </p>
        <div class="actions">
          <a class="button danger" href="/admin/menu/remove">
            {say(texts.remove, language)}
          </a>
        </div>
      </>
    );
  }
  const { school } = context.get('bot').read(menuSettings);
  if (school === null) return <p>{say(texts.noSource, language)}</p>;
  return <p>{say(texts.school, language, { code: `${school.office}:${school.school}` })}</p>;
}

function Preview({ tried, context }: { tried: Tried; context: AdminContext }) {
  const at = clockOf(context);
  if ('problem' in tried) {
    return (
      <section class="card verdict bad" role="alert">
        <p>{say(problems[tried.problem], at.language)}</p>
      </section>
    );
  }
  const { fields, answer, cells } = tried;
  const isGood = answer.kind === 'meals' || answer.kind === 'none';
  return (
    <section class={`card verdict ${isGood ? 'ok' : 'bad'}`}>
      <h2>{say(texts.preview, at.language)}</h2>
      {answer.kind === 'meals' && <p class="soft">{say(texts.good, at.language)}</p>}
      <Today answer={answer} at={at} />
      {cells.length > 0 && <Cells cells={cells} at={at} />}
      {isGood && <SaveForm fields={fields} at={at} csrf={context.get('session').csrf} />}
    </section>
  );
}
