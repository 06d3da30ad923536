import { element } from './dom.ts';
import { model } from './model.ts';
import { say, type TextKey } from './texts.ts';

let refresh: () => Promise<void> = async () => {};

/** How the page gets a new state; asked for after each order. */
export function refreshBy(get: () => Promise<void>): void {
  refresh = get;
}

/** Says what came of something; `null`: nothing any more. */
export function tell(
  key: TextKey | null,
  tone: 'plain' | 'good' | 'bad' = 'plain',
  values: Readonly<Record<string, string | number>> = {},
): void {
  const outcome = element('outcome', HTMLParagraphElement);
  const text = key === null ? '' : say(key, model.language, values);
  // A screen reader repeats a status that is set again.
  if (outcome.textContent !== text) outcome.textContent = text;
  outcome.dataset['tone'] = tone;
}

/** Has the sandbox do something; the answer's JSON, or null when it was not done. */
export async function order(path: string, body: object = {}): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  await refresh();
  if (response?.ok) return answer ?? {};
  tell('failed', 'bad');
  return null;
}
