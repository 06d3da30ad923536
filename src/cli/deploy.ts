import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readDeployArgs } from './deploy/project.ts';
import { deploy } from './deploy/run.ts';
import { ask, lookFromOutside } from './doctorOutside.ts';
import { printLine, runCommand } from './terminal.ts';

/** A new address takes a while until everybody knows it. */
const LOOKS = 12;
const PAUSE_MS = 5000;

/** `npm run deploy`: creates, migrates, deploys, and looks at what answers. */
async function main(): Promise<void> {
  const args = readDeployArgs(process.argv.slice(2));
  const root = resolve(import.meta.dirname, '../..');
  const deployed = await deploy({
    ...args,
    root,
    folder: resolve(root, '.wrangler/deploy'),
    ownerFolder: root,
    environment: process.env,
    say: (line) => console.log(line),
    show: (text) => process.stdout.write(text),
  });
  if (deployed === null) return;
  console.log(`\n✓ 올렸어요 / deployed: ${deployed.origin ?? deployed.worker}`);
  if (deployed.origin === null) return;
  console.log('\n▶ 살펴보기 / look at it');
  const origin = new URL(deployed.origin);
  for (let look = 1; look < LOOKS && (await ask(new URL('/healthz', origin))) === null; look += 1) {
    if (look === 1) console.log('  주소가 열리기를 기다려요 / waiting for the address');
    await wait(PAUSE_MS);
  }
  for (const line of await lookFromOutside(origin)) printLine(line);
  console.log(
    `\n다음은 / next: ${origin.origin}/admin\n안쪽까지 / inside too: npm run doctor -- ${origin.origin}`,
  );
}

await runCommand(main);
