import { adminPage } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Card } from '../../../ui/parts.tsx';
import { type Erasure, erasures, texts } from './texts.ts';

const PAGE = '/admin/data';

/** `/admin/data`: all that is the owner's as a file, back from it, and out of the world. */
export function dataPage(context: AdminContext): Response | Promise<Response> {
  const language = context.get('language');
  const { csrf } = context.get('session');
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: PAGE },
    <>
      <Card title={say(texts.export, language)}>
        <p>{say(texts.exportText, language)}</p>
        <div class="actions">
          <a class="button primary" href={`${PAGE}/soshik.json`} download>
            {say(texts.download, language)}
          </a>
        </div>
      </Card>
      <Card title={say(texts.import, language)}>
        <p>{say(texts.importText, language)}</p>
        <form method="post" action={`${PAGE}/import`} enctype="multipart/form-data" class="stack">
          <input type="hidden" name="csrf" value={csrf} />
          <label class="field">
            {say(texts.file, language)}
            <input type="file" name="file" accept=".json,application/json" required />
          </label>
          <div class="actions">
            <button type="submit">{say(texts.send, language)}</button>
          </div>
        </form>
      </Card>
      <Card title={say(texts.danger, language)} lead={say(texts.dangerText, language)}>
        <div class="actions">
          {Object.entries(erasures).map(([id, { title }]) => (
            <a class="button danger" href={`${PAGE}/erase/${id}`}>
              {say(title, language)}
            </a>
          ))}
        </div>
      </Card>
    </>,
  );
}

/** Asks before a lot is deleted: the owner types a word. */
export function erasePage(context: AdminContext, id: Erasure): Response | Promise<Response> {
  const language = context.get('language');
  const { title, warning, word } = erasures[id];
  return adminPage(
    context,
    { title, under: PAGE },
    <section class="card">
      <p>{say(warning, language)}</p>
      <form method="post" action={`${PAGE}/erase/${id}`} class="stack">
        <input type="hidden" name="csrf" value={context.get('session').csrf} />
        <label class="field">
          {say(texts.word, language, { word: say(word, language) })}
          <input name="word" autocomplete="off" required />
        </label>
        <div class="actions">
          <button type="submit" class="danger">
            {say(title, language)}
          </button>
          <a class="button" href={PAGE}>
            {say(texts.back, language)}
          </a>
        </div>
      </form>
    </section>,
  );
}
