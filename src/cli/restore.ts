import { resolve } from 'node:path';
import { readBotCommand, restoreFrom } from './backup/run.ts';

import { openTerminal, runCommand, Stop } from './terminal.ts';

const USAGE = 'npm run restore -- <folder> [--name soshik-staging] [--yes]';

/** `npm run restore`: puts a backup in the place of what a deployed bot knows. */
async function main(): Promise<void> {
  const { options, words, isAgreed } = readBotCommand(process.argv.slice(2), USAGE);
  const [from] = words;
  if (from === undefined || words.length > 1)
    throw new Stop(`쓰는 법: ${USAGE}`, `usage: ${USAGE}`);
  await restoreFrom(options, resolve(from), async (worker, at) => {
    if (isAgreed) return true;
    const terminal = openTerminal();
    const typed = await terminal
      .ask(
        `\n${worker}가 지금 아는 것은 모두 사라지고 ${at}의 백업이 들어가요. 이름을 적어 주세요.\n` +
          `All that ${worker} knows now is replaced by the backup of ${at}. Type its name: `,
      )
      .finally(terminal.close);
    return typed === worker;
  });
  console.log('\n✓ 되돌렸어요 / restored');
}

await runCommand(main);
