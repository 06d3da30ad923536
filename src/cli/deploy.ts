import { spawnSync } from 'node:child_process';
import * as v from 'valibot';
import { unstable_readConfig } from 'wrangler';

/**
 * `npm run deploy`: queues first (a Worker cannot be bound to a queue that does not exist), then the
 * Worker (KV and D1 come with it), then D1's migrations (the database must exist by then). Every
 * step may be run again: what is there already is left as it is.
 *
 * `--dry-run` shows the plan and builds the bundle; it needs no account.
 */
interface Step {
  readonly title: string;
  readonly command: readonly string[];
  /** When this command succeeds there is nothing left to do for the step. */
  readonly doneWhen?: readonly string[];
}

/** The parts of wrangler.toml that name what must exist at Cloudflare. */
const settings = v.object({
  queues: v.object({
    producers: v.array(v.object({ queue: v.string() })),
    consumers: v.array(v.object({ queue: v.string(), dead_letter_queue: v.string() })),
  }),
  d1_databases: v.array(v.object({ binding: v.string() })),
});

function plan(): Step[] {
  const config = v.parse(settings, unstable_readConfig({ config: 'wrangler.toml' }));
  const queues = new Set([
    ...config.queues.producers.map((producer) => producer.queue),
    ...config.queues.consumers.map((consumer) => consumer.queue),
    ...config.queues.consumers.map((consumer) => consumer.dead_letter_queue),
  ]);
  return [
    ...[...queues].map((queue) => ({
      title: `큐 만들기 / create queue ${queue}`,
      doneWhen: ['queues', 'info', queue],
      command: ['queues', 'create', queue],
    })),
    { title: '워커 올리기 / deploy the Worker', command: ['deploy'] },
    ...config.d1_databases.map(({ binding }) => ({
      title: `표 만들기 / apply migrations to ${binding}`,
      command: ['d1', 'migrations', 'apply', binding, '--remote'],
    })),
  ];
}

function wrangler(args: readonly string[], output: 'shown' | 'hidden'): boolean {
  const { status } = spawnSync('wrangler', args, {
    stdio: output === 'shown' ? 'inherit' : 'ignore',
  });
  return status === 0;
}

function run(steps: readonly Step[]): boolean {
  for (const { title, command, doneWhen } of steps) {
    console.log(`\n▶ ${title}`);
    if (doneWhen && wrangler(doneWhen, 'hidden')) {
      console.log('  이미 있어요 / already there');
      continue;
    }
    if (!wrangler(command, 'shown')) {
      console.error(
        `\n✗ 멈췄어요. 위의 오류를 고친 뒤 다시 실행해 주세요 (npm run deploy). 이미 끝난 단계는 그대로 두고 이어서 해요.\n` +
          `  Stopped at: wrangler ${command.join(' ')}. Mend the error above and run it again: finished steps are left alone.`,
      );
      return false;
    }
  }
  return true;
}

const steps = plan();
if (process.argv.includes('--dry-run')) {
  console.log('계획 / plan:');
  for (const { title, command } of steps) console.log(`- ${title}: wrangler ${command.join(' ')}`);
  process.exitCode = wrangler(['deploy', '--dry-run'], 'shown') ? 0 : 1;
} else if (run(steps)) {
  console.log('\n✓ 다 됐어요 / done');
} else {
  process.exitCode = 1;
}
