import { parseArgs } from 'node:util';
import { Stop } from '../stop.ts';

export interface DeployArgs {
  /** The Worker's name; `null`: the one of wrangler.toml. */
  readonly name: string | null;
  readonly isDryRun: boolean;
}

/** A queue is called `<name>-deliveries-dlq`, and has 63 letters at the most. */
const MOST_NAME_LETTERS = 48;

const USAGE = 'npm run deploy -- [--name soshik-staging] [--dry-run]';

/** Reads the command's words; one that is not known is refused, never passed on. */
export function readDeployArgs(args: readonly string[]): DeployArgs {
  let read: { name?: string | undefined; 'dry-run'?: boolean | undefined };
  try {
    read = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    }).values;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(`이 말은 몰라요: ${words}\n쓰는 법: ${USAGE}`, `usage: ${USAGE}`, { cause });
  }
  if (read.name !== undefined) checkName(read.name);
  return { name: read.name ?? null, isDryRun: read['dry-run'] ?? false };
}

/** Refuses a name that Cloudflare would refuse halfway through. */
export function checkName(name: string): void {
  if (name.length <= MOST_NAME_LETTERS && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) return;
  throw new Stop(
    `워커 이름 "${name}"은 쓸 수 없어요. 소문자, 숫자, -로 ${MOST_NAME_LETTERS}자까지예요.`,
    `"${name}" cannot be a Worker's name: up to ${MOST_NAME_LETTERS} small letters, digits and "-".`,
  );
}
