import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkName, type ProjectOptions } from './deploy/project.ts';
import { Stop } from './terminal.ts';

/** What a command takes that works on a deployed bot. */
export interface BotCommand {
  readonly options: ProjectOptions;
  readonly words: readonly string[];
  readonly isAgreed: boolean;
}

/** Reads a command's words; one that is not known is refused. */
export function readBotCommand(args: readonly string[], usage: string): BotCommand {
  const root = resolve(import.meta.dirname, '../..');
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, yes: { type: 'boolean' } },
      allowPositionals: true,
    });
    if (values.name !== undefined) checkName(values.name);
    return {
      words: positionals,
      isAgreed: values.yes ?? false,
      options: {
        name: values.name ?? null,
        root,
        folder: resolve(root, '.wrangler/deploy'),
        ownerFolder: root,
        environment: process.env,
        say: (line) => console.log(line),
        show: (text) => process.stdout.write(text),
      },
    };
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(`이 말은 몰라요: ${words}\n쓰는 법: ${usage}`, `usage: ${usage}`, { cause });
  }
}
