import type { Fact } from './fact.ts';

/** How cats are built and what they sense. */
export const bodyFacts: readonly Fact[] = [
  {
    id: 'no-sweet-taste',
    ko: '고양이는 단맛을 느끼지 못해요. 단맛 수용체를 만드는 유전자 하나가 망가져 있거든요.',
    en: 'Cats cannot taste sweetness: one of the genes behind the sweet receptor no longer works in them.',
  },
  {
    id: 'umami',
    ko: '고양이는 감칠맛을 느껴요. 고기와 생선을 그렇게 좋아하는 데는 다 이유가 있어요.',
    en: 'Cats can taste umami, the savoury flavour of meat and fish, so their love of both is no accident.',
  },
  {
    id: 'lapping',
    ko: '고양이는 혀끝을 수면에 살짝 댔다가 빠르게 들어 올려, 딸려 온 물기둥이 떨어지기 전에 입을 다물어요.',
    en: 'A drinking cat touches the water with the tip of its tongue, pulls up a column of water and closes its mouth before it falls.',
  },
  {
    id: 'hollow-papillae',
    ko: '고양이 혀의 까끌까끌한 돌기는 끝이 숟가락처럼 파여 있어서, 침을 털 속 깊은 곳까지 날라 줘요.',
    en: "The rough spines on a cat's tongue have scoop-shaped tips that carry saliva deep into the fur.",
  },
  {
    id: 'hearing-range',
    ko: '고양이는 85킬로헤르츠쯤 되는 아주 높은 소리까지 들어요. 사람은 20킬로헤르츠 정도가 한계예요.',
    en: 'Cats hear sounds as high as about 85 kilohertz; people stop at around 20.',
  },
  {
    id: 'ultraviolet',
    ko: '사람의 수정체는 자외선을 거의 막지만, 고양이의 수정체는 꽤 많이 통과시켜요.',
    en: "Our lenses block most ultraviolet light, but a cat's lens lets a good part of it through.",
  },
  {
    id: 'slit-pupils',
    ko: '고양이처럼 세로로 긴 눈동자는 몸집이 작고 숨어서 기다리는 사냥꾼에게 흔해요. 거리를 재기에 좋거든요.',
    en: 'Upright slit pupils like those of cats are common in small ambush hunters, because they help in judging distance.',
  },
  {
    id: 'eyeshine',
    ko: '밤에 고양이 눈이 반짝이는 건 망막 뒤에 있는 반사층이 빛을 되돌려 보내기 때문이에요.',
    en: "A cat's eyes shine at night because a mirror-like layer behind the retina sends light back.",
  },
  {
    id: 'third-eyelid',
    ko: '고양이 눈에는 눈꺼풀이 하나 더 있어요. 눈 안쪽 구석에 숨어 있는 이 셋째 눈꺼풀이 눈을 지켜 줘요.',
    en: 'Cats have an extra, third eyelid. It sits in the inner corner of each eye and protects it.',
  },
  {
    id: 'dim-light',
    ko: '고양이는 사람보다 훨씬 어두운 곳에서도 볼 수 있어요. 하지만 빛이 전혀 없으면 고양이도 못 봐요.',
    en: 'Cats see in far dimmer light than we do, but in total darkness they cannot see either.',
  },
  {
    id: 'two-cone-colours',
    ko: '고양이도 색을 봐요. 다만 사람만큼 다양하게 가려 보지는 못하고, 특히 빨강과 초록을 헷갈려요.',
    en: 'Cats do see colour, only with less variety than people: red and green are hard for them to tell apart.',
  },
  {
    id: 'deep-whiskers',
    ko: '고양이 수염은 보통 털보다 훨씬 깊이 박혀 있고, 뿌리 둘레에 신경이 모여 있어서 아주 예민해요.',
    en: "A cat's whiskers are rooted much deeper than ordinary hair, among many nerves, which makes them very sensitive.",
  },
  {
    id: 'wrist-whiskers',
    ko: '고양이는 얼굴뿐 아니라 앞다리 뒤쪽에도 수염이 나 있어요.',
    en: 'Cats have whiskers not only on the face but also on the back of their front legs.',
  },
  {
    id: 'floating-collarbone',
    ko: '고양이의 빗장뼈는 아주 작고 다른 뼈와 맞물려 있지 않아서, 어깨를 오므리고 좁은 틈을 지날 수 있어요.',
    en: "A cat's collarbones are tiny and joined to no other bone, so its shoulders can slip through narrow gaps.",
  },
  {
    id: 'walks-on-toes',
    ko: '고양이는 발가락으로 서서 걸어요. 뒤꿈치는 땅에 닿지 않고 뒷다리 중간쯤에 떠 있어요.',
    en: 'Cats walk on their toes. Their heels stay off the ground, well up the hind legs.',
  },
  {
    id: 'sheathed-claws',
    ko: '고양이는 걸을 때 발톱을 집어넣어요. 그래서 발소리가 작고 발톱 끝도 쉽게 무뎌지지 않아요.',
    en: 'Cats draw in their claws when they walk, which keeps their steps quiet and the tips sharp.',
  },
  {
    id: 'extra-toes-switch',
    ko: '발가락이 여느 고양이보다 많은 고양이가 있어요. 발 모양을 정하는 유전자의 스위치가 한 글자 바뀐 거예요.',
    en: 'Some cats have extra toes: a single changed letter in the switch of a gene that shapes the paw is enough.',
  },
  {
    id: 'teeth',
    ko: '아기 고양이의 젖니는 26개, 다 자란 고양이의 이빨은 30개예요.',
    en: 'Kittens have 26 milk teeth; grown cats have 30 teeth.',
  },
  {
    id: 'warm-body',
    ko: '고양이의 정상 체온은 38.1~39.2도예요. 안으면 따뜻한 게 당연하죠.',
    en: "A cat's normal temperature is 38.1 to 39.2 °C (100.5 to 102.5 °F). No wonder they feel so warm.",
  },
  {
    id: 'first-genome',
    ko: '유전체가 처음으로 해독된 고양이는 시나몬이라는 이름의 아비시니안이었어요.',
    en: 'The first cat to have its genome sequenced was an Abyssinian named Cinnamon.',
  },
  {
    id: 'tiger-cousin',
    ko: '집고양이와 호랑이의 유전체는 95.6퍼센트가 비슷해요.',
    en: 'The genomes of house cats and tigers are 95.6 percent similar.',
  },
  {
    id: 'tumbling-photos',
    ko: '1894년 프랑스의 마레는 떨어지는 고양이를 연속 사진으로 찍어, 공중에서 몸을 돌려 발로 내려서는 모습을 보여 줬어요.',
    en: 'In 1894 Étienne-Jules Marey photographed a falling cat in quick series, showing how it turns in the air to land on its feet.',
  },
  {
    id: 'jumping-legs',
    ko: '고양이의 점프 실력을 재 봤더니, 뒷다리가 길고 군살이 적을수록 더 힘차게 뛰어올랐어요.',
    en: 'When researchers measured jumping cats, those with longer hind legs and less body fat took off faster.',
  },
  {
    id: 'purr-both-ways',
    ko: '고양이는 숨을 들이쉴 때도 내쉴 때도 골골거려요. 그래서 소리가 끊기지 않고 이어져요.',
    en: 'Cats purr while breathing in as well as out, which is why the sound seems never to stop.',
  },
  {
    id: 'blood-types',
    ko: '고양이도 혈액형이 있어요. A형과 B형, 그리고 드문 AB형이에요.',
    en: 'Cats have blood types too: A, B and the rare AB.',
  },
  {
    id: 'calico-girls',
    ko: '삼색 고양이는 거의 다 암컷이에요. 주황 털을 정하는 유전자가 X 염색체에 있거든요.',
    en: 'Nearly all calico cats are female, because the gene for orange fur sits on the X chromosome.',
  },
  {
    id: 'siamese-points',
    ko: '샴고양이의 털은 몸에서 서늘한 곳일수록 짙어져요. 그래서 귀와 얼굴, 발, 꼬리의 색이 진해요.',
    en: "A Siamese cat's fur grows darker where the body is cooler: on the ears, face, paws and tail.",
  },
  {
    id: 'king-cheetah-tabby',
    ko: '집고양이의 소용돌이무늬와 킹치타의 굵직한 얼룩무늬는 같은 유전자가 바뀌어서 생겨요.',
    en: 'The swirls of a blotched tabby and the bold markings of a king cheetah come from changes in the same gene.',
  },
  {
    id: 'sphynx-keratin',
    ko: '털이 거의 없는 스핑크스와 털이 곱슬한 데본렉스는 같은 케라틴 유전자가 서로 다르게 바뀐 고양이예요.',
    en: 'The nearly hairless Sphynx and the curly Devon Rex carry different changes in one and the same keratin gene.',
  },
  {
    id: 'paw-preference',
    ko: '고양이도 즐겨 쓰는 앞발이 있어요. 한 연구에서 암컷은 오른발, 수컷은 왼발을 더 많이 썼어요.',
    en: 'Many cats favour one front paw: in one study females leaned to the right, males to the left.',
  },
];
