import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach } from 'vitest';
import { shortenDatabase } from './database.ts';
import { expectDescribed } from './platforms/x/described.ts';

shortenDatabase();
await applyD1Migrations(env.DB, env.MIGRATIONS);

afterEach(expectDescribed);
