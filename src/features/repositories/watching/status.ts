import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import type { Commit } from '../../../platforms/github/source.ts';
import { markSeen, type Watch } from '../store/watches.ts';
import type { WatchProblem } from '../talk/texts.ts';

export interface Since {
  /** Newest first. */
  readonly commits: readonly Commit[];
  readonly total: number;
  /** Page that shows them. */
  readonly url: string;
  /** The same as GitHub's own objects, where it gave them. */
  readonly raw: readonly unknown[];
}

/**
 * The commits of a watched branch since its watcher last asked. From then on they count as asked for
 * (as in the seed, reading consumes). After a rewritten history these are the commits after the
 * point where the two parted.
 */
export async function commitsSince(
  bot: Bot,
  watch: Watch,
): Promise<Result<Since, { readonly reason: WatchProblem }>> {
  const github = githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  const { owner, name } = watch.repository;
  const branch = watch.branch.name;
  const since =
    watch.seenHead === null
      ? null
      : await github.compare({ owner, name, base: watch.seenHead, head: branch });
  if (since?.ok) {
    const { commits, total, url, raw } = since.value;
    const newest = commits.at(-1);
    if (newest) await markSeen(bot.db, watch.id, newest.sha);
    return { ok: true, value: { commits: commits.toReversed(), total, url, raw } };
  }
  if (since && since.reason !== 'not-found') return { ok: false, reason: 'unavailable' };
  // Never asked before, or that commit is gone: all there is.
  const history = await github.histories([{ key: 'it', owner, name, branch }]);
  if (!history.ok) return { ok: false, reason: 'unavailable' };
  const found = history.value.get('it');
  const commits = found?.commits ?? [];
  const [newest] = commits;
  if (newest) await markSeen(bot.db, watch.id, newest.sha);
  const url = `https://github.com/${owner}/${name}/commits/${encodeURIComponent(branch)}`;
  return { ok: true, value: { commits, total: found?.total ?? 0, url, raw: [] } };
}
