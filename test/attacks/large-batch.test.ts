import { expect, test } from 'vitest';
import { createHarness } from '../worker/harness.ts';
import { expectAccepted, signedDelivery, storedKeys } from './attack.ts';

const COUNT = 5000;

/** Many messages from many people in one body, each in its shortest form. */
const body = JSON.stringify({
  for_user_id: '1700000000000000001',
  direct_message_events: Array.from({ length: COUNT }, (_, index) => ({
    id: `18${index}`,
    message_create: { sender_id: `17${index}`, message_data: { text: '고양이' } },
  })),
});

// The queue stand-in refuses more than 100 messages a call, as the real one does.
test('5,000 messages in one signed body are all kept and queued once, a second copy of them keeps none twice', async () => {
  const harness = await createHarness();
  await expectAccepted(harness, await signedDelivery(body), { stored: COUNT, queued: COUNT });
  const queued = harness.queues.waiting.map((message) => JSON.stringify(message.body)).toSorted();
  const stored = (await storedKeys(harness)).map((key) => JSON.stringify({ key })).toSorted();
  expect(queued).toEqual(stored);
  await expectAccepted(harness, await signedDelivery(body), { stored: COUNT, queued: 2 * COUNT });
});
