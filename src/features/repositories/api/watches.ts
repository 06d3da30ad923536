import { type ApiAnswer, type ApiRequest, done, problem } from '../../../bot/api.ts';
import type { ChannelInfo } from '../../../bot/platform.ts';
import type { Result } from '../../../lib/result.ts';
import { parseRepositoryAddress } from '../../../platforms/github/api/addresses.ts';
import { MOST_WATCHES, nicknameKey } from '../../../store/watchRules.ts';
import { areKeepable, DEFAULT_OPTIONS } from '../store/options.ts';
import { removeWatch, type Watch, watchesOf } from '../store/watches.ts';
import type { WatchProblem } from '../talk/texts.ts';
import { commitsSince, findRepository, type Since } from '../watching/find.ts';
import { namesOf, namesWanted, seekMany } from '../watching/many.ts';
import { readWatchOptions } from '../watching/options.ts';
import { readPasted } from '../watching/pasted.ts';
import { addressOf, personAt, personOf, readType, registerHook, typeNames } from './hooks.ts';
import { carryOut, messages, type Wish, watchProblem } from './texts.ts';

/** What somebody watches. */
interface Watched {
  /** Id of the person. */
  readonly person: number;
  readonly watches: readonly Watch[];
}

/** Hands over what somebody watches; an id that nobody has is answered here. */
function ofPerson(
  handle: (request: ApiRequest, watched: Watched) => Promise<ApiAnswer> | ApiAnswer,
): (request: ApiRequest) => Promise<ApiAnswer> {
  return async (request) => {
    const { bot, fields, language } = request;
    if (fields.type !== '' && readType(bot, fields.type) === null) {
      return problem(400, messages.type, language, typeNames(bot));
    }
    const person = await personOf(request);
    if (person === null) return problem(404, messages.noPerson, language);
    return handle(request, {
      person: person.id,
      // What is private is for the owner's chat alone, not for programs.
      watches: (await watchesOf(bot.db, person.id, bot.runtime.now())).filter(
        ({ seesPrivate }) => !seesPrivate,
      ),
    });
  };
}

/** `GET /api/alias/`: the nicknames somebody uses, in the order they were registered. */
export const aliases = ofPerson(({ language }, { watches }) =>
  done(language, { alias: watches.map(({ nickname }) => nickname) }),
);

/** `GET /api/git/`: the repository and branch behind a nickname. */
export const git = ofPerson(({ fields, language }, { watches }) => {
  const watch = watches.find(hasNickname(fields.nick_name));
  if (!watch) return problem(404, messages.noWatch, language);
  const { repository, branch } = watch;
  const repoUrl = `https://github.com/${repository.owner}/${repository.name}`;
  return done(language, { repoUrl, repoBranch: branch.name });
});

/** `DELETE /api/del/`: a nickname, in one repository if that is named too, is not watched any more. */
export const remove = ofPerson(async (request, { person, watches }) => {
  const { bot, fields, language } = request;
  const named = watches.filter(hasNickname(fields.nick_name));
  const found =
    fields.fav_repository === ''
      ? { ok: true as const, value: named[0] }
      : await inRepository(request, named);
  if (!found.ok) return watchProblem(found.reason, language);
  const isRemoved = found.value && (await removeWatch(bot.db, person, found.value.id));
  return isRemoved
    ? done(language, {}, messages.deleted)
    : problem(404, messages.noWatch, language);
});

/** `GET /api/`: GitHub's commit objects since the last time, newest first. Reading consumes. */
export const commits = ofPerson(async (request, { watches }) => {
  const { bot, fields, language } = request;
  const isNamed = hasNickname(fields.nick_name);
  const found = await inRepository(
    request,
    watches.filter((watch) => isNamed(watch) && watch.branch.name === fields.branch),
  );
  if (!found.ok) return watchProblem(found.reason, language);
  if (!found.value) return problem(404, messages.noWatch, language);
  const since = await commitsSince(bot, found.value);
  if (!since.ok) return watchProblem(since.reason, language);
  const { writes } = since.value;
  if (writes.length > 0) await bot.db.batch([...writes]);
  return { status: 200, body: commitObjects(since.value) };
});

function hasNickname(nickname: string): (watch: Watch) => boolean {
  const key = nicknameKey(nickname);
  return (watch) => nicknameKey(watch.nickname) === key;
}

/** The one of the watches that is of the repository in `fav_repository`, by any name it has had. */
async function inRepository(
  { bot, fields }: ApiRequest,
  watches: readonly Watch[],
): Promise<Result<Watch | undefined, { readonly reason: WatchProblem }>> {
  const parsed = parseRepositoryAddress(fields.fav_repository);
  if (!parsed.ok) return parsed;
  const fullName = `${parsed.value.owner}/${parsed.value.name}`;
  const sameName = watches.find(
    ({ repository: { owner, name } }) =>
      `${owner}/${name}`.toLowerCase() === fullName.toLowerCase(),
  );
  if (sameName || watches.length === 0) return { ok: true, value: sameName };
  const found = await findRepository(bot, fullName, null);
  if (!found.ok) return found;
  const { id } = found.value.repository;
  return { ok: true, value: watches.find(({ repository }) => repository.id === id) };
}

