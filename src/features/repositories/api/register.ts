import type { ApiAnswer, ApiRequest } from '../../../bot/api.ts';
import { done, problem } from '../../../bot/api.ts';
import { utf8 } from '../../../lib/encoding.ts';
import {
  setWatchOptions,
  TAG_PATTERN_BYTES,
  type WatchOptions,
  watchesOf,
} from '../store/watches.ts';
import { readWatchOptions } from '../watching/options.ts';
import { registerWatch } from '../watching/register.ts';
import { addressOf, personAt, readType } from './people.ts';
import { messages, watchProblem } from './texts.ts';

/** How a watch begins (the table's own defaults): what words are tried on before there is one. */
const beginning: WatchOptions = {
  commits: true,
  releases: false,
  prereleases: false,
  tagPattern: null,
  smallestStep: 'any',
  digest: 'instant',
  digestHour: 9,
};

/** `POST /api/`: watches a branch for somebody; the same branch again changes its nickname. */
export async function register(request: ApiRequest): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const type = readType(fields.type);
  if (type === null) return problem(400, messages.type, language);
  const address = addressOf(bot, type, fields.id);
  if (address === null) return problem(400, messages.id, language);
  if (!areOptions(fields.options)) return problem(400, messages.options, language);
  const secret = type === 'webhook' ? await bot.webhookSecretOf(address) : undefined;
  if (secret === null) return problem(503, messages.webhookOff, language);
  const person = await personAt(request, type, address);
  const registered = await registerWatch(bot, person, {
    address: fields.fav_repository,
    branch: fields.branch,
    nickname: fields.nick_name,
  });
  if (!registered.ok) return watchProblem(registered.reason, language);
  if (fields.options !== '') {
    const watches = await watchesOf(bot.db, person.id);
    const watch = watches.find(({ nickname }) => nickname === registered.value.nickname);
    const options = watch && readWatchOptions(watch.options, fields.options);
    if (options) {
      await setWatchOptions(bot.db, person.id, watch.id, options, bot.runtime.now());
    }
  }
  return done(language, secret === undefined ? {} : { secret });
}

/** Whether words are options that can be kept; no words are none to set. */
function areOptions(words: string): boolean {
  if (words === '') return true;
  const options = readWatchOptions(beginning, words);
  return options !== null && utf8(options.tagPattern ?? '').length <= TAG_PATTERN_BYTES;
}
