import * as v from 'valibot';
import { jsonOf, send } from '../../lib/outbound.ts';
import { type Fact, spareFacts } from './pick.ts';

const LIMITS = { timeoutMs: 1000, maxBytes: 256 * 1024 };

const FactRow = v.object({ id: v.string(), ko: v.string(), en: v.string() });
const FactFile = v.pipe(v.array(FactRow), v.minLength(1));

type Assets = Pick<Fetcher, 'fetch'>;

/** Each isolate has one binding and reads the file once by it. */
const read = new WeakMap<Assets, readonly Fact[]>();

/**
 * Every cat fact that the bot tells without asking anyone (src/assets/catfacts.json, which also says
 * who vouches for each), or the spare ones when that file cannot be read.
 *
 * @param assets the Worker's static assets
 */
export async function readFacts(assets: Assets): Promise<readonly Fact[]> {
  const known = read.get(assets);
  if (known) return known;
  // The binding looks at the path only.
  const request = new Request('https://assets.invalid/catfacts.json');
  const answer = await send({ fetch: (sent) => assets.fetch(sent) }, request, LIMITS);
  if ('failed' in answer || answer.status !== 200) return spareFacts;
  const file = v.safeParse(FactFile, jsonOf(answer));
  if (!file.success) return spareFacts;
  read.set(assets, file.output);
  return file.output;
}
