import { createTokenKeeperClass } from './doors/tokenKeeper.ts';
import { systemRuntime } from './lib/runtime.ts';
import { createWorker } from './worker.ts';

export class TokenKeeper extends createTokenKeeperClass(systemRuntime) {}

export default createWorker(systemRuntime);
