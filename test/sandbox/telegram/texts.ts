import { utf8 } from '../bytes.ts';
import { badRequest, type Failure } from './answers.ts';
import { escapeHtml, parseHtml } from './html.ts';
import type { TextParameters } from './parameters.ts';
import type { Button } from './types.ts';

export interface Content {
  readonly text: string;
  readonly html: string;
  readonly buttons: readonly (readonly Button[])[];
}

const longest = 4096;

/** What a message says and offers, or Telegram's refusal of it. */
export function readContent(given: TextParameters): Content | Failure {
  const { text: source, parse_mode: mode, reply_markup: markup } = given;
  if (mode !== undefined && mode.toLowerCase() !== 'html') {
    return badRequest(`unsupported parse_mode ${mode} (the sandbox reads HTML only)`);
  }
  const plain = { ok: true, text: source.trim(), html: escapeHtml(source.trim()) } as const;
  const parsed = mode === undefined ? plain : parseHtml(source);
  if (!parsed.ok) return badRequest(`can't parse entities: ${parsed.problem}`);
  if (parsed.text === '') return badRequest('message text is empty');
  // In UTF-16 units, the strictest way to count.
  if (parsed.text.length > longest) return badRequest('message is too long');
  const rows = markup?.inline_keyboard ?? [];
  const problem = rows
    .flat()
    .map(buttonProblem)
    .find((one) => one !== null);
  if (problem) return badRequest(problem);
  return {
    text: parsed.text,
    html: parsed.html,
    buttons: rows.map((row) =>
      row.map(({ text, url, callback_data: data }) => ({
        text,
        ...(url !== undefined && { url }),
        ...(data !== undefined && { data }),
      })),
    ),
  };
}

type GivenButton = NonNullable<TextParameters['reply_markup']>['inline_keyboard'][number][number];

const looks: readonly string[] = ['text', 'style', 'icon_custom_emoji_id', 'disabled'];

function buttonProblem(button: GivenButton): string | null {
  const { url, callback_data: data } = button;
  const actions = Object.keys(button).filter((name) => !looks.includes(name));
  if (actions.length === 0) return 'Text buttons are unallowed in the inline keyboard';
  if (actions.length > 1) return `a button has one action, not ${actions.join(' and ')}`;
  if (data !== undefined) {
    const size = utf8(data).length;
    if (size < 1 || size > 64) return 'BUTTON_DATA_INVALID';
  }
  if (url === undefined) return null;
  const isKnown = URL.canParse(url) && /^(?:https?|tg):$/.test(new URL(url).protocol);
  return isKnown ? null : `inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`;
}
