import { unreachable } from '../../../lib/result.ts';
import { decodeEntities } from '../../../lib/web/decode.ts';
import type { Dish } from './types.ts';

const MAX_DISHES = 40;
const MAX_NAME_LENGTH = 100;
/** Korean schools number allergens 1 to 19. */
const LAST_ALLERGEN = 19;

const BREAK = /<br\s*\/?>/i;

/** How the dishes of a meal are told apart. */
export type Split = 'whitespace' | 'line' | 'comma';

/** Numbers of allergens behind a dish. */
const ALLERGEN_LIST = /\(\s*\d[\d.,\s]{0,60}\)/g;

/**
 * The dishes of NEIS's `DDISH_NM` (docs/platforms/sources.md, NEIS): between `<br/>` or line feeds.
 * A row without any is one dish, or one that has lost them all: then the numbers of allergens
 * behind each dish show the seams. Names of dishes have spaces, so those show none.
 */
export function dishesOfNeis(text: string): Dish[] {
  const decoded = decodeEntities(text).replace(new RegExp(BREAK, 'gi'), '\n');
  const isBroken = !/[\r\n]/.test(decoded) && (decoded.match(ALLERGEN_LIST)?.length ?? 0) > 1;
  return dishesOf(isBroken ? decoded.replace(ALLERGEN_LIST, '$&\n') : decoded, 'line');
}

/** The dishes of a meal written as text, cleaned; at most 40. */
export function dishesOf(text: string, split: Split): Dish[] {
  return partsOf(text, split)
    .map(cleanDish)
    .filter(({ name }) => /[\p{L}\p{N}]/u.test(name))
    .slice(0, MAX_DISHES);
}

function partsOf(text: string, split: Split): string[] {
  switch (split) {
    case 'line':
      return text.split(/[\r\n]+/);
    case 'comma':
      // Also between lines; a comma within brackets belongs to the dish.
      return text.split(/[\r\n]+|[,、，](?![^()]*\))/);
    case 'whitespace':
      // Numbers of allergens may stand apart from their dish.
      return text.replace(/\s+(?=\([\d.,\s]+\))/g, '').split(/\s+/);
    default:
      return unreachable(split);
  }
}

/** What kitchens mark dishes with, before and behind their names. */
const MARKS = /^[-*·•・■□◆◇●○★☆※▶@#~^+=_\s]+|[-*·•・■□◆◇●○★☆※▶@#~^+=_.,\s]+$/gu;
/** `①` is 1, up to `⑲`. */
const CIRCLED = /[①-⑲]/gu;

/**
 * A dish without markup and allergen numbers: `(1.2.5)` anywhere, or bare `1.9.13.` at the end or
 * circled, as older rows have it. What is no list of allergens, such as `(산고)`, is part of the name.
 */
function cleanDish(text: string): Dish {
  const allergens = new Set<number>();
  const takeOff = (written: string, list: string) => {
    const numbers = list.split(/[.,\s]+/).flatMap((part) => (part === '' ? [] : [Number(part)]));
    const isList = numbers.every((number) => number >= 1 && number <= LAST_ALLERGEN);
    if (numbers.length === 0 || !isList) return written;
    for (const number of numbers) allergens.add(number);
    return ' ';
  };
  const name = text
    .replace(/<[^>]{0,200}>/g, ' ')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .normalize('NFC')
    .replace(CIRCLED, (digit) => {
      allergens.add(digit.charCodeAt(0) - 0x245f);
      return ' ';
    })
    .replace(/\(([\d.,\s]{1,60})\)/g, takeOff)
    .replace(/(?<![\d.])((?:\d{1,2}\.)+(?:\d{1,2})?)(?=\s*(?:\(|$))/g, takeOff)
    .replace(/\s+/g, ' ')
    .replace(MARKS, '')
    .slice(0, MAX_NAME_LENGTH)
    .toWellFormed();
  return { name, allergens: [...allergens].toSorted((one, other) => one - other) };
}
