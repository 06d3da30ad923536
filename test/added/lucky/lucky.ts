import type { Feature } from '../../../src/bot/feature.ts';
import { daily, defineJob } from '../../../src/bot/jobs/job.ts';
import { visitSource } from '../../../src/bot/source/source.ts';
import type { Phrasing } from '../../../src/bot/talk/grammar/choose.ts';
import type { Words } from '../../../src/bot/talk/grammar/utterance.ts';
import type { Intent } from '../../../src/bot/talk/types.ts';
import { DAY_MS } from '../../../src/lib/time.ts';
import { almanac } from './source/almanac.ts';

const words: Words = { clover: '네잎클로버, 클로버, clover, clovers' };
const phrasings: readonly Phrasing[] = [{ says: ['clover'], with: 'show want more number' }];

const clover: Intent = {
  id: 'clover',
  phrasings,
  example: { ko: '클로버', en: 'clover' },
  reply: async (_bot, person) => ({
    text: { ko: '오늘은 네 잎이에요.', en: 'Four leaves today.' }[person.language],
    suggestions: [],
    person,
  }),
};

const job = defineJob({
  id: 'clover-count',
  name: { ko: '클로버 세기', en: 'Clovers counted' },
  schedule: daily(3),
  catchUpMs: DAY_MS,
  counts: { clovers: { ko: '클로버', en: 'clovers' } },
  run: async (bot) => {
    const { outcome, record } = await visitSource(bot, almanac);
    await record().run();
    return outcome.kind === 'items'
      ? { kind: 'done', counts: { clovers: outcome.items.length }, reason: null }
      : { kind: 'failed', counts: {}, reason: outcome.kind };
  },
});

/** A feature as somebody adds it who has read CONTRIBUTING.md only. */
export const lucky: Feature = {
  id: 'lucky',
  name: { ko: '네잎클로버', en: 'Clovers' },
  parts: [
    { id: 'lucky', name: { ko: '네잎클로버', en: 'Clovers' }, state: () => ({ state: 'on' }) },
  ],
  jobs: [job],
  intents: [clover],
  vocabulary: { words },
  talk: {
    help: [
      { say: { ko: '클로버', en: 'clover' }, gives: { ko: '오늘의 클로버', en: 'a clover a day' } },
    ],
    suggestions: [{ ko: '클로버', en: 'clover' }],
    commands: { clover: { ko: '오늘의 클로버', en: 'A clover a day' } },
  },
  sources: async () => [{ id: almanac.id, name: { ko: '책력', en: 'The almanac' } }],
};
