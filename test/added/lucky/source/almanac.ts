import { pageMemory, type Source } from '../../../../src/bot/source/source.ts';

/** A source as somebody adds it who has read CONTRIBUTING.md only. */
export const almanac: Source<{ readonly day: string }> = {
  id: 'almanac',
  memory: pageMemory,
  visit: async ({ day, memory }) => ({ outcome: { kind: 'items', items: [{ day }] }, memory }),
};
