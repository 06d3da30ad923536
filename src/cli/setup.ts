import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemRuntime } from '../lib/runtime.ts';
import { checkName } from './deploy/project.ts';
import { loadGuides } from './loadBook.ts';
import { setUp } from './setup/run.ts';
import { choose, openTerminal, runCommand, Stop } from './terminal.ts';

const USAGE = 'npm run setup -- [--prod] [--dev] [--name soshik-staging]';

/** Which file the answers go into; `null`: the person is asked. */
function readFileName(args: readonly string[]): string | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        prod: { type: 'boolean' },
        dev: { type: 'boolean' },
        name: { type: 'string' },
      },
    });
    if (values.name !== undefined) {
      checkName(values.name);
      return `.prod.vars.${values.name}`;
    }
    if (values.dev) return '.dev.vars';
    return values.prod ? '.prod.vars' : null;
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(`이 말은 몰라요: ${words}\n쓰는 법: ${USAGE}`, `usage: ${USAGE}`, { cause });
  }
}

/** `npm run setup`: asks for the keys one by one, and writes them down. */
async function main(): Promise<void> {
  const named = readFileName(process.argv.slice(2));
  const guides = await loadGuides(resolve(import.meta.dirname, '../..'));
  const terminal = openTerminal();
  try {
    const file =
      named ??
      (await choose(terminal, '무엇을 준비할까요? / For what?', [
        { value: '.prod.vars', label: '배포할 봇 / the bot to be deployed (.prod.vars)' },
        { value: '.dev.vars', label: '내 컴퓨터의 npm run dev / npm run dev here (.dev.vars)' },
      ]));
    await setUp({ terminal, guides, file: resolve(file), runtime: systemRuntime });
    terminal.say(
      file === '.dev.vars'
        ? '\n다음은 / next: npm run dev'
        : `\n다음은 / next: npm run deploy${file === '.prod.vars' ? '' : ` -- --name ${file.slice('.prod.vars.'.length)}`}`,
    );
  } finally {
    terminal.close();
  }
}

await runCommand(main);
