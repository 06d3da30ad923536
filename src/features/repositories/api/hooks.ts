import * as v from 'valibot';
import type { ApiAnswer, ApiRequest } from '../../../bot/api.ts';
import { done, problem } from '../../../bot/api.ts';
import { askForProof } from '../../../bot/hooks/ask.ts';
import { proveHook } from '../../../bot/hooks/prove.ts';
import type { ChannelInfo } from '../../../bot/platform.ts';
import { unreachable } from '../../../lib/result.ts';
import { findRepository } from '../watching/find.ts';
import { readNickname } from '../watching/nickname.ts';
import { personAt, readType } from './people.ts';
import { messages, watchProblem } from './texts.ts';
import { carryOut, type Wish, wishSchema } from './wish.ts';

/**
 * Watches a branch for a room elsewhere, known by a secret address. One that was never proved is
 * sent a code first, and what is wished for it waits until the code comes back.
 */
export async function registerHook(
  request: ApiRequest,
  type: ChannelInfo,
  wish: Wish,
): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const platform = type.hook?.of(bot);
  const address = platform?.read(fields.id) ?? null;
  if (platform === undefined || address === null) return problem(400, messages.id, language);
  // Nobody is sent a code for what could not be registered anyway.
  if (readNickname(wish.nickname) === null) return watchProblem('nickname-invalid', language);
  const found = await findRepository(bot, wish.address, wish.branch);
  if (!found.ok) return watchProblem(found.reason, language);
  const asked = await askForProof(bot, platform, { address, wish, language, link: null });
  switch (asked.kind) {
    case 'sent':
    case 'open':
      return done(language, { proof: 'code' }, messages.codeSent);
    case 'proved': {
      const person = await personAt(request, type, asked.address);
      const carried = await carryOut(bot, person, wish);
      return carried.ok ? done(language) : watchProblem(carried.reason, language);
    }
    case 'too-many':
      return problem(429, messages.tooManyCodes, language);
    case 'gone':
      return problem(404, messages.hookGone, language);
    case 'wait':
      return problem(503, messages.hookWaits, language);
    case 'failed':
      return problem(502, messages.hookFailed, language);
    case 'off':
      return problem(503, messages.webhookOff, language);
    default:
      return unreachable(asked);
  }
}

/** `POST /api/proof/`: the code that an address was sent comes back, and what was wished is done. */
export async function prove(request: ApiRequest): Promise<ApiAnswer> {
  const { bot, fields, language } = request;
  const type = readType(bot, fields.type);
  const platform = type?.hook?.of(bot);
  const address = platform?.read(fields.id) ?? null;
  if (!type || !platform || address === null) return problem(400, messages.id, language);
  const proved = await proveHook(bot, platform, address, fields.code);
  switch (proved.kind) {
    case 'proved': {
      const person = await personAt(request, type, proved.address);
      for (const kept of proved.wishes) {
        const wish = v.safeParse(wishSchema, kept);
        if (!wish.success) continue;
        const carried = await carryOut(bot, person, wish.output);
        if (!carried.ok) return watchProblem(carried.reason, language);
      }
      return done(language);
    }
    case 'wrong':
      return problem(400, messages.codeWrong, language);
    case 'over':
      return problem(410, messages.codeOver, language);
    case 'unknown':
      return problem(404, messages.noPerson, language);
    default:
      return unreachable(proved);
  }
}
