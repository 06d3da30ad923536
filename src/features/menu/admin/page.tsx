import { Hono } from 'hono';
import { dayOf, type Language, SECOND_MS } from '../../../lib/time.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { goOn } from '../../../ui/admin/flash.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { type At, Card, Row } from '../../../ui/parts.tsx';
import { dayTexts } from '../job.ts';
import { menuSettings } from '../settings.ts';
import {
  askMenu,
  type MenuAnswer,
  type MenuPage,
  previewMenuPage,
  readMenuPage,
  removeMenuPage,
  saveMenuPage,
} from '../sources.ts';

import {
  FIELDS,
  type Field,
  type Fields,
  type FormProblem,
  fieldsOf,
  readFields,
  readPage,
} from './form.ts';
import { choices, fieldTexts, problems, removeQuestion, texts } from './texts.ts';

const NUMBERS: readonly Field[] = ['breakfast', 'lunch', 'dinner', 'step'];
const REQUIRED: readonly Field[] = ['place', 'url', 'where', 'step'];

/** Today's meals as people will read them, or why there are none. */
function Today({ answer, at }: { answer: Exclude<MenuAnswer, { kind: 'off' }>; at: At }) {
  const { now, zone, language } = at;
  if (answer.kind === 'none') return <p class="soft">{say(texts.none, language)}</p>;
  if (answer.kind !== 'meals') {
    return (
      <p class="bad" role="status">
        {say(texts[answer.kind], language, { detail: answer.detail })}
      </p>
    );
  }
  return (
    <ul class="rows">
      {dayTexts(answer, dayOf(now, zone), language, zone).map(({ head, lines }) => (
        <Row title={head} lines={lines} />
      ))}
    </ul>
  );
}

/** The cells found on a page, with the numbers the form asks for. */
function Cells({ cells, at: { language } }: { cells: readonly string[]; at: At }) {
  return (
    <details>
      <summary>{say(texts.cells, language, { count: cells.length })}</summary>
      <ol>
        {cells.map((cell, index) => (
          <li>
            <code>{String(index + 1)}</code> {cell === '' ? say(texts.emptyCell, language) : cell}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The form that describes a page; sent to the preview. */
function PageForm({ fields, at: { language }, csrf }: { fields: Fields; at: At; csrf: string }) {
  return (
    <Card title={say(texts.describe, language)} lead={say(texts.describeText, language)}>
      <form method="post" action="/admin/menu/preview" class="stack">
        <input type="hidden" name="csrf" value={csrf} />
        {FIELDS.map((field) => (
          <label class="field" for={field}>
            {say(fieldTexts[field], language)}
            <Control field={field} value={fields[field]} language={language} />
          </label>
        ))}
        <p class="soft">{say(texts.cellHint, language)}</p>
        <div class="actions">
          <button type="submit" class="primary">
            {say(texts.look, language)}
          </button>
        </div>
      </form>
    </Card>
  );
}

/** Saves what the preview showed: the same fields, sent on. */
function SaveForm({ fields, at: { language }, csrf }: { fields: Fields; at: At; csrf: string }) {
  return (
    <form method="post" action="/admin/menu/save" class="actions">
      <input type="hidden" name="csrf" value={csrf} />
      {FIELDS.map((field) => (
        <input type="hidden" name={field} value={fields[field]} />
      ))}
      <button type="submit" class="primary">
        {say(texts.save, language)}
      </button>
    </form>
  );
}

function Control({ field, value, language }: { field: Field; value: string; language: Language }) {
  if (!isChoice(field)) {
    return (
      <input
        id={field}
        name={field}
        value={value}
        inputmode={NUMBERS.includes(field) ? 'numeric' : 'text'}
        required={REQUIRED.includes(field)}
      />
    );
  }
  return (
    <select id={field} name={field}>
      {Object.entries(choices[field]).map(([choice, text]) => (
        <option value={choice} selected={choice === value}>
          {say(text, language)}
        </option>
      ))}
    </select>
  );
}

function isChoice(field: Field): field is keyof typeof choices {
  return Object.hasOwn(choices, field);
}

const PAGE = '/admin/menu';

/** `/admin/menu`: a page is looked at before it is saved, and never saved when it tells nothing. */
export function menuRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', (context) => menuPageView(context, null));
  // The language switch of a page that answered a form asks for its address.
  routes.get('/preview', (context) => context.redirect(PAGE, 303));
  routes.get('/save', (context) => context.redirect(PAGE, 303));

  routes.post('/preview', async (context) => menuPageView(context, (await tryForm(context)).tried));

  routes.post('/save', async (context) => {
    const { tried, save } = await tryForm(context);
    if (save === null) return menuPageView(context, tried);
    await save();
    return goOn(context, PAGE, { key: 'menu/saved' });
  });

  routes.get('/remove', (context) => confirmPage(context, { ...removeQuestion, under: PAGE }));
  routes.post('/remove', async (context) => {
    await removeMenuPage(context.get('bot'));
    return goOn(context, PAGE, { key: 'menu/removed' });
  });

  return routes;
}

/** `save`: keeps the page; `null` when there is something wrong with it. */
async function tryForm(
  context: AdminContext,
): Promise<{ readonly tried: Tried; readonly save: (() => Promise<void>) | null }> {
  const bot = context.get('bot');
  const fields = readFields(context.get('form'));
  const read = readPage(fields, bot.config.trustedHosts);
  if ('problem' in read) return { tried: { fields, problem: read.problem }, save: null };
  const { outcome, memory } = await previewMenuPage(bot, read.page);
  const isGood = outcome.kind === 'meals' || outcome.kind === 'none';
  return {
    tried: { fields, answer: outcome, cells: memory.cells ?? [] },
    save: isGood ? () => saveMenuPage(bot, read.page) : null,
  };
}

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
