import { inject } from 'vitest';

Reflect.set(globalThis, 'mutant', inject('mutant'));

declare module 'vitest' {
  interface ProvidedContext {
    /** Number of the mutant that lives in this run; 0: none. */
    readonly mutant: number;
  }
}
