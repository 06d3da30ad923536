import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from '../../src/bot/talk/grammar/parse.ts';
import { lexiconOf } from '../../src/bot/talk/understand.ts';
import { MOST_ITEMS } from '../../src/features/feeds/source/items.ts';
import { readFeed } from '../../src/features/feeds/source/read.ts';
import { readDelivery } from '../../src/platforms/github/api/webhook.ts';
import { readUpdate } from '../../src/platforms/telegram/api/update.ts';
import { parseEvents } from '../../src/platforms/x/api/events.ts';
import { talkBook } from '../../src/wire.ts';
import {
  anyBody,
  anyText,
  anything,
  anyWords,
  githubPayload,
  odd,
  oddRecord,
  telegramParts,
} from './garbage.ts';

/** A door's reader takes a payload in microseconds, so that so many cost a second or two. */
const numRuns = 10_000;

const id = fc.constantFrom('1', '1700000000000000001', '0', '-1', '1'.repeat(30));
const xMessage = oddRecord({
  type: fc.constantFrom('message_create', 'moon'),
  id,
  created_timestamp: fc.constantFrom('1795000000000', '', 'moon', 1e300),
  message_create: oddRecord({
    target: oddRecord({ recipient_id: id }),
    sender_id: id,
    message_data: oddRecord({
      text: anyText,
      entities: oddRecord({
        urls: odd(fc.array(oddRecord({ url: anyText, expanded_url: anyText }), { maxLength: 2 })),
      }),
    }),
  }),
});
const xMessages = odd(fc.array(xMessage, { maxLength: 3 }));
const xBody = fc.oneof(
  fc.record(
    { for_user_id: odd(id), direct_message_events: xMessages, moon_events: anything },
    { requiredKeys: [] },
  ),
  fc.record({
    data: odd(
      oddRecord({
        event_uuid: id,
        event_type: fc.constantFrom('dm.received', 'dm.sent', 'oauth.revoke', 'moon'),
        filter: oddRecord({ user_id: id }),
        payload: oddRecord({ direct_message_events: xMessages }),
      }),
    ),
  }),
);

test(`${numRuns} bodies of X are read, each with as many events as it has`, () => {
  fc.assert(
    fc.property(xBody, (body) => {
      const events = parseEvents(body);
      expect(events.length).toBeGreaterThan(0);
      for (const { identity, message } of events) {
        expect(identity).toMatch(/^x:/);
        expect(message?.senderId).not.toBe('');
      }
    }),
    { numRuns },
  );
});

test(`${numRuns} updates of Telegram are read, or passed over`, () => {
  const bot = { id: '6100000001', username: 'soshik_bot' };
  let taken = 0;
  fc.assert(
    fc.property(odd(fc.nat()), telegramParts, (updateId, parts) => {
      const update = readUpdate({ update_id: updateId, ...parts }, bot);
      if (update === null) return;
      taken += 1;
      expect(update.address).toMatch(/^-?\d+(?::\d+|#channel)?$/);
    }),
    { numRuns },
  );
  expect(taken).toBeGreaterThan(100);
});

test(`${numRuns} deliveries of GitHub are read, or passed over`, () => {
  let taken = 0;
  const event = fc.constantFrom(
    'push',
    'create',
    'delete',
    'release',
    'repository',
    'ping',
    'fork',
  );
  fc.assert(
    fc.property(event, githubPayload(7), (name, payload) => {
      const told = readDelivery(name, payload);
      if (told === null || told.kind === 'ping') return;
      taken += 1;
      expect(Number.isSafeInteger(told.repositoryId) && told.repositoryId > 0).toBe(true);
    }),
    { numRuns },
  );
  expect(taken).toBeGreaterThan(100);
});

test(`${numRuns} feeds are read, or refused by a word`, () => {
  const part = fc.constantFrom(
    '<rss version="2.0">',
    '<channel>',
    '<item>',
    '<title>',
    '<link>',
    '<guid isPermaLink="false">',
    '</title>',
    '</link>',
    '</guid>',
    '</item>',
    '</channel>',
    '</rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '<link href="/a"/>',
    '<id>',
    '</id>',
    '</entry>',
    '</feed>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '&amp;',
    '&#x0;',
    '<rdf:RDF>',
    '{"version":"https://jsonfeed.org/version/1.1","items":[',
    '{"id":"1","url":"x"}',
    ']}',
    'https://a.example/1',
    '소식',
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
    anyBody,
  );
  let feeds = 0;
  fc.assert(
    fc.property(text, (said) => {
      const read = readFeed(said, 'https://blog.example/feed');
      if (!read.ok) {
        expect(read.problem).toMatch(/^(?:not-a-feed|a-page|not-readable)$/);
        return;
      }
      feeds += 1;
      expect(read.value.items.length).toBeLessThanOrEqual(MOST_ITEMS);
    }),
    { numRuns },
  );
  expect(feeds).toBeGreaterThan(100);
});

test(`${numRuns} things said are heard, whatever they are`, () => {
  const lexicon = lexiconOf(talkBook.vocabularies);
  fc.assert(
    fc.property(anyWords, (said) => {
      const utterance = parse(said.slice(0, 1000), lexicon, []);
      expect(Array.isArray(utterance.tokens)).toBe(true);
    }),
    { numRuns },
  );
});
