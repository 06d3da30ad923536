import { Stop } from '../stop.ts';
import { adviceFor } from './advice.ts';
import { ApiError } from './api.ts';

/** wrangler did not do what it was asked; it has said why. */
export class WranglerError extends Error {
  override readonly name = 'WranglerError';
  readonly code: number | undefined;

  constructor(args: readonly string[], code: number | undefined) {
    super(`wrangler ${args.filter((arg) => /^[a-z0-9]+$/i.test(arg)).join(' ')}`);
    this.code = code;
  }
}

/** Numbers the steps; one that fails says which it was, what Cloudflare said and what to do. */
export function createSteps(say: (line: string) => void) {
  let count = 0;
  return async <Result>(ko: string, en: string, work: () => Promise<Result>): Promise<Result> => {
    count += 1;
    say(`\n▶ ${count}. ${ko} / ${en}`);
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof ApiError) throw stopped(count, ko, en, cause, cause.code, cause.call);
      if (cause instanceof WranglerError) {
        throw stopped(count, ko, en, cause, cause.code, cause.message);
      }
      throw cause;
    }
  };
}

function stopped(
  count: number,
  ko: string,
  en: string,
  cause: Error,
  code: number | null | undefined,
  call: string,
): Stop {
  const advice = adviceFor(code === undefined ? 0 : code);
  const said = cause instanceof ApiError ? `${cause.message}, ` : '';
  const number = typeof code === 'number' ? `${said}code ${code}, ${call}` : `${said}${call}`;
  return new Stop(
    `${count}. ${ko}에서 멈췄어요 (${number}).\n${advice.ko}\n고친 뒤 npm run deploy를 다시 실행해 주세요. 끝난 단계는 그대로 두고 이어서 해요.`,
    `Stopped at ${count}. ${en}.\n${advice.en}\nThen run npm run deploy again: finished steps are left alone.`,
    { cause },
  );
}
