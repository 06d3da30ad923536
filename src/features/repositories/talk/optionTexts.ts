import type { Language } from '../../../lib/time.ts';
import type { WatchOptions } from '../store/watches.ts';

const words = {
  ko: {
    both: '커밋과 릴리스',
    commits: '커밋만',
    releases: '릴리스만',
    prereleases: '프리릴리스 포함',
    tag: (pattern: string) => `태그 ${pattern}`,
    any: '',
    minor: '마이너까지',
    major: '메이저만',
    instant: '바로',
    hourly: '매시간',
    daily: (hour: number) => `매일 ${hour}시`,
  },
  en: {
    both: 'commits and releases',
    commits: 'commits only',
    releases: 'releases only',
    prereleases: 'with prereleases',
    tag: (pattern: string) => `tag ${pattern}`,
    any: '',
    minor: 'minor versions too',
    major: 'major versions only',
    instant: 'instant',
    hourly: 'hourly',
    daily: (hour: number) => `daily at ${hour}:00`,
  },
} as const;

/** The options of a watch in words, those of releases only when releases are told. */
export function describeOptions(options: WatchOptions, language: Language): string {
  const say = words[language];
  const { commits, releases, prereleases, tagPattern, smallestStep, digest, digestHour } = options;
  const kinds = commits && releases ? say.both : commits ? say.commits : say.releases;
  const filters = releases
    ? [
        prereleases ? say.prereleases : '',
        tagPattern === null ? '' : say.tag(tagPattern),
        say[smallestStep],
      ]
    : [];
  const when = digest === 'daily' ? say.daily(digestHour) : say[digest];
  return [kinds, ...filters, when].filter((part) => part !== '').join(' · ');
}
