/** As long as a title may be, in UTF-16 code units; a post cuts it shorter where it must. */
export const MOST_LETTERS = 200;

/**
 * The title as the owner typed it, on one line.
 *
 * @returns `null` for a blank one (as the source has it), `too-long` for one over {@link MOST_LETTERS}
 */
export function readTitle(form: URLSearchParams): { title: string | null } | 'too-long' {
  const title = (form.get('title') ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (title.length > MOST_LETTERS) return 'too-long';
  return { title: title === '' ? null : title };
}
