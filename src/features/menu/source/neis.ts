import { unreachable } from '../../../lib/result.ts';
import { fetchMeals, type NeisMeal, type NeisRequest } from '../api/meals.ts';
import { dishesOfNeis } from './dishes.ts';
import type { MealOfDay, MenuOutcome, MenuSource } from './types.ts';

const CODES = { 1: 'breakfast', 2: 'lunch', 3: 'dinner' } as const;

export type NeisOptions = Pick<NeisRequest, 'apiUrl' | 'key' | 'office' | 'school'>;

/** The meals of a Korean school, from NEIS (docs/platforms/sources.md, NEIS). */
export function createNeisMenu(options: NeisOptions): MenuSource {
  return {
    id: 'menu-neis',
    visit: async ({ runtime }, { day }) => {
      const answer = await fetchMeals({ runtime, ...options, day });
      switch (answer.kind) {
        case 'meals':
          return { outcome: judge(answer.meals), memory: {} };
        case 'refused':
          return { outcome: { kind: 'blocked', detail: answer.detail }, memory: {} };
        case 'none':
        case 'unavailable':
        case 'broken':
          return { outcome: answer, memory: {} };
        default:
          return unreachable(answer);
      }
    },
  };
}

function judge(found: readonly NeisMeal[]): MenuOutcome {
  const meals: MealOfDay[] = [];
  for (const { code, dishes: text } of found) {
    const dishes = dishesOfNeis(text);
    const meal = CODES[code];
    if (dishes.length > 0 && !meals.some((told) => told.meal === meal)) {
      meals.push({ meal, dishes });
    }
  }
  if (meals.length === 0) return { kind: 'none' };
  return { kind: 'meals', place: found[0]?.school ?? '', meals, link: null };
}
