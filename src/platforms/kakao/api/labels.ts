import { cleanText, fitKakaoText } from './text.ts';

/** Says nothing without the words before it. */
const SMALL = /^(?:with|for|of|to|the|a)$/i;

/**
 * Words on the buttons of what can be said next, each of `limit` characters at most. What is too long
 * goes without the words that it has in common with others (`설정 hello` before each setting), else
 * without its last ones; only a word that is too long by itself is cut. Two that look alike are told
 * apart by their place.
 */
export function labelsOf(replies: readonly string[], limit: number): string[] {
  const words = replies.map((reply) => cleanText(reply).split(/\s+/));
  const labels = words.map((own, index) => {
    const whole = cleanText(replies[index] ?? '');
    if (whole.length <= limit) return whole;
    return shortened(own, sharedBy(own, words.toSpliced(index, 1)), limit);
  });
  return labels.map((label, index) =>
    labels.indexOf(label) === labels.lastIndexOf(label)
      ? label
      : fitKakaoText(`${index + 1}. ${replies[index] ?? ''}`, limit),
  );
}

/** With how many words a reply begins as another one does. */
function sharedBy(own: readonly string[], others: readonly (readonly string[])[]): number {
  const counts = others.map((other) => {
    const differs = own.findIndex((word, index) => word !== other[index]);
    return differs < 0 ? own.length : differs;
  });
  return Math.max(0, ...counts);
}

function shortened(words: readonly string[], shared: number, limit: number): string {
  for (let start = 1; start < words.length; start++) {
    // Of the words that are a reply's own none is left out at the front, but for a small one.
    if (start > shared && !(shared > 0 && SMALL.test(words[start - 1] ?? ''))) break;
    const rest = words.slice(start).join(' ');
    if (rest.length <= limit) return rest;
  }
  for (let end = words.length - 1; end > 0; end--) {
    const head = `${words.slice(0, end).join(' ')}…`;
    if (head.length <= limit) return head;
  }
  return fitKakaoText(words.join(' '), limit);
}
