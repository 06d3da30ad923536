import * as v from 'valibot';
import { jsonOf, send } from '../../lib/outbound.ts';
import type { Runtime } from '../../lib/runtime.ts';

/** The CatFactBot's own limit, in characters: asked of the service and checked on what it answers. */
const MAX_LENGTH = 150;
const LIMITS = { timeoutMs: 1500, maxBytes: 64 * 1024 };

const FactText = v.pipe(v.string(), v.transform(plain), v.minLength(1), v.maxLength(MAX_LENGTH));
const FactRow = v.object({ fact: FactText });
const FactPage = v.object({ data: v.array(FactRow) });

/**
 * English cat facts from catfact.ninja (`GET /fact`, `GET /facts`), each of one line and at most 150
 * characters.
 *
 * @param apiUrl the service's address without a slash at the end
 * @param count how many, at least 1
 * @param contact the owner's address for the User-Agent (Workers send none by themselves)
 * @returns exactly `count` facts, or `null` when the service does not give them in 1.5 seconds: tell
 *   bundled facts then
 */
export async function fetchEnglishFacts({
  runtime,
  apiUrl,
  count,
  contact,
}: {
  readonly runtime: Pick<Runtime, 'fetch'>;
  readonly apiUrl: string;
  readonly count: number;
  readonly contact: string;
}): Promise<string[] | null> {
  const path = count === 1 ? 'fact?' : `facts?limit=${count}&`;
  const request = new Request(`${apiUrl}/${path}max_length=${MAX_LENGTH}`, {
    headers: { accept: 'application/json', 'user-agent': `soshik (+${contact})` },
  });
  const answer = await send(runtime, request, LIMITS);
  if ('failed' in answer || answer.status !== 200) return null;
  const texts = count === 1 ? oneOf(jsonOf(answer)) : severalOf(jsonOf(answer));
  return texts.length === count ? texts : null;
}

function oneOf(body: unknown): string[] {
  const row = v.safeParse(FactRow, body);
  return row.success ? [row.output.fact] : [];
}

function severalOf(body: unknown): string[] {
  const page = v.safeParse(FactPage, body);
  return page.success ? page.output.data.map((row) => row.fact) : [];
}

/** One line without control, invisible or broken characters. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}
