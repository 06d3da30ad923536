import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  callbackPromise,
  type SkillAnswer,
  type SkillPart,
  skillAnswer,
  textAnswer,
  validSkillAnswer,
} from '../../../../src/platforms/kakao/api/skillAnswer.ts';

const url = 'https://my.example/menu';
const link = { label: '보기', url };
const button = { label: '보기', action: 'webLink', webLinkUrl: url };

function outputsOf(answer: SkillAnswer) {
  return 'template' in answer ? answer.template.outputs : expect.unreachable();
}

function times<Item>(count: number, item: Item): Item[] {
  return Array.from({ length: count }, () => item);
}

function answerOf(...bubbles: unknown[]) {
  return { version: '2.0', template: { outputs: bubbles } };
}

function repliesOf(answer: SkillAnswer) {
  return 'template' in answer ? answer.template.quickReplies : expect.unreachable();
}

describe('a text', () => {
  test('is a bubble, with what can be said next', () => {
    expect(textAnswer('등록했어요\n', { replies: ['목록'] })).toEqual({
      version: '2.0',
      template: {
        outputs: [{ simpleText: { text: '등록했어요' } }],
        quickReplies: [{ label: '목록', action: 'message', messageText: '목록' }],
      },
    });
  });

  test('of 2,500 characters is three bubbles, parted at lines', () => {
    const line = `${'가'.repeat(99)}\n`;
    const texts = outputsOf(textAnswer(line.repeat(25))).map((output) =>
      'simpleText' in output ? output.simpleText.text : '',
    );
    expect(texts).toHaveLength(3);
    expect(texts.join('\n')).toBe(line.repeat(25).trim());
  });

  test('that is longer than three bubbles ends with an ellipsis', () => {
    const outputs = outputsOf(textAnswer('가'.repeat(5000)));
    expect(outputs).toHaveLength(3);
    expect(JSON.stringify(outputs.at(-1))).toContain('가…"');
  });

  test.each(['', ' \n', '\u0000'])('of nothing (%j) still shows something', (text) => {
    expect(outputsOf(textAnswer(text))).toEqual([{ simpleText: { text: '…' } }]);
  });
});

describe('a text with links', () => {
  test('is a card with a button each, under each other', () => {
    expect(outputsOf(textAnswer('새 커밋이 있어요', { links: [link] }))).toEqual([
      {
        textCard: { description: '새 커밋이 있어요', buttons: [button], buttonLayout: 'vertical' },
      },
    ]);
  });

  test('that does not fit a card goes before it, whole', () => {
    const text = '가'.repeat(401);
    expect(outputsOf(textAnswer(text, { links: [link, link] }))).toEqual([
      { simpleText: { text } },
      {
        textCard: {
          description: '보기 · 보기',
          buttons: [button, button],
          buttonLayout: 'vertical',
        },
      },
    ]);
  });

  test('has three buttons at most, and leaves out what is no web address', () => {
    const links = ['javascript:alert(1)', '', url, url, url, url].map((it) => ({
      ...link,
      url: it,
    }));
    expect(outputsOf(textAnswer('a', { links }))).toMatchObject([
      { textCard: { buttons: [button, button, button] } },
    ]);
    const none = textAnswer('a', { links: links.slice(0, 2) });
    expect(outputsOf(none)).toEqual([{ simpleText: { text: 'a' } }]);
  });

  test('labels are cut to 14 characters; one that is blank shows the host', () => {
    const links = [
      { label: '아주 아주 아주 아주 긴 이름', url },
      { label: ' ', url },
    ];
    expect(outputsOf(textAnswer('a', { links }))).toMatchObject([
      { textCard: { buttons: [{ label: '아주 아주 아주 아주 긴…' }, { label: 'my.example' }] } },
    ]);
  });
});

describe('several parts', () => {
  const list: SkillPart = {
    kind: 'list',
    title: '내 목록',
    items: [
      { title: '하나', description: '최근', press: { message: '상태 1' } },
      { title: '둘', imageUrl: url, press: { url } },
      { title: '셋' },
      { title: ' ' },
    ],
    links: [link, link, link],
  };

  test('stand in their order, and a long text takes only the room that is left', () => {
    const text: SkillPart = { kind: 'text', text: '가'.repeat(5000) };
    const outputs = outputsOf(skillAnswer([text, list], ['처음']));
    expect(outputs.map((output) => Object.keys(output)[0])).toEqual([
      'simpleText',
      'simpleText',
      'listCard',
    ]);
  });

  test('a list has items that open or say something, and two buttons', () => {
    expect(outputsOf(skillAnswer([list]))).toEqual([
      {
        listCard: {
          header: { title: '내 목록' },
          items: [
            { title: '하나', description: '최근', action: 'message', messageText: '상태 1' },
            { title: '둘', imageUrl: url, link: { web: url } },
            { title: '셋' },
          ],
          buttons: [button, button],
          buttonLayout: 'vertical',
        },
      },
    ]);
  });

  test('a list of nothing is its title', () => {
    const empty = skillAnswer([{ ...list, items: [], links: [] }]);
    expect(outputsOf(empty)).toEqual([{ simpleText: { text: '내 목록' } }]);
  });

  test('a card between two others keeps its title and cuts its text', () => {
    const card: SkillPart = { kind: 'card', title: '제목', text: '가'.repeat(900), links: [link] };
    const outputs = outputsOf(skillAnswer([{ kind: 'text', text: 'a' }, card, list]));
    expect(outputs).toHaveLength(3);
    expect(outputs[1]).toMatchObject({
      textCard: { title: '제목', description: `${'가'.repeat(397)}…` },
    });
  });
});

