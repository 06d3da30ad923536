import { COUNTED_TO } from '../../store/ownerLists.ts';
import { count } from '../parts.tsx';

/**
 * A number with separators; with a plus where counting stopped.
 *
 * @param hasMore whether there are some that were not looked at
 */
export function counted(value: number, hasMore = value > COUNTED_TO): string {
  return hasMore ? `${count(Math.min(value, COUNTED_TO))}+` : count(value);
}
