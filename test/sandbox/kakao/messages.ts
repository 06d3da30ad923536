import { Hono } from 'hono';
import * as v from 'valibot';
import { type KakaoCode, kakaoFailure, kakaoWords } from './failures.ts';
import type { Friends } from './friends.ts';
import type { Guard, KapiEnv } from './guard.ts';
import type { Quota } from './quota.ts';
import { type CheckedTemplate, readTemplate, withoutForeignLinks } from './template.ts';
import type { FriendMessage, KakaoContext, Memo } from './types.ts';

const receivers = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(v.string()),
  v.minLength(1),
  v.maxLength(5),
  v.check((uuids) => new Set(uuids).size === uuids.length),
);

export interface MessagesOptions {
  readonly context: KakaoContext;
  readonly friends: Friends;
  readonly quota: Quota;
  readonly guard: Guard;
}

/**
 * The Message API with default templates, to oneself and to friends (docs/platforms/kakao.md,
 * Messages).
 */
export function createMessages({ context, friends, quota, guard }: MessagesOptions) {
  const { app, now } = context;
  const memos = new Map<string, Memo[]>();
  const delivered = new Map<string, FriendMessage[]>();
  const routes = new Hono<KapiEnv>();

  function made({ template }: Extract<CheckedTemplate, { ok: true }>): Memo {
    return { at: now(), ...withoutForeignLinks(template, app.linkDomains) };
  }

  routes.post(
    '/v2/api/talk/memo/default/send',
    guard({ scopes: ['talk_message'], apiType: 'TALK_MEMO_DEFAULT_SEND' }),
    (c) => {
      const { personId } = c.var.caller;
      const checked = readTemplate(c.var.fields.get('template_object'));
      if (!checked.ok) return refuse(c.req.raw, checked.problem);
      if (!friends.isOnTalk(personId)) return kakaoFailure('-501');
      const usedUp = app.countsMemos ? quota.refusal(personId, personId) : null;
      if (usedUp) return kakaoFailure(usedUp);
      if (quota.isAppUsedUp()) return kakaoFailure('-10');
      if (app.countsMemos) quota.count(personId, personId);
      else quota.countForApp();
      memos.set(personId, [...(memos.get(personId) ?? []), made(checked)]);
      return c.json({ result_code: 0 });
    },
  );

  function refuse(request: Request, problem: string): Response {
    context.onRefusal(request, problem);
    return kakaoFailure('-2', problem);
  }

  /** Why a friend does not get a message, or null. */
  function obstacle(sender: string, receiver: string | undefined): KakaoCode | null {
    if (receiver === undefined) return '-502';
    if (!friends.isOnTalk(receiver)) return '-501';
    return friends.isRefusing(receiver) ? '-530' : quota.refusal(sender, receiver);
  }

  routes.post(
    '/v1/api/talk/friends/message/default/send',
    guard({ scopes: ['talk_message', 'friends'], apiType: 'TALK_MESSAGE_DEFAULT_SEND' }),
    (c) => {
      const { personId: sender } = c.var.caller;
      const uuids = v.safeParse(receivers, c.var.fields.get('receiver_uuids'));
      if (!uuids.success) {
        return refuse(c.req.raw, 'receiver_uuids must be a JSON array of 1 to 5 different strings');
      }
      const checked = readTemplate(c.var.fields.get('template_object'));
      if (!checked.ok) return refuse(c.req.raw, checked.problem);
      if (quota.isAppUsedUp()) return kakaoFailure('-10');

      const message: FriendMessage = { ...made(checked), from: sender };
      const reached: string[] = [];
      const failed = new Map<KakaoCode, string[]>();
      for (const uuid of uuids.output) {
        const receiver = friends.byUuid(sender, uuid)?.id;
        const code = obstacle(sender, receiver);
        if (code === null && receiver !== undefined) {
          quota.count(sender, receiver);
          delivered.set(receiver, [...(delivered.get(receiver) ?? []), message]);
          reached.push(uuid);
        } else if (code !== null) {
          failed.set(code, [...(failed.get(code) ?? []), uuid]);
        }
      }
      const [first] = failed.keys();
      if (reached.length === 0 && first && app.whenNobodyIsReached === 'error') {
        return kakaoFailure(first);
      }
      const failure_info = [...failed].map(([code, receiver_uuids]) => ({
        code: Number(code),
        msg: kakaoWords(code),
        receiver_uuids,
      }));
      return c.json({
        successful_receiver_uuids: reached,
        ...(failure_info.length > 0 ? { failure_info } : {}),
      });
    },
  );

  return {
    routes,
    /** A person's chat with themselves, oldest first. */
    memos: (personId: string): readonly Memo[] => memos.get(personId) ?? [],
    /** What friends sent to a person, oldest first. */
    delivered: (personId: string): readonly FriendMessage[] => delivered.get(personId) ?? [],
  };
}
