import type { Bot } from '../../bot/context.ts';
import type { Skill } from '../../bot/feature.ts';
import { createRoutes, type Doors, noteRefused, type Routes, type Take } from '../../bot/http.ts';
import { type Answer, answerNow, refuse } from '../../bot/receive.ts';
import { suggestionsIn } from '../../bot/talk/hint.ts';
import { slowDownText } from '../../bot/talk/patience.ts';
import { fetchWords, texts } from '../../bot/talk/talkTexts.ts';
import { errorCode, log } from '../../lib/log.ts';
import { readBody } from '../../lib/outbound.ts';
import { isSameSecret } from '../../lib/sameSecret.ts';
import { type Language, MINUTE_MS } from '../../lib/time.ts';
import { type Allowance, countUse, whoIs } from '../../store/patience.ts';
import { type Encounter, keepLateAnswer, meetPerson, type Person } from '../../store/people.ts';
import { answerLater, readSkillRequest, type SkillRequest } from './api/bot.ts';
import { callbackPromise, type SkillAnswer, textAnswer } from './api/skillAnswer.ts';
import { kakaoSettings } from './settings.ts';
import { readKakaoLogin } from './store/kakaoLogins.ts';
import { hasUntied, tieChat } from './store/kakaoTies.ts';

const MAX_BODY_BYTES = 256 * 1024;
/** Kakao waits 5 s (docs/platforms/kakao.md, Skill); the rest pays for the way there and back. */
const BUDGET_MS = 3500;
/** A button is pressed sooner than a sentence is written. */
const ANSWERS: Allowance = { most: 20, perMs: MINUTE_MS };

/** Somebody whose platform waits for the answer. */
interface Visitor extends Encounter {
  /** Their Kakao login, when the platform vouches for it. */
  readonly kakaoId: string | null;
}

/** What answers a call, once it is known who calls. */
type Work = (bot: Bot, visitor: Visitor, request: SkillRequest) => Promise<Answer>;

/** The seed's three skills; the other paths under `/api` are not Kakao's. */
export function skillRoutes(): Routes {
  const routes = createRoutes();
  routes.on('POST', ['/api/:skill', '/api/:skill/'], async (context, next) => {
    const bot = context.get('bot');
    const name = context.req.param('skill');
    if (!skillOf(bot, name)) return await next();
    const take = answerSkill(blockWork(name));
    return take(bot, context.req.raw, (work) => context.executionCtx.waitUntil(work));
  });
  return routes;
}

/** A block that took a QR code or a list number answers as the seed did; every other one talks. */
const converse: Work = async (bot, visitor, request) => {
  if ('barcode' in request.detailParams) return blockWork('barcode')(bot, visitor, request);
  if ('repoAlias' in request.detailParams) return blockWork('repoStatus')(bot, visitor, request);
  return answerNow(bot, await meetVisitor(bot, visitor), request.utterance, request.language);
};

function skillOf({ features }: Bot, name: string): Skill | undefined {
  const skills = features.flatMap((feature) => Object.entries(feature.skills ?? {}));
  return skills.find(([id]) => id === name)?.[1];
}

function blockWork(name: string): Work {
  return async (bot, visitor, request) => {
    const person = await meetVisitor(bot, visitor);
    const skill = skillOf(bot, name);
    return skill === undefined
      ? answerNow(bot, person, request.utterance, request.language)
      : skill.answer(bot.askedBy(person), person, request.detailParams);
  };
}

/** The person behind a visit; a Kakao login that works is tied to them, unless they undid that. */
async function meetVisitor({ db, runtime }: Bot, visitor: Visitor): Promise<Person> {
  const person = await meetPerson(db, visitor, runtime.now());
  const { kakaoId } = visitor;
  if (kakaoId === null || person.kakaoId !== null) return person;
  const login = await readKakaoLogin(db, kakaoId);
  if (login?.state !== 'connected' || (await hasUntied(db, person.id))) return person;
  await db.batch(tieChat(db, person.id, kakaoId, runtime.now()));
  return { ...person, kakaoId };
}

/**
 * Kakao does not sign its calls, so a secret header stands for that; without one set, nobody gets in.
 * Whoever gets in gets a valid answer, in time.
 */
