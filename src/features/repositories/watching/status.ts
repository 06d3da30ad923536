import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import type { Commit } from '../../../platforms/github/api/types.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { markSeen, type Watch } from '../store/watches.ts';
import type { WatchProblem } from '../talk/texts.ts';
import { problemOf } from './find.ts';

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
 * point where the two parted. The repository is found by its number: under its name there may be
 * another one, and one that became private is not there.
 */
export async function commitsSince(
  bot: Bot,
  watch: Watch,
): Promise<Result<Since, { readonly reason: WatchProblem }>> {
  const github = githubOf(bot);
  if (github === null) return { ok: false, reason: 'off' };
  const repositoryId = watch.repository.nodeId;
  const branch = watch.branch.name;
  const question = { key: 'it', repositoryId, branch };
  const asked = await github.news({ histories: [question], hasParents: false, releases: [] });
  if (!asked.ok) return { ok: false, reason: problemOf(asked) };
  const history = asked.value.histories.get('it');
  if (history === undefined) return { ok: false, reason: 'unavailable' };
  if (history === null || (history.isPrivate && !watch.seesPrivate)) {
    return { ok: false, reason: watch.branch.head === null ? 'empty' : 'not-seen' };
  }
  const [newest] = history.commits;
  const page = `https://github.com/${watch.repository.owner}/${watch.repository.name}`;
  const seen = history.commits.findIndex(({ sha }) => sha === watch.seenHead);
  if (seen === 0) return { ok: true, value: { commits: [], total: 0, url: page, raw: [] } };
  const since =
    watch.seenHead === null
      ? null
      : await github.compare({
          repository: watch.repository.id,
          base: watch.seenHead,
          head: newest?.sha ?? branch,
        });
  if (since && !since.ok && since.reason !== 'not-found') {
    return { ok: false, reason: problemOf(since) };
  }
  if (newest) await markSeen(bot.db, watch.id, newest.sha);
  if (since?.ok) {
    const { commits, total, url, raw } = since.value;
    return { ok: true, value: { commits: commits.toReversed(), total, url, raw } };
  }
  // Never asked before, or that commit is gone: all there is.
  const url = `${page}/commits/${branch.split('/').map(encodeURIComponent).join('/')}`;
  const { commits, total } = history;
  return { ok: true, value: { commits, total, url, raw: [] } };
}