describe('what can be said next', () => {
  test('tells two that begin alike apart, and says each whole', () => {
    const branches = ['feature/long-name-of-one', 'feature/long-name-of-two'];
    const quickReplies = [
      { label: 'main', messageText: 'main' },
      { label: '2. feature/lo…', messageText: branches[0] },
      { label: '3. feature/lo…', messageText: branches[1] },
    ];
    expect(skillAnswer([{ kind: 'text', text: 'x' }], ['main', ...branches])).toMatchObject({
      template: { quickReplies },
    });
  });

  test('is ten replies at most, labels cut, words whole, blank ones left out', () => {
    const replies = ['', '가'.repeat(20), ...Array.from({ length: 12 }, (_, index) => `${index}`)];
    const made = repliesOf(textAnswer('a', { replies }));
    expect(made).toHaveLength(10);
    expect(made?.[0]).toEqual({
      label: `${'가'.repeat(13)}…`,
      action: 'message',
      messageText: '가'.repeat(20),
    });
  });

  test('is left out when there is nothing', () => {
    expect(repliesOf(textAnswer('a', { replies: [' '] }))).toBeUndefined();
  });
});

test('a promise of a late answer has no bubbles', () => {
  expect(callbackPromise('찾고 있어요')).toEqual({
    version: '2.0',
    useCallback: true,
    data: { text: '찾고 있어요' },
  });
  expect(v.is(validSkillAnswer, callbackPromise(''))).toBe(true);
});

describe('whatever it is made of, an answer is valid', () => {
  const units = ['가', 'a', ' ', '\n', '\u0000', '\ud83d', '👨‍👩‍👧‍👦', '\u0301', '👍🏽', '\u200d'];
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...units), maxLength: 60 }),
    fc
      .tuple(fc.constantFrom(...units), fc.integer({ min: 0, max: 4000 }))
      .map(([unit, count]) => unit.repeat(count)),
  );
  const address = fc.oneof(
    fc.constantFrom(url, '', 'https://', 'https://ex ample/', `${url}?q=${'가'.repeat(400)}`),
    fc.webUrl(),
    fc.string({ maxLength: 20 }),
  );
  const links = fc.array(fc.record({ label: text, url: address }), { maxLength: 5 });
  const item = fc.record(
    {
      title: text,
      description: text,
      imageUrl: address,
      press: fc.oneof(fc.record({ url: address }), fc.record({ message: text })),
    },
    { requiredKeys: ['title'] },
  );
  const part: fc.Arbitrary<SkillPart> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text }),
    fc.record(
      { kind: fc.constant('card' as const), title: text, text, links },
      { requiredKeys: ['kind', 'text', 'links'] },
    ),
    fc.record({
      kind: fc.constant('list' as const),
      title: text,
      items: fc.array(item, { maxLength: 8 }),
      links,
    }),
  );
  const replies = fc.array(text, { maxLength: 14 });

  test('10,000 random texts', () => {
    fc.assert(
      fc.property(text, (said) => v.is(validSkillAnswer, textAnswer(said))),
      { numRuns: 10_000 },
    );
  });

  test('1,000 random texts with links and replies', () => {
    fc.assert(
      fc.property(text, links, replies, (said, given, next) =>
        v.is(validSkillAnswer, textAnswer(said, { links: given, replies: next })),
      ),
      { numRuns: 1000 },
    );
  });

  test('1,000 random answers of up to three parts', () => {
    const parts = fc.oneof(fc.tuple(part), fc.tuple(part, part), fc.tuple(part, part, part));
    fc.assert(
      fc.property(parts, (some) => v.is(validSkillAnswer, skillAnswer(some))),
      { numRuns: 1000 },
    );
  });
});

describe('the schema of valid answers', () => {
  const valid = { version: '2.0', template: { outputs: [{ simpleText: { text: 'a' } }] } };
  const reply = { label: 'a', action: 'message', messageText: 'a' };

  test('takes the smallest answer', () => {
    expect(v.is(validSkillAnswer, valid)).toBe(true);
  });

  test.each([
    ['no version', { template: valid.template }],
    ['another version', { ...valid, version: '1.0' }],
    ['no bubble', answerOf()],
    ['four bubbles', answerOf(...times(4, valid.template.outputs[0]))],
    ['an empty text', answerOf({ simpleText: { text: ' ' } })],
    ['a text of 1,001 characters', answerOf({ simpleText: { text: 'a'.repeat(1001) } })],
    ['half a surrogate pair', answerOf({ simpleText: { text: '\ud83d' } })],
    ['an empty card', answerOf({ textCard: {} })],
    [
      'a card of 401 characters',
      answerOf({ textCard: { title: 'a', description: 'a'.repeat(400) } }),
    ],
    ['four buttons', answerOf({ textCard: { title: 'a', buttons: times(4, button) } })],
    [
      'a label of 15 characters',
      answerOf({ textCard: { title: 'a', buttons: [{ ...button, label: 'a'.repeat(15) }] } }),
    ],
    ['a list of nothing', answerOf({ listCard: { header: { title: 'a' }, items: [] } })],
    [
      'a list of six',
      answerOf({ listCard: { header: { title: 'a' }, items: times(6, { title: 'a' }) } }),
    ],
    ['11 replies', { ...valid, template: { ...valid.template, quickReplies: times(11, reply) } }],
    ['an unknown bubble', answerOf({ simpleText: { text: 'a' }, carousel: {} })],
  ])('refuses %s', (_name, answer) => {
    expect(v.is(validSkillAnswer, answer)).toBe(false);
  });
});
