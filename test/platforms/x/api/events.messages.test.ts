import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOwnEcho, parseEvents } from '../../../../src/platforms/x/api/events.ts';
import { aaa, BOT, messageCreate, onlyEvent, PERSON, v1, xaa } from './samples.ts';

describe('the identity of a message', () => {
  const message = messageCreate({ id: '9001' });

  test('is the same in every envelope, and whatever the envelope is called', () => {
    const bodies = [
      xaa('dm.received', { direct_message_events: [message] }),
      xaa('dm.received', { direct_message_events: [message] }, { event_uuid: '77' }),
      { data: [xaa('dm.received', { direct_message_events: [message] }).data] },
      aaa({ direct_message_events: [message] }),
      v1({ direct_message_events: [message] }),
      aaa({ direct_message_events: [{ ...message, id: 9001 }] }),
    ];
    expect(new Set(bodies.map((body) => onlyEvent(body).identity))).toEqual(
      new Set([`x:dm:${BOT}:9001`]),
    );
  });

  test('differs between two subscribers of one message', () => {
    const mine = onlyEvent(aaa({ direct_message_events: [message] }));
    const theirs = onlyEvent({ for_user_id: PERSON, direct_message_events: [message] });
    expect(mine.identity).not.toBe(theirs.identity);
    expect([isOwnEcho(mine), isOwnEcho(theirs)]).toEqual([false, true]);
  });

  test('differs between two messages with the same words', () => {
    const other = messageCreate({ id: '9002' });
    const identities = [message, other].map(
      (event) => onlyEvent(aaa({ direct_message_events: [event] })).identity,
    );
    expect(new Set(identities).size).toBe(2);
  });
});

describe('the text of a message', () => {
  test.each([
    ['cat &amp; dog', 'cat & dog'],
    ['1 &lt; 2 &gt; 0', '1 < 2 > 0'],
    ['&amp;lt;', '&lt;'],
    ['&amp;amp;', '&amp;'],
    ['&quot;&#39;&nbsp;', '&quot;&#39;&nbsp;'],
    ['고양이 🐈', '고양이 🐈'],
    ['', ''],
  ])('%j is read as %j', (written, read) => {
    const event = onlyEvent(
      aaa({ direct_message_events: [messageCreate({ id: '1', text: written })] }),
    );
    expect(event.message?.text).toBe(read);
  });

  test('may be missing: a picture alone', () => {
    const event = {
      id: '1',
      message_create: {
        target: { recipient_id: BOT },
        sender_id: PERSON,
        message_data: { attachment: { type: 'media', media: {} } },
      },
    };
    expect(onlyEvent(aaa({ direct_message_events: [event] })).message?.text).toBe('');
  });

  test('needs no receiver: one without target belongs to the subscriber', () => {
    const event = { id: '1', message_create: { sender_id: PERSON, message_data: { text: 'cat' } } };
    expect(onlyEvent(aaa({ direct_message_events: [event] }))).toMatchObject({
      account: BOT,
      message: { senderId: PERSON, recipientId: null },
    });
  });

  test.each([
    ['no sender', { id: '1', message_create: { message_data: { text: 'cat' } } }],
    ['no id', { message_create: { sender_id: PERSON, message_data: { text: 'cat' } } }],
    ['a word for an id', messageCreate({ id: 'one' })],
    [
      'a number for a text',
      {
        ...messageCreate({ id: '1' }),
        message_create: { sender_id: PERSON, message_data: { text: 1 } },
      },
    ],
    ['nothing', null],
  ])('is not looked for in an event with %s: unknown', (_name, event) => {
    expect(onlyEvent(aaa({ direct_message_events: [event] }))).toMatchObject({
      family: 'unknown',
      type: 'direct_message_events',
      account: BOT,
      message: null,
    });
  });
});

