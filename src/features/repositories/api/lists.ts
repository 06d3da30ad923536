import { type ApiAnswer, type ApiRequest, done, problem } from '../../../bot/api.ts';
import { MOST_WATCHES } from '../../../store/watchRules.ts';
import { namesOf, namesWanted, seekMany } from '../watching/many.ts';
import { readPasted } from '../watching/pasted.ts';
import { addressOf, personOf, readType, registerHook, typeNames } from './hooks.ts';
import { messages, watchProblem } from './texts.ts';
import { areOptions, registerAt } from './watches.ts';

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
