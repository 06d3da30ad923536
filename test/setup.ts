import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach } from 'vitest';
import { expectDescribed } from './platforms/x/described.ts';

await applyD1Migrations(env.DB, env.MIGRATIONS);

afterEach(expectDescribed);
