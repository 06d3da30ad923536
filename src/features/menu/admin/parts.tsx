import { dayOf, type Language } from '../../../lib/time.ts';
import { say } from '../../../ui/language.ts';
import { type At, Card, Row } from '../../../ui/parts.tsx';
import { dayTexts } from '../notice.ts';
import type { MenuAnswer } from '../visit.ts';
import { FIELDS, type Field, type Fields } from './form.ts';
import { choices, fieldTexts, texts } from './texts.ts';

const NUMBERS: readonly Field[] = ['breakfast', 'lunch', 'dinner', 'step'];
const REQUIRED: readonly Field[] = ['place', 'url', 'where', 'step'];

/** Today's meals as people will read them, or why there are none. */
export function Today({ answer, at }: { answer: Exclude<MenuAnswer, { kind: 'off' }>; at: At }) {
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
export function Cells({ cells, at: { language } }: { cells: readonly string[]; at: At }) {
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
export function PageForm({
  fields,
  at: { language },
  csrf,
}: {
  fields: Fields;
  at: At;
  csrf: string;
}) {
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
export function SaveForm({
  fields,
  at: { language },
  csrf,
}: {
  fields: Fields;
  at: At;
  csrf: string;
}) {
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
