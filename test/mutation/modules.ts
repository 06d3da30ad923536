/** What must never be wrong, the tests that hold it, and where they run. */
export interface Core {
  readonly name: string;
  readonly modules: readonly string[];
  readonly tests: readonly string[];
  /** D1, KV and Durable Objects are needed: the Workers runtime starts for each mutant. */
  readonly needsRuntime?: boolean;
}

export const core: readonly Core[] = [
  {
    name: 'signature',
    modules: ['src/platforms/x/api/signature.ts'],
    tests: ['test/platforms/x/api/signature.test.ts'],
  },
  {
    name: 'OAuth 1.0a',
    modules: ['src/platforms/x/api/oauth1.ts'],
    tests: [
      'test/platforms/x/api/oauth1.test.ts',
      'test/platforms/x/api/oauth1.oracle.node.test.ts',
    ],
  },
  {
    name: 'poll decision',
    modules: ['src/features/repositories/polling/decide.ts'],
    tests: ['test/features/repositories/polling/decide.test.ts'],
  },
  {
    name: 'release choice',
    modules: ['src/features/repositories/polling/releases.ts'],
    tests: [
      'test/features/repositories/polling/releases.test.ts',
      'test/features/repositories/polling/versions.test.ts',
    ],
  },
  {
    name: 'text length',
    modules: ['src/platforms/x/api/weight.ts', 'src/platforms/kakao/api/text.ts'],
    tests: [
      'test/platforms/x/api/text.test.ts',
      'test/platforms/x/api/text.oracle.node.test.ts',
      'test/platforms/kakao/api/text.test.ts',
      'test/platforms/kakao/api/templates.test.ts',
    ],
  },
  {
    name: 'grammar',
    modules: [
      'src/bot/talk/grammar/choose.ts',
      'src/bot/talk/grammar/correct.ts',
      'src/bot/talk/grammar/find.ts',
      'src/bot/talk/grammar/parse.ts',
      'src/bot/talk/grammar/normalize.ts',
      'src/bot/talk/grammar/segment.ts',
    ],
    tests: ['test/bot/talk/corpus.test.ts', 'test/bot/talk/grammar/words.test.ts'],
  },
  {
    name: 'inbox',
    modules: ['src/store/inbox.ts'],
    tests: [
      'test/worker/directMessages.test.ts',
      'test/worker/telegram.test.ts',
      'test/store/inbox.test.ts',
      'test/store/rows.test.ts',
    ],
    needsRuntime: true,
  },
  {
    name: 'outbox',
    modules: ['src/bot/outbox/deliver.ts', 'src/bot/outbox/drain.ts'],
    tests: [
      'test/bot/outbox/lanes.test.ts',
      'test/bot/outbox/tries.test.ts',
      'test/bot/outbox/places.test.ts',
      'test/bot/outbox/posts.test.ts',
    ],
    needsRuntime: true,
  },
  {
    name: 'patience',
    modules: ['src/bot/talk/patience.ts', 'src/store/patience.ts'],
    tests: ['test/store/patience.test.ts', 'test/worker/flood.test.ts'],
    needsRuntime: true,
  },
  {
    name: 'token keeper',
    modules: ['src/store/tokenKeeper.ts', 'src/store/tokenRenewal.ts'],
    tests: [
      'test/store/tokenKeeper.test.ts',
      'test/store/tokenKeeper.renewal.test.ts',
      'test/store/tokenKeeper.storage.test.ts',
    ],
    needsRuntime: true,
  },
];
