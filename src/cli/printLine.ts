import type { Line } from './doctorOutside.ts';

/** Prints one line of a check-up. What a stranger's server answers must not steer the terminal. */
export function printLine({ mark, ko, en }: Line): void {
  console.log(`${mark} ${ko} / ${en}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '));
}
