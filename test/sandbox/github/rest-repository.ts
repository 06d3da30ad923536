import { compare, history, resolveCommit } from './history.ts';
import { apiUrl, commitJson, releaseJson, repositoryJson, webUrl } from './json.ts';
import { paged } from './pages.ts';
import { notFound, problem } from './problems.ts';
import { type Commit, fullNameOf, type Repository } from './types.ts';

const emptyRepository = 'Git Repository is empty.';
const unpagedCommits = 250;

/**
 * Answers `GET /repos/{owner}/{repo}/...`; each segment is decoded (docs/platforms/github.md,
 * REST).
 */
export function answerRepository(
  repository: Repository,
  segments: readonly string[],
  request: Request,
): Response {
  const [first, second, third, fourth] = segments;
  const { branches, releases, tags } = repository;
  switch (segments.length) {
    case 0:
      return Response.json(repositoryJson(repository));
    case 1:
      if (first === 'branches') {
        const names = [...branches.keys()].toSorted();
        return paged(
          request,
          names.flatMap((name) => shortBranch(repository, name)),
        );
      }
      if (first === 'commits') return commitList(repository, request);
      if (first === 'tags') {
        const list = [...tags.values()].toReversed();
        return paged(
          request,
          list.map(({ name, commit, nodeId }) => ({
            name,
            commit: { sha: commit },
            node_id: nodeId,
          })),
        );
      }
      if (first !== 'releases') return notFound();
      return paged(
        request,
        releases.filter(({ isDraft }) => !isDraft).map((one) => releaseJson(repository, one)),
      );
    case 2:
      if (first === 'branches') return branchAnswer(repository, second ?? '');
      if (first === 'commits') return commitAnswer(repository, second ?? '', request);
      if (first === 'compare') return comparison(repository, second ?? '', request);
      return first === 'releases' && second === 'latest' ? latestRelease(repository) : notFound();
    case 4:
      return first === 'git' && second === 'ref'
        ? refAnswer(repository, `${third}/`, fourth ?? '')
        : notFound();
    default:
      return notFound();
  }
}

function shortBranch(repository: Repository, name: string): object[] {
  const commit = headOf(repository, name);
  if (!commit) return [];
  const url = `${apiUrl}/repos/${fullNameOf(repository)}/commits/${commit.sha}`;
  return [{ name, commit: { sha: commit.sha, url }, protected: false }];
}

function branchAnswer(repository: Repository, name: string): Response {
  const commit = headOf(repository, name);
  if (!commit) return notFound('Branch not found');
  return Response.json({ name, commit: commitJson(repository, commit), protected: false });
}

function headOf({ branches, commits }: Repository, name: string): Commit | null {
  return commits.get(branches.get(name)?.head ?? '') ?? null;
}

function refAnswer(repository: Repository, prefix: string, name: string): Response {
  if (repository.branches.size === 0) return problem(409, emptyRepository);
  const branch = prefix === 'heads/' ? repository.branches.get(name) : undefined;
  const tag = prefix === 'tags/' ? repository.tags.get(name) : undefined;
  const found = branch ?? tag;
  if (!found) return notFound();
  const sha = branch?.head ?? tag?.annotation?.oid ?? tag?.commit;
  const type = tag?.annotation ? 'tag' : 'commit';
  const ref = `refs/${prefix}${name}`;
  return Response.json({ ref, node_id: found.nodeId, object: { sha, type } });
}

function commitList(repository: Repository, request: Request): Response {
  if (repository.branches.size === 0) return problem(409, emptyRepository);
  const query = new URL(request.url).searchParams;
  const head = resolveCommit(repository, query.get('sha') ?? repository.defaultBranch);
  if (!head) return notFound();
  const since = Date.parse(query.get('since') ?? '1970-01-01T00:00:00Z');
  const until = Date.parse(query.get('until') ?? '9999-12-31T00:00:00Z');
  if (Number.isNaN(since) || Number.isNaN(until)) return problem(400, 'Bad Request');
  const found = history(repository.commits, head.sha).filter(
    ({ at }) => at >= since && at <= until,
  );
  return paged(request, found, (commit) => commitJson(repository, commit));
}

function commitAnswer(repository: Repository, ref: string, request: Request): Response {
  if (repository.branches.size === 0) return problem(409, emptyRepository);
  const commit = resolveCommit(repository, ref);
  if (!commit) return problem(422, `No commit found for SHA: ${ref}`);
  if (!/vnd\.github(?:\.[\w-]+)?\.sha\b/.test(request.headers.get('accept') ?? '')) {
    return Response.json({ ...commitJson(repository, commit), files: [] });
  }
  const headers = { 'content-type': 'application/vnd.github.sha', etag: `"${commit.sha}"` };
  return new Response(commit.sha, { headers });
}

function comparison(repository: Repository, basehead: string, request: Request): Response {
  const [base = '', head = '', ...rest] = basehead.split('...');
  const from = resolveCommit(repository, base);
  const to = resolveCommit(repository, head);
  if (!from || !to || rest.length > 0) return notFound();
  const found = compare(repository.commits, from.sha, to.sha);
  if (!found) return notFound(`No common ancestor between ${base} and ${head}.`);
  const { status, behindBy, mergeBase, commits } = found;
  const query = new URL(request.url).searchParams;
  const isPaged = query.has('page') || query.has('per_page');
  // Unasked for pages the newest 250 come; the last entry is the newest either way.
  const shown = isPaged ? commits : commits.slice(-unpagedCommits);
  const page = `${webUrl}/${fullNameOf(repository)}/compare/${base}...${head}`;
  const whole = (list: readonly unknown[]) => ({
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitJson(repository, from),
    merge_base_commit: commitJson(repository, mergeBase),
    status,
    ahead_by: commits.length,
    behind_by: behindBy,
    total_commits: commits.length,
    commits: list,
    files: [],
  });
  const json = (commit: Commit) => commitJson(repository, commit);
  return isPaged ? paged(request, shown, json, whole) : Response.json(whole(shown.map(json)));
}

function latestRelease(repository: Repository): Response {
  const latest = repository.releases.find(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease);
  return latest ? Response.json(releaseJson(repository, latest)) : notFound();
}
