import type { ApiAnswer, ApiRequest } from '../../../bot/api.ts';
import { done, problem } from '../../../bot/api.ts';
import type { ChannelInfo } from '../../../bot/platform.ts';
import { areKeepable, DEFAULT_OPTIONS } from '../store/options.ts';
import { readWatchOptions } from '../watching/options.ts';
import { registerHook } from './hooks.ts';
import { addressOf, personAt, readType, typeNames } from './people.ts';
import { messages, watchProblem } from './texts.ts';
import { carryOut, type Wish } from './wish.ts';

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
  };
  return type.hook ? registerHook(request, type, wish) : registerAt(request, type, address, wish);
}

async function registerAt(
  request: ApiRequest,
  type: ChannelInfo,
  address: string,
  wish: Wish,
): Promise<ApiAnswer> {
  const { bot, language } = request;
  const secret = await type.secretOf?.(bot, address);
  if (secret === null) return problem(503, messages.webhookOff, language);
  const carried = await carryOut(bot, await personAt(request, type, address), wish);
  if (!carried.ok) return watchProblem(carried.reason, language);
  return done(language, secret === undefined ? {} : { secret });
}

/** Whether words are options that can be kept; no words are none to set. */
function areOptions(words: string): boolean {
  if (words === '') return true;
  const options = readWatchOptions(DEFAULT_OPTIONS, words);
  return options !== null && areKeepable(options);
}
