import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/lexicon.ts';

export const catWords: Words = {
  cat: '고양이, 고양이들, 고냥이, 고양, 냥이, 냥냥이, 냥냥, 냥, 야옹, 야옹이, 야옹야옹, 냐옹, 냐옹이, 니야옹, 미야옹, 괭이, 길냥이, 집사, 캣, 캣팩트, cat, cats, kitty, kitties, kitten, kittens, meow, meoww, miaow, nya, feline, felines, pussycat, catfact, catfacts, cat fact, cat facts',
  fact: '이야기, 얘기, 사실, 상식, 지식, 한마디, 썰, 토막상식, 팩트, 잡학, 재밌는 거, 재미있는, 귀여운, 정보, fact, facts, trivia, story, stories, tidbit, fun fact, fun facts, joke about',
};

/** `고양이 세 개`, `send me cat facts`; right after one, `하나 더`. */
export const catHears: readonly Hearing[] = [
  {
    says: ['cat'],
    with: 'fact count number show day alert what is want more how say new mine only both data compliment daily person on',
    not: 'address off remove ordinal',
  },
  {
    says: ['more', 'more count', 'again', 'fact more', 'count more', 'more fact'],
    with: 'show want is count number fact what say',
    isFollowUp: true,
  },
];
