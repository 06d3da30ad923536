import type { Language } from '../../lib/time.ts';
import { newsWords as words } from './newsWords.ts';
import type { RepositoryNotice } from './notice.ts';

type CommitsNotice = Extract<RepositoryNotice, { kind: 'commits' }>;

/** `새 커밋 6개, 새 릴리스 4개`: what the first line of a phone's notification can say. */
export function summary(notices: readonly RepositoryNotice[], language: Language): string {
  const commits = notices.reduce((sum, one) => sum + (isPush(one) ? one.total : 0), 0);
  const releases = notices.filter(({ kind }) => kind === 'release').length;
  const isMore = notices.some((one) => !isPush(one) && one.kind !== 'release');
  if (isMore) return words.several[language](notices.length);
  return [
    ...(commits > 0 ? [words.newCommits[language](commits)] : []),
    ...(releases > 0 ? [words.newReleases[language](releases)] : []),
  ].join(', ');
}

/** Pushes that nothing else came between, as one. */
export function joined(notices: readonly RepositoryNotice[]): RepositoryNotice[] {
  const result: RepositoryNotice[] = [];
  for (const notice of notices) {
    const last = result.at(-1);
    const both = last && isPush(last) && isPush(notice) ? joinedPush(last, notice) : null;
    if (both) result.pop();
    result.push(both ?? notice);
  }
  return result;
}

const RANGE = /^(?<page>.*\/)(?<base>[^/]+)\.\.\.(?<head>[^/]+)$/;

function joinedPush(first: CommitsNotice, then: CommitsNotice): CommitsNotice | null {
  const [base, head] = [first, then].map(({ compareUrl }) => RANGE.exec(compareUrl)?.groups);
  if (!base || !head) return null;
  return {
    ...then,
    commits: [...then.commits, ...first.commits],
    total: first.total + then.total,
    compareUrl: `${head['page']}${base['base']}...${head['head']}`,
  };
}

function isPush(notice: RepositoryNotice): notice is CommitsNotice {
  return notice.kind === 'commits' && notice.change === 'pushed';
}
