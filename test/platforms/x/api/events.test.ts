import { describe, expect, test } from 'vitest';
import { isOwnEcho, parseEvents } from '../../../../src/platforms/x/api/events.ts';
import {
  aaa,
  BOT,
  dmPayload,
  legacyPost,
  messageCreate,
  onlyEvent,
  PERSON,
  v1,
  xaa,
} from './samples.ts';

/** As the samples have it. */
const SAID_AT = 1_795_316_400_000;

describe('an X Activity envelope', () => {
  test('dm.received is a message to the subscriber', () => {
    expect(onlyEvent(xaa('dm.received', dmPayload({ id: '9001', text: '고양이' })))).toEqual({
      identity: `x:dm:${BOT}:9001`,
      family: 'message',
      type: 'dm.received',
      account: BOT,
      message: { id: '9001', senderId: PERSON, recipientId: BOT, text: '고양이', at: SAID_AT },
    });
  });

  test('dm.sent is a message of the subscriber: an own echo', () => {
    const event = onlyEvent(xaa('dm.sent', dmPayload({ id: '9002', from: BOT, to: PERSON })));
    expect(event).toMatchObject({ family: 'message', type: 'dm.sent', account: BOT });
    expect(isOwnEcho(event)).toBe(true);
  });

  test.each([
    ['dm.read', 'read'],
    ['dm.indicate_typing', 'typing'],
    ['chat.received', 'encrypted-chat'],
    ['chat.sent', 'encrypted-chat'],
    ['chat.conversation.join', 'encrypted-chat'],
    ['chat.conversation_join', 'encrypted-chat'],
    ['chat.conversation.member_added', 'encrypted-chat'],
    ['chat.update.group_name', 'encrypted-chat'],
    ['post.create', 'post'],
    ['post.delete', 'post'],
    ['post.mention.create', 'post'],
    ['post.reply.create', 'post'],
    ['post.quote.create', 'post'],
    ['post.repost.create', 'post'],
    ['like.create', 'like'],
    ['follow.follow', 'follow'],
    ['follow.unfollow', 'follow'],
    ['block.block', 'block'],
    ['block.unblock', 'block'],
    ['mute.mute', 'mute'],
    ['mute.unmute', 'mute'],
    ['profile.update.bio', 'profile'],
    ['profile.update.verified_badge', 'profile'],
    ['oauth.revoke', 'revoke'],
    ['spaces.start', 'live'],
    ['broadcast.chat', 'live'],
    ['news.new', 'news'],
    ['moon.rise', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('%j belongs to the family %s', (type, family) => {
    expect(onlyEvent(xaa(type, { id: '1' }))).toEqual({
      identity: `x:${type}:${BOT}:-1234567890123456789`,
      family,
      type,
      account: BOT,
      message: null,
    });
  });

  test('may come several at a time', () => {
    const first = xaa('dm.received', dmPayload({ id: '9001' })).data;
    const second = xaa('follow.follow', {}, { event_uuid: '5' }).data;
    const events = parseEvents({ data: [first, second] });
    expect(events.map(({ identity }) => identity)).toEqual([
      `x:dm:${BOT}:9001`,
      `x:follow.follow:${BOT}:5`,
    ]);
  });

  test('may hold several messages', () => {
    const payload = {
      direct_message_events: [messageCreate({ id: '1' }), messageCreate({ id: '2' })],
    };
    const events = parseEvents(xaa('dm.received', payload));
    expect(events.map(({ message }) => message?.id)).toEqual(['1', '2']);
  });

  test.each([
    ['a number', 5, '5'],
    ['a negative text', '-7', '-7'],
    ['a post id', '1800000000000000001', '1800000000000000001'],
    ['no digits', 'b0b7-uuid', 'b0b7-uuid'],
  ])('is told apart by its event_uuid, %s', (_name, uuid, expected) => {
    const event = onlyEvent(xaa('like.create', {}, { event_uuid: uuid }));
    expect(event.identity).toBe(`x:like.create:${BOT}:${expected}`);
  });

  test('with a created_at, which X does not document, is read all the same', () => {
    const event = onlyEvent(
      xaa('dm.received', dmPayload({ id: '9001' }), { created_at: '2026-11-22T03:00:00Z' }),
    );
    expect(event.identity).toBe(`x:dm:${BOT}:9001`);
  });

  test.each([
    ['received, to the one it was sent to', 'dm.received', PERSON, BOT, false],
    ['sent, to the one who sent it', 'dm.sent', BOT, PERSON, true],
  ])('without a filter belongs, when %s', (_name, type, from, to, echo) => {
    const { filter: _filter, ...data } = xaa(type, dmPayload({ id: '9001', from, to })).data;
    const event = onlyEvent({ data });
    expect(event).toMatchObject({ identity: `x:dm:${BOT}:9001`, account: BOT });
    expect(isOwnEcho(event)).toBe(echo);
  });

  test('with an empty filter names who withdrew the consent: oauth.revoke', () => {
    const payload = { date_time: '2026-11-22T03:00:00Z', user_id: PERSON, app_id: '1' };
    const event = onlyEvent(xaa('oauth.revoke', payload, { filter: {} }));
    expect(event).toMatchObject({ family: 'revoke', account: PERSON });
  });

  test.each([
    ['no payload', undefined],
    ['a payload of another kind', { id: '1' }],
    ['no messages in its payload', { direct_message_events: [] }],
  ])('dm.received with %s is kept as unknown', (_name, payload) => {
    expect(onlyEvent(xaa('dm.received', payload))).toMatchObject({
      family: 'unknown',
      type: 'dm.received',
      account: BOT,
      message: null,
    });
  });
});

describe('an Account Activity body', () => {
  test('direct_message_events hold messages to the subscriber', () => {
    expect(
      onlyEvent(aaa({ direct_message_events: [messageCreate({ id: '9001', text: 'cat' })] })),
    ).toEqual({
      identity: `x:dm:${BOT}:9001`,
      family: 'message',
      type: 'direct_message_events',
      account: BOT,
      message: { id: '9001', senderId: PERSON, recipientId: BOT, text: 'cat', at: SAID_AT },
    });
  });

  test('that says who wrote and by which app has no event in that', () => {
    const body = v1({ direct_message_events: [messageCreate({ id: '9001' })] });
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['users', 'apps']));
    expect(onlyEvent(body).family).toBe('message');
  });

  test.each([
    ['tweet_create_events', 'post', [legacyPost]],
    ['tweet_delete_events', 'post', [{ status: { id: '1', user_id: BOT }, timestamp_ms: '1' }]],
    [
      'favorite_events',
      'like',
      [{ id: 'a', timestamp_ms: 1, favorited_status: legacyPost, user: {} }],
    ],
    [
      'follow_events',
      'follow',
      [{ type: 'unfollow', created_timestamp: '1', source: {}, target: {} }],
    ],
    ['block_events', 'block', [{ type: 'block', created_timestamp: '1', source: {}, target: {} }]],
    ['mute_events', 'mute', [{ type: 'mute', created_timestamp: '1', source: {}, target: {} }]],
    ['direct_message_indicate_typing_events', 'typing', [{ sender_id: PERSON }]],
    ['direct_message_mark_read_events', 'read', [{ last_read_event_id: '9001' }]],
    ['replay_job_status', 'replay', { job_state: 'Complete', job_id: '1' }],
    ['user_event', 'revoke', { revoke: { target: { app_id: '1' }, source: { user_id: PERSON } } }],
    ['moon_events', 'unknown', [{ id: '1' }]],
    ['constructor', 'unknown', [{ id: '1' }]],
    ['toString', 'unknown', 'x'],
  ])('%s belong to the family %s', (key, family, value) => {
    expect(onlyEvent(aaa({ [key]: value }))).toMatchObject({
      family,
      type: key,
      account: BOT,
      message: null,
    });
  });

  test('__proto__ as a key is an unknown event like any other', () => {
    const body: unknown = JSON.parse('{"__proto__":[{"id":"1"}]}');
    if (typeof body !== 'object' || body === null) throw new Error('no object');
    expect(parseEvents({ ...body })).toMatchObject([{ family: 'unknown', account: null }]);
  });

  test('without a subscriber names who withdrew the consent: user_event', () => {
    const revoke = { target: { app_id: '1' }, source: { user_id: PERSON } };
    const { for_user_id: _account, ...body } = aaa({ user_event: { revoke } });
    expect(onlyEvent(body)).toMatchObject({ family: 'revoke', account: PERSON });
  });

  test('without a subscriber or a name belongs to nobody: user_event', () => {
    const { for_user_id: _account, ...body } = aaa({ user_event: { revoke: {} } });
    expect(onlyEvent(body)).toMatchObject({ family: 'revoke', account: null });
  });

  test('may hold several events of several kinds', () => {
    const events = parseEvents(
      aaa({
        user_has_blocked: 'false',
        direct_message_events: [messageCreate({ id: '1' }), messageCreate({ id: '2' })],
        tweet_create_events: [legacyPost],
        follow_events: [{ type: 'follow' }, { type: 'unfollow' }],
      }),
    );
    expect(events.map(({ family }) => family)).toEqual([
      'message',
      'message',
      'post',
      'follow',
      'follow',
    ]);
    expect(new Set(events.map(({ identity }) => identity)).size).toBe(5);
  });

  test.each([
    ['no events', { follow_events: [] }],
    ['nothing but its subscriber', {}],
  ])('with %s is kept as unknown', (_name, events) => {
    expect(onlyEvent(aaa(events))).toMatchObject({ family: 'unknown', account: BOT });
  });
});