function answerSkill(work: Work): Take {
  return async (bot, came, waitUntil) => {
    const kakao = bot.read(kakaoSettings);
    const owners = bot.config.language;
    if (!(await isSameSecret(came.headers.get('x-skill-token'), kakao.skillToken))) {
      await noteRefused(came, 401);
      return refuse(401, 'X-Skill-Token missing or wrong');
    }
    const body = await readBody(came.body, MAX_BODY_BYTES);
    const request = body && readSkillRequest(parse(body));
    // Nobody to answer to, but whoever has the token may be trying the skill out.
    if (!request) return Response.json(hint(bot, owners));
    if (kakao.botId !== null && request.botId !== kakao.botId.replace(/!$/, '')) {
      await noteRefused(came, 403);
      return refuse(403, 'another bot: see KAKAO_BOT_ID');
    }
    const language = request.language ?? owners;
    const call = { bot, request, language, work, waitUntil };
    try {
      const slow = await slowDown(call);
      return Response.json(slow === null ? await inTime(call) : shown(call, slow));
    } catch (cause) {
      log('skill-failed', { code: errorCode(cause) });
      return Response.json(shown(call, trouble(call)));
    }
  };
}

/** `POST /skill`, for any block of the chatbot. */
export const skillDoor: Doors = { '/skill': { POST: answerSkill(converse) } };

interface Call {
  readonly bot: Bot;
  readonly request: SkillRequest;
  readonly language: Language;
  readonly work: Work;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/**
 * What somebody hears who writes too much: once when the answers go on, then only that it is too
 * much, for Kakao has to get an answer. In a room it is the one who writes; `null`: they may.
 */
async function slowDown({ bot, request, language }: Call): Promise<Answer | null> {
  const who = await whoIs('kakao', request.userKey);
  const use = await countUse(bot.db, { who, kind: 'answer' }, ANSWERS, bot.runtime.now());
  if (use.used <= ANSWERS.most) return null;
  const isFirst = use.used === ANSWERS.most + 1;
  const text = isFirst
    ? slowDownText(use.resetsAt, language, bot.config.timeZone)
    : texts.tooFast[language]();
  return { text, suggestions: [] };
}

/** The answer, or in its place a promise of it when it takes too long. */
async function inTime(call: Call): Promise<SkillAnswer> {
  const { bot, request, language, work } = call;
  const visitor: Visitor = {
    channel: 'kakao',
    address: request.groupKey === null ? request.userKey : `group:${request.groupKey}`,
    secondAddress: request.groupKey === null ? request.secondKey : null,
    kakaoId: request.groupKey === null ? request.appUserId : null,
    language,
  };
  const answering = work(bot, visitor, request);
  const answer = await withinBudget(answering);
  if (answer !== null) return shown(call, answer);
  const late = answering.catch((cause: unknown) => {
    log('skill-failed', { code: errorCode(cause) });
    return trouble(call);
  });
  call.waitUntil(
    late
      .then((answered) => answerAfterwards(bot, visitor, call, answered))
      .catch((cause: unknown) => log('late-answer-failed', { code: errorCode(cause) })),
  );
  const moment = texts.oneMoment[language]();
  return request.callbackUrl === null
    ? shown(call, { text: moment, suggestions: [fetchWords[language]] })
    : callbackPromise(moment);
}

/** Sends what came too late where Kakao takes it, else keeps it until it is asked for. */
async function answerAfterwards(
  bot: Bot,
  visitor: Visitor,
  call: Call,
  answer: Answer,
): Promise<void> {
  const { callbackUrl } = call.request;
  if (callbackUrl !== null) {
    const options = { runtime: bot.runtime, botUrl: bot.read(kakaoSettings).botUrl };
    const sent = await answerLater(options, callbackUrl, shown(call, answer));
    if (sent.ok) return;
  }
  const { text, suggestions: replies, links } = answer;
  const person = await meetVisitor(bot, visitor);
  await keepLateAnswer(bot.db, person.id, JSON.stringify({ text, suggestions: replies, links }));
}

/** `null` when the answer takes longer than there is time. */
async function withinBudget(answering: Promise<Answer>): Promise<Answer | null> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), BUDGET_MS);
  });
  try {
    return await Promise.race([answering, timeout]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

/** Group rooms show no quick replies (docs/platforms/kakao.md, Group rooms). */
function shown({ request }: Call, { text, suggestions: replies, links = [] }: Answer): SkillAnswer {
  return textAnswer(text, { links, replies: request.groupKey === null ? replies : [] });
}

function trouble({ bot, language }: Call): Answer {
  return { text: texts.trouble[language](), suggestions: suggestionsIn(bot, language) };
}

function hint(bot: Bot, language: Language): SkillAnswer {
  return textAnswer(texts.hint[language](), { replies: suggestionsIn(bot, language) });
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
