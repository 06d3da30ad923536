import * as v from 'valibot';
import { type AddressProblem, checkPublicUrl } from '../../../lib/web/publicAddress.ts';
import { type MenuPage, menuPage } from '../sources.ts';

/** Fields of the form by their names, as the owner filled them in. */
export const FIELDS = [
  'place',
  'url',
  'kind',
  'where',
  'breakfast',
  'lunch',
  'dinner',
  'step',
  'days',
  'split',
] as const;
export type Field = (typeof FIELDS)[number];
export type Fields = Readonly<Record<Field, string>>;

export type FormProblem = AddressProblem | Exclude<Field, 'url'> | 'meals';

/** The seed's page: 21 cells, seven a meal, Monday first. The first cell is number 1. */
const EMPTY: Fields = {
  place: '',
  url: '',
  kind: 'css',
  where: '',
  breakfast: '1',
  lunch: '8',
  dinner: '15',
  step: '1',
  days: '7',
  split: 'whitespace',
};

/** What the form shows at first: the page that is saved, or an example. */
export function fieldsOf(page: MenuPage | null): Fields {
  if (page === null) return EMPTY;
  const { place, url, find, first, dayStep, days, split } = page;
  return {
    place,
    url,
    kind: find.kind,
    where: find.kind === 'css' ? find.selector : find.path,
    breakfast: cellText(first.breakfast),
    lunch: cellText(first.lunch),
    dinner: cellText(first.dinner),
    step: String(dayStep),
    days: String(days),
    split,
  };
}

function cellText(position: number | null): string {
  return position === null ? '' : String(position + 1);
}

/** The fields as sent; what is missing is as in the example. */
export function readFields(form: URLSearchParams): Fields {
  const sent = FIELDS.map((field) => [field, (form.get(field) ?? EMPTY[field]).trim()] as const);
  return { ...EMPTY, ...Object.fromEntries(sent) };
}

/**
 * The page that the fields describe, or the first thing that is wrong with them.
 *
 * @param trustedHosts hosts that are allowed although they are not on the public web
 */
export function readPage(
  fields: Fields,
  trustedHosts: readonly string[],
): { readonly page: MenuPage } | { readonly problem: FormProblem } {
  const checked = checkPublicUrl(fields.url, { allowHttp: true, trustedHosts });
  if (!checked.ok) return { problem: checked.problem };
  const { place, kind, where, split } = fields;
  const parsed = v.safeParse(menuPage, {
    place,
    url: checked.value.href,
    find: kind === 'css' ? { kind, selector: where } : { kind, path: where },
    first: {
      breakfast: positionOf(fields.breakfast),
      lunch: positionOf(fields.lunch),
      dinner: positionOf(fields.dinner),
    },
    dayStep: numberOf(fields.step),
    days: numberOf(fields.days),
    split,
  });
  if (parsed.success) return { page: parsed.output };
  const at = v.getDotPath<typeof menuPage>(parsed.issues[0]);
  return { problem: at === null ? 'not-an-address' : PROBLEMS[at] };
}

/** What is wrong where a part of the page is not as it must be. */
const PROBLEMS: Readonly<Record<v.IssueDotPath<typeof menuPage>, FormProblem>> = {
  url: 'not-an-address',
  place: 'place',
  find: 'kind',
  'find.kind': 'kind',
  'find.selector': 'where',
  'find.path': 'where',
  first: 'meals',
  'first.breakfast': 'breakfast',
  'first.lunch': 'lunch',
  'first.dinner': 'dinner',
  dayStep: 'step',
  days: 'days',
  split: 'split',
};

/** A cell counted from 0; `null` for a blank. */
function positionOf(text: string): number | null {
  return text === '' ? null : numberOf(text) - 1;
}

function numberOf(text: string): number {
  return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
}
