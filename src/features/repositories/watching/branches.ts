import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { findRepository, type NotFound } from './find.ts';

/** Enough for buttons; the others can be written. */
const MOST_BRANCHES = 9;

/**
 * The branches of a repository somebody may choose from, the default one first. An address that
 * names a branch itself leaves no choice.
 */
export async function branchesToChoose(
  bot: Bot,
  address: string,
): Promise<
  Result<
    {
      readonly address: string;
      readonly repository: string;
      readonly branches: readonly string[];
      /** Whether there are no others. */
      readonly isAll: boolean;
    },
    NotFound
  >
> {
  const found = await findRepository(bot, address, null);
  const named = found.ok ? `${found.value.repository.owner}/${found.value.repository.name}` : null;
  const repository = named ?? (found.ok ? null : (found.repository ?? null));
  const github = githubOf(bot);
  if (repository === null || github === null) {
    return found.ok ? { ok: false, reason: 'off' } : found;
  }
  if (found.ok && found.value.branch.name !== found.value.repository.defaultBranch) {
    return {
      ok: true,
      value: { address, repository, branches: [found.value.branch.name], isAll: true },
    };
  }
  const [owner = '', name = ''] = repository.split('/');
  const branches = await github.branchNames(owner, name);
  if (!branches.ok) return { ok: false, reason: 'unavailable' };
  const first = found.ok ? found.value.repository.defaultBranch : null;
  const rest = branches.value.filter((branch) => branch !== first);
  const all = first === null ? rest : [first, ...rest];
  return {
    ok: true,
    value: {
      address: repository,
      repository,
      branches: all.slice(0, MOST_BRANCHES),
      isAll: all.length <= MOST_BRANCHES,
    },
  };
}