/** GitHub's own objects, else the same members as far as they are known. */
function commitObjects({ raw, commits: known }: Since): readonly unknown[] {
  if (raw.length > 0) return raw.toReversed();
  return known.map(({ sha, message, author: name, email, at, url }) => {
    const person = { name, email, date: new Date(at).toISOString() };
    return { sha, html_url: url, commit: { author: person, committer: person, message } };
  });
}

/** `GET /api/info/`: what GitHub shows of a public repository, and its branches, the default first. */
export async function info({ bot, fields, language }: ApiRequest): Promise<ApiAnswer> {
  const { id, repo } = fields;
  if (!/^[\w-]+$/.test(id) || !/^[\w.-]+$/.test(repo)) {
    return watchProblem('not-a-repository', language);
  }
  const found = await findRepository(bot, `${id}/${repo}`, null);
  if (!found.ok) return watchProblem(found.reason, language);
  const { github, repository } = found.value;
  const { owner, name, avatarUrl, createdAt, updatedAt, stars, forks } = repository;
  const branches = await github.branchNames(owner, name);
  if (!branches.ok) return watchProblem('unavailable', language);
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

/** `POST /api/`: watches a branch for somebody; the same branch again changes its nickname. */
export async function register(request: ApiRequest): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const type = readType(bot, fields.type);
  if (type === null) {
    return problem(400, messages.type, language, typeNames(bot));
  }
  const address = await addressOf(bot, type, fields.id);
  if (address === null) return problem(400, messages.id, language);
  if (!areOptions(fields.options)) return problem(400, messages.options, language);
  const wish: Wish = {
    address: fields.fav_repository,
    branch: fields.branch,
    nickname: fields.nick_name,
    options: fields.options,
    list: [],
  };
  return type.hook ? registerHook(request, type, wish) : registerAt(request, type, address, wish);
}

/**
 * Watches what is wished for somebody who needs not be asked for a proof.
 *
 * @param members of the answer, beside its own
 */
export async function registerAt(
  request: ApiRequest,
  type: ChannelInfo,
  address: string,
  wish: Wish,
  members: Readonly<Record<string, unknown>> = {},
): Promise<ApiAnswer> {
  const { bot, language } = request;
  const secret = await type.secretOf?.(bot, address);
  if (secret === null) return problem(503, messages.webhookOff, language);
  const carried = await carryOut(bot, await personAt(request, type, address), wish);
  if (!carried.ok) return watchProblem(carried.reason, language);
  return done(language, { ...members, ...carried.value, ...(secret !== undefined && { secret }) });
}

/** Whether words are options that can be kept; no words are none to set. */
export function areOptions(words: string): boolean {
  if (words === '') return true;
  const options = readWatchOptions(DEFAULT_OPTIONS, words);
  return options !== null && areKeepable(options);
}

/**
 * `POST /api/list/`: watches a whole list, or what an account starred, for releases; with `preview` it
 * only tells what would be watched.
 */
export async function registerMany(request: ApiRequest): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const type = readType(bot, fields.type);
  if (type === null) return problem(400, messages.type, language, typeNames(bot));
  const address = await addressOf(bot, type, fields.id);
  if (address === null) return problem(400, messages.id, language);
  if (!areOptions(fields.options)) return problem(400, messages.options, language);
  const pasted = readPasted(fields.list);
  const wanted = await namesWanted(bot, { pasted, login: fields.stars });
  if (!wanted.ok) {
    return wanted.reason === 'no-account'
      ? problem(404, messages.noAccount, language)
      : watchProblem(wanted.reason, language);
  }
  if (wanted.value.length + pasted.names.length + pasted.elsewhere.length === 0) {
    return problem(400, messages.noList, language);
  }
  // Nobody has this id.
  const person = (await personOf(request)) ?? { id: 0 };
  const sought = await seekMany(bot, person, wanted.value);
  if (!sought.ok) return watchProblem(sought.reason, language);
  const { found, watches, left, ...others } = sought.value;
  const room = Math.max(0, MOST_WATCHES - watches.length);
  const all = namesOf(found);
  const list = all.slice(0, room);
  const members = {
    repositories: list,
    ...others,
    names: pasted.names,
    elsewhere: pasted.elsewhere,
    left: [...all.slice(room), ...left],
  };
  const isPreview = !['', 'false', '0', 'no'].includes(fields.preview.toLowerCase());
  if (isPreview || list.length === 0) return done(language, members);
  const wish = { address: '', branch: '', nickname: '', options: fields.options, list };
  return type.hook
    ? registerHook(request, type, wish, members)
    : registerAt(request, type, address, wish, members);
}
