import type { Bot } from '../../../bot/context.ts';
import type { Language } from '../../../lib/time.ts';
import { branchesUnder } from '../store/covered.ts';
import type { Watch } from '../store/watches.ts';
import { instantText, watchTexts } from '../talk/texts.ts';

/** So many branches are named. */
const MOST_NAMED = 20;

/** What a watch of a pattern covers now, the branches with the latest news first. */
export async function coveringText(
  { db, runtime, config }: Pick<Bot, 'db' | 'runtime' | 'config'>,
  { nickname, repository, branch }: Watch,
  language: Language,
): Promise<string> {
  const covered = await branchesUnder(db, branch.id);
  const now = runtime.now();
  const lines = covered.slice(0, MOST_NAMED).map(({ name, newsAt }) => {
    if (newsAt === null) return name;
    const when = instantText(newsAt, now, config.timeZone, language);
    return `${name} (${watchTexts.lastNews[language](when)})`;
  });
  const rest = covered.length - lines.length;
  return [
    `[${nickname}] ${repository.owner}/${repository.name} · ${branch.name}`,
    watchTexts.covers[language](covered.length),
    ...(lines.length > 0 ? ['', ...lines] : []),
    ...(rest > 0 ? [watchTexts.andMore[language](rest)] : []),
  ].join('\n');
}
