import { existsSync, statfsSync } from 'node:fs';

/** Linux keeps these files in memory. */
const SHARED_MEMORY = '/dev/shm';
/** A container may have 64 MiB of it, which a browser alone fills. */
const ENOUGH_BYTES = 1024 ** 3;

/**
 * Has the local D1, KV and objects put where writing takes no time: they sync their files at every
 * statement, also at one that only reads, and tests wait longer for a disk than for anything else.
 */
export function keepStorageInMemory(): void {
  if (process.env['TMPDIR'] !== undefined || !existsSync(SHARED_MEMORY)) return;
  const { bavail, bsize } = statfsSync(SHARED_MEMORY);
  if (bavail * bsize >= ENOUGH_BYTES) process.env['TMPDIR'] = SHARED_MEMORY;
}
