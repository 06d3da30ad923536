import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { createWorker } from '../../src/index.ts';
import type { SayOptions } from '../sandbox/kakao/skill-request.ts';
import type { SkillTurn } from '../sandbox/kakao/types.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createHarness, type Harness } from './harness.ts';

export const SKILL = 'https://soshik.example/skill';

type Language = 'ko' | 'en';

/** The whole Worker behind the Kakao chatbot, and a repository to talk about. */
export async function createChat(...options: Parameters<typeof createHarness>): Promise<Harness> {
  const harness = await createHarness(...options);
  const { kakao, github } = harness.world;
  kakao.reachBy((request) => harness.fetch(request));
  kakao.connectSkill(SKILL, sandboxSecrets.KAKAO_SKILL_TOKEN);
  github.addRepository({
    owner: 'hana',
    name: 'garden',
    branches: ['main', 'dev', 'feat/roses'],
  });
  return harness;
}

/** One of the two who use the chatbot. */
export function chatter({ world }: Harness, language: Language = 'ko') {
  const person = world.kakao.people.find((one) => one.language === language);
  if (!person) throw new Error(`nobody reads ${language}`);
  return person;
}

/** One turn of the chat; Kakao must have found nothing wrong with the answer. */
export async function turn(
  harness: Harness,
  text: string,
  options: SayOptions & { readonly language?: Language } = {},
): Promise<SkillTurn> {
  const { language, ...how } = options;
  const said = await harness.world.kakao.say(chatter(harness, language).id, text, how);
  if (said.problems.length > 0) throw new Error(`${text}: ${said.problems.join('; ')}`);
  return said;
}

/** What the bot answers in the chat. */
export async function say(...said: Parameters<typeof turn>): Promise<string> {
  return (await turn(...said)).entry?.text ?? '(silence)';
}

/** The words under an answer. */
export function repliesOf({ entry }: SkillTurn): string[] {
  return (entry?.quickReplies ?? []).map(({ label }) => label);
}

/**
 * Kakao as it really waits: the answer comes as soon as the Worker gives it, what the Worker does
 * afterwards goes on. Resolves with what ends that.
 */
export function answerEarly(harness: Harness): () => Promise<void> {
  const worker = createWorker(harness.runtime);
  const contexts: ExecutionContext[] = [];
  harness.world.kakao.reachBy((request) => {
    const context = createExecutionContext();
    contexts.push(context);
    const incoming = new Request<unknown, IncomingRequestCfProperties>(request);
    return Promise.resolve(worker.fetch(incoming, harness.env, context));
  });
  return async () => {
    for (const context of contexts.splice(0)) await waitOnExecutionContext(context);
  };
}
