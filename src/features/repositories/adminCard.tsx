import type { Bot } from '../../bot/context.ts';
import type { CardView } from '../../bot/platform.ts';
import { counted } from '../../ui/admin/flash.ts';
import { say, type Text } from '../../ui/language.ts';
import { Card, Row, Time } from '../../ui/parts.tsx';
import { pauseMs } from './polling/visit.ts';
import { countWatched } from './store/wanted.ts';

const texts = {
  watched: { ko: '지켜보는 것', en: 'Watched' },
  watchedText: {
    ko: '저장소 {repositories} · 브랜치 {branches} · 구독 {watches}',
    en: 'repositories {repositories} · branches {branches} · watches {watches}',
  },
  budget: { ko: 'GitHub 한도', en: 'Limit at GitHub' },
  budgetFine: { ko: '걸리지 않았어요', en: 'not reached' },
  budgetUsed: { ko: '거의 다 써서 이때까지 쉬어요:', en: 'nearly used up; resting until' },
} as const satisfies Record<string, Text>;

/** What is watched, and whether GitHub has to be left alone for a while. */
export async function watchedCard({ db }: Bot, view: CardView) {
  const { language, now } = view;
  const [counts, pausedMs] = await Promise.all([countWatched(db), pauseMs(db, now)]);
  return (
    <Card title={say(texts.watched, language)} id="watched">
      <ul class="rows">
        <Row
          title={say(texts.budget, language)}
          lines={[
            pausedMs === 0 ? (
              say(texts.budgetFine, language)
            ) : (
              <>
                {say(texts.budgetUsed, language)} <Time at={now + pausedMs} {...view} />
              </>
            ),
          ]}
        />
        <Row
          title={say(texts.watched, language)}
          lines={[
            say(texts.watchedText, language, {
              repositories: counted(counts.repositories),
              branches: counted(counts.branches),
              watches: counted(counts.watches),
            }),
          ]}
        />
      </ul>
    </Card>
  );
}
