import type { Fact } from './fact.ts';

/** Facts of src/assets/catfacts.json that are told when the file cannot be read. */
export const spareFacts: readonly Fact[] = [
  {
    id: 'tiger-cousin',
    ko: '집고양이와 호랑이의 유전체는 95.6퍼센트가 비슷해요.',
    en: 'The genomes of house cats and tigers are 95.6 percent similar.',
  },
  {
    id: 'slow-blink',
    ko: '고양이를 보며 눈을 천천히 깜빡여 보세요. 고양이도 눈을 가늘게 뜨거나 깜빡여 줄 때가 많아요.',
    en: 'Try blinking slowly at a cat: cats often narrow their eyes or blink in return.',
  },
  {
    id: 'own-name',
    ko: '집고양이는 제 이름을 비슷하게 들리는 다른 낱말과 구별할 줄 알아요.',
    en: 'House cats can tell their own name from other words that sound much like it.',
  },
  {
    id: 'wrist-whiskers',
    ko: '고양이는 얼굴뿐 아니라 앞다리 뒤쪽에도 수염이 나 있어요.',
    en: 'Cats have whiskers not only on the face but also on the back of their front legs.',
  },
  {
    id: 'walks-on-toes',
    ko: '고양이는 발가락으로 서서 걸어요. 뒤꿈치는 땅에 닿지 않고 뒷다리 중간쯤에 떠 있어요.',
    en: 'Cats walk on their toes. Their heels stay off the ground, well up the hind legs.',
  },
  {
    id: 'no-sweet-taste',
    ko: '고양이는 단맛을 느끼지 못해요. 단맛 수용체를 만드는 유전자 하나가 망가져 있거든요.',
    en: 'Cats cannot taste sweetness: one of the genes behind the sweet receptor no longer works in them.',
  },
  {
    id: 'calico-girls',
    ko: '삼색 고양이는 거의 다 암컷이에요. 주황 털을 정하는 유전자가 X 염색체에 있거든요.',
    en: 'Nearly all calico cats are female, because the gene for orange fur sits on the X chromosome.',
  },
  {
    id: 'cat-day',
    ko: '8월 8일은 세계 고양이의 날이에요. 2002년 국제동물복지기금이 시작했어요.',
    en: 'International Cat Day is on 8 August. The International Fund for Animal Welfare began it in 2002.',
  },
];
