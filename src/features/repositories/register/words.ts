import type { Language } from '../../../lib/time.ts';
import type { WatchOptions } from '../store/watches.ts';

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
  const said = optionWords(options, language);
  if (said.length === 0) return null;
  return `${language === 'ko' ? '설정' : 'set'} ${nickname} ${said.join(' ')}`;
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

const sayings = {
  ko: {
    releases: '릴리스만',
    both: '모두',
    prereleases: '프리릴리스 포함',
    tag: '태그',
    minor: '마이너까지',
    major: '메이저만',
    hourly: '매시간',
    daily: (hour: number) => `매일 ${hour}시`,
  },
  en: {
    releases: 'releases',
    both: 'both',
    prereleases: 'with prereleases',
    tag: 'tag',
    minor: 'minor too',
    major: 'major only',
    hourly: 'hourly',
    daily: (hour: number) => `daily ${hour}`,
  },
} as const;

/** What differs from the options of a new watch: every commit, at once, and nothing else. */
function optionWords(options: WatchOptions, language: Language): string[] {
  const say = sayings[language];
  const { commits, releases, prereleases, tagPattern, smallestStep, digest, digestHour } = options;
  const kinds = releases ? [commits ? say.both : say.releases] : [];
  return [
    ...kinds,
    ...(prereleases ? [say.prereleases] : []),
    ...(tagPattern === null ? [] : [`${say.tag} ${tagPattern}`]),
    ...(smallestStep === 'any' ? [] : [say[smallestStep]]),
    ...(digest === 'instant' ? [] : [digest === 'daily' ? say.daily(digestHour) : say.hourly]),
  ];
}
