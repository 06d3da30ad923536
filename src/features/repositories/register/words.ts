import type { Language } from '../../../lib/time.ts';
import type { WatchOptions } from '../store/options.ts';
import { optionWordsFor } from '../watching/options.ts';

/** A branch that somebody is about to watch, under the name they gave it. */
export interface Wanted {
  readonly owner: string;
  readonly name: string;
  readonly branch: string;
  readonly nickname: string;
  readonly options: WatchOptions;
}

/** What to say in the chat to watch it, as the bot's grammar reads it. */
export function watchWords(wanted: Wanted, language: Language): string {
  const { owner, name, branch, nickname } = wanted;
  const verb = language === 'ko' ? '구독' : 'watch';
  return `${verb} ${owner}/${name} ${branch} as ${nickname}`;
}

/** What to say after that, when something else is to be told than is by itself. */
export function settingWords({ nickname, options }: Wanted, language: Language): string | null {
  const said = optionWordsFor(options, language);
  return said === null ? null : `${language === 'ko' ? '설정' : 'set'} ${nickname} ${said}`;
}

/** What the QR code holds that the seed's KakaoTalk channel reads. */
export function kakaoCode({ owner, name, branch, nickname }: Wanted): string {
  return JSON.stringify({
    url: `https://github.com/${owner}/${name}`,
    alias: encodeURIComponent(nickname),
    branch,
    type: 'kakao',
  });
}
