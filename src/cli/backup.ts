import { resolve } from 'node:path';
import { backUp, readBotCommand } from './backup/run.ts';

import { runCommand, Stop } from './terminal.ts';

const USAGE = 'npm run backup -- [folder] [--name soshik-staging]';

/** `npm run backup`: everything a deployed bot knows, into a folder. */
async function main(): Promise<void> {
  const { options, words } = readBotCommand(process.argv.slice(2), USAGE);
  if (words.length > 1) throw new Stop(`쓰는 법: ${USAGE}`, `usage: ${USAGE}`);
  const at = new Date().toISOString();
  const folder = `backups/${options.name ?? 'soshik'}-${at.slice(0, 19).replaceAll(':', '')}Z`;
  const to = resolve(options.root, words[0] ?? folder);
  await backUp(options, to, at);
  console.log(
    `\n✓ ${to}\n` +
      '  로그인은 TOKEN_KEY로 봉인돼 있어요. .prod.vars도 따로 보관해 주세요. 사람들의 정보가 들어 있으니 아무에게도 주지 마세요.\n' +
      '  The logins are sealed with TOKEN_KEY: keep .prod.vars as well. It holds what people told the bot: give it to nobody.',
  );
}

await runCommand(main);
