import { systemRuntime } from './lib/runtime.ts';
import { createTokenKeeperClass } from './tokenKeeper.ts';
import { createWorker } from './worker.ts';

export class TokenKeeper extends createTokenKeeperClass(systemRuntime) {}

export default createWorker(systemRuntime);
