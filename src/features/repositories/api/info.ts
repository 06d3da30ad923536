import type { ApiAnswer, ApiRequest } from '../../../bot/api.ts';
import { done } from '../../../bot/api.ts';
import { githubOf } from '../../../platforms/github/client.ts';
import { findRepository } from '../watching/find.ts';
import { watchProblem } from './texts.ts';

/** `GET /api/info/`: what GitHub shows of a public repository, and its branches, the default first. */
export async function info({ bot, fields, language }: ApiRequest): Promise<ApiAnswer> {
  const { id, repo } = fields;
  if (!/^[\w-]+$/.test(id) || !/^[\w.-]+$/.test(repo)) {
    return watchProblem('not-a-repository', language);
  }
  const found = await findRepository(bot, `${id}/${repo}`, null);
  if (!found.ok) return watchProblem(found.reason, language);
  const { owner, name, avatarUrl, createdAt, updatedAt, stars, forks } = found.value.repository;
  const branches = await githubOf(bot)?.branchNames(owner, name);
  if (!branches?.ok) return watchProblem('unavailable', language);
  return done(language, {
    avatar_url: avatarUrl,
    name,
    created_at: createdAt,
    updated_at: updatedAt,
    stargazers_count: stars,
    forks,
    branch_lists: branches.value,
    owner,
  });
}