describe('any JSON object', () => {
  const names = `data for_user_id direct_message_events tweet_create_events users apps event_uuid
    event_type filter user_id payload id id_str text message_create sender_id target recipient_id
    message_data user_event __proto__ constructor toString hasOwnProperty`.split(/\s+/);
  const { tree } = fc.letrec<{ tree: unknown; object: Record<string, unknown> }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      fc.oneof(fc.constantFrom('dm.received', 'dm.sent', BOT, PERSON, ''), fc.jsonValue()),
      fc.array(tie('tree'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 6 }),
  }));
  const objects = fc.oneof(
    fc.dictionary(fc.constantFrom(...names), tree),
    fc.dictionary(fc.string(), fc.jsonValue()),
  );

  test('is read without a throw as one event at least, each with an identity', () => {
    fc.assert(
      fc.property(objects, (body) => {
        const events = parseEvents(body);
        expect(events.length).toBeGreaterThan(0);
        for (const event of events) {
          expect(event.identity.startsWith('x:')).toBe(true);
          expect(typeof event.family).toBe('string');
          expect(event.message === null).toBe(event.family !== 'message');
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('is read the same way twice: copies have one identity', () => {
    fc.assert(
      fc.property(objects, (body) => {
        expect(parseEvents(structuredClone(body))).toEqual(parseEvents(body));
      }),
      { numRuns: 500 },
    );
  });
});

function readWithLinks(text: string, urls: readonly object[]): string | undefined {
  const message = messageCreate({ id: '1', text });
  const create = message.message_create;
  const data = { ...create.message_data, entities: { urls } };
  const event = { ...message, message_create: { ...create, message_data: data } };
  return onlyEvent(aaa({ direct_message_events: [event] })).message?.text;
}

describe('the links of a message', () => {
  test('are read as the addresses they stand for, at their places', () => {
    const link = {
      url: 'https://t.co/AbC123',
      expanded_url: 'https://github.com/hana/app',
      indices: [3, 22],
    };
    expect(readWithLinks('구독 https://t.co/AbC123', [link])).toBe(
      '구독 https://github.com/hana/app',
    );
    expect(readWithLinks('😀 https://t.co/AbC123 dev', [{ ...link, indices: [2, 21] }])).toBe(
      '😀 https://github.com/hana/app dev',
    );
  });

  test('are found where their places are told wrong', () => {
    const link = { url: 'https://t.co/a', expanded_url: 'http://github.com/a/b', indices: [9, 26] };
    expect(readWithLinks('watch https://t.co/a', [link])).toBe('watch http://github.com/a/b');
  });

  test('that X adds for a picture or a post are left out', () => {
    const link = {
      url: 'https://t.co/pic',
      expanded_url: 'https://twitter.com/messages/media/1',
      indices: [4, 20],
    };
    expect(readWithLinks('고양이 https://t.co/pic', [link])).toBe('고양이');
  });

  test('without what they stand for stay as they are', () => {
    expect(readWithLinks('구독 https://t.co/AbC123', [])).toBe('구독 https://t.co/AbC123');
    expect(readWithLinks('구독 https://t.co/AbC123', [{ url: 'https://t.co/AbC123' }])).toContain(
      't.co',
    );
  });
});

test('a message in the shape of API v2 is read like any other', () => {
  const payload = {
    id: '9001',
    event_type: 'MessageCreate',
    sender_id: PERSON,
    text: '구독 https://t.co/AbC123',
    dm_conversation_id: `${PERSON}-${BOT}`,
    entities: {
      urls: [
        { url: 'https://t.co/AbC123', expanded_url: 'https://github.com/a/b', start: 3, end: 22 },
      ],
    },
  };
  const event = onlyEvent(xaa('dm.received', payload));
  expect(event).toMatchObject({
    identity: `x:dm:${BOT}:9001`,
    family: 'message',
    message: { senderId: PERSON, recipientId: BOT, text: '구독 https://github.com/a/b' },
  });
});
