import type { Fact } from './fact.ts';

/** How cats behave, how to care for them, and their wild relatives. */
export const lifeFacts: readonly Fact[] = [
  {
    id: 'owner-voice',
    ko: '고양이는 낯선 사람과 집사의 목소리를 구별해요. 알아듣고도 대답을 안 할 뿐이에요.',
    en: "Cats can tell their owner's voice from a stranger's. They just do not always bother to answer.",
  },
  {
    id: 'own-name',
    ko: '집고양이는 제 이름을 비슷하게 들리는 다른 낱말과 구별할 줄 알아요.',
    en: 'House cats can tell their own name from other words that sound much like it.',
  },
  {
    id: 'friend-names',
    ko: '여럿이 함께 사는 고양이는 같이 사는 친구 고양이의 이름과 얼굴을 연결할 줄 알아요.',
    en: "Cats that live together learn which name belongs to which companion cat's face.",
  },
  {
    id: 'slow-blink',
    ko: '고양이를 보며 눈을 천천히 깜빡여 보세요. 고양이도 눈을 가늘게 뜨거나 깜빡여 줄 때가 많아요.',
    en: 'Try blinking slowly at a cat: cats often narrow their eyes or blink in return.',
  },
  {
    id: 'pleading-purr',
    ko: '밥을 조르는 고양이의 골골송에는 울음 같은 높은 소리가 섞여 있어서 사람 귀에 더 급하게 들려요.',
    en: 'When cats purr for food they mix in a high, cry-like note that sounds more urgent to people.',
  },
  {
    id: 'attachment',
    ko: '고양이도 아기처럼 보호자에게 애착을 느껴요. 보호자가 곁에 있으면 낯선 곳에서도 더 안심하는 고양이가 많아요.',
    en: 'Like babies, cats form attachments: with their person near, many feel safer in a strange place.',
  },
  {
    id: 'tail-up',
    ko: '꼬리를 꼿꼿이 세우고 다가오는 건 고양이끼리 주고받는 다정한 인사예요.',
    en: 'Walking up with the tail held straight in the air is a friendly greeting among cats.',
  },
  {
    id: 'owner-map',
    ko: '고양이는 안 보이는 집사가 어디쯤 있는지 목소리로 짐작해요. 엉뚱한 곳에서 목소리가 나면 깜짝 놀라요.',
    en: 'Cats track an unseen owner by voice, and look surprised when it suddenly comes from an unlikely place.',
  },
  {
    id: 'baby-talk',
    ko: '집에서 사는 고양이는 집사가 다른 사람에게 하는 말과 자기에게만 쓰는 다정한 말투를 구별해요.',
    en: 'Indoor cats notice the difference between how their owner talks to other people and the sweet voice used for cats.',
  },
  {
    id: 'facial-signals',
    ko: '고양이 카페에서 고양이끼리 짓는 표정을 세어 봤더니 무려 276가지였어요.',
    en: 'Researchers who watched the cats of a cat café counted 276 different facial expressions among them.',
  },
  {
    id: 'fetching',
    ko: '던진 장난감을 물어 오는 고양이도 있어요. 대부분은 누가 가르치지 않았는데 스스로 시작했대요.',
    en: 'Some cats play fetch, and most of them started all by themselves, without any training.',
  },
  {
    id: 'free-lunch',
    ko: '많은 동물이 일해서 얻는 먹이를 마다하지 않지만, 고양이는 그냥 차려진 밥을 더 좋아해요.',
    en: 'Many animals do not mind working for their food, but cats prefer a meal that is simply served.',
  },
  {
    id: 'catnip-inherited',
    ko: '캣닢에 반응하는 성질은 부모에게서 물려받아요. 그래서 아무렇지 않은 고양이도 있어요.',
    en: 'Responding to catnip runs in the family, which is why some cats do not care for it at all.',
  },
  {
    id: 'silver-vine',
    ko: '캣닢에 시큰둥한 고양이도 개다래(마따따비)에는 반응하는 경우가 많아요.',
    en: 'Many cats that shrug at catnip do respond to silver vine.',
  },
  {
    id: 'mosquito-rub',
    ko: '고양이가 개다래 잎에 얼굴을 비비는 건 좋아서만은 아니에요. 털에 묻은 성분이 모기를 쫓아 줘요.',
    en: 'Rubbing on silver vine leaves is more than a pleasure for cats: what sticks to the fur keeps mosquitoes away.',
  },
  {
    id: 'illusory-box',
    ko: '고양이는 진짜 상자뿐 아니라, 바닥에 있는 것처럼 보이기만 하는 착시 네모 안에도 들어가 앉곤 해요.',
    en: 'Cats like to sit not only in real boxes but also in squares on the floor that are just an optical illusion.',
  },
  {
    id: 'cat-music',
    ko: '골골 소리와 젖 빠는 소리의 빠르기에 맞춰 만든 고양이 음악을 들려줬더니, 사람 음악보다 더 관심을 보였어요.',
    en: 'Cats took more interest in music written for them, with tempos of purring and suckling, than in ours.',
  },
  {
    id: 'half-asleep',
    ko: '고양이는 하루의 절반쯤을 자면서 보내요.',
    en: 'Cats spend about half of every day asleep.',
  },
  {
    id: 'flea-comb',
    ko: '그루밍은 벼룩 빗질이기도 해요. 몸을 핥지 못하게 한 고양이에게는 벼룩이 더 많이 남아 있었어요.',
    en: 'Grooming doubles as a flea comb: cats that were kept from licking themselves carried more fleas.',
  },
  {
    id: 'early-handling',
    ko: '태어난 지 2~7주 사이에 사람 손길을 많이 받은 아기 고양이는 사람을 더 잘 따르게 돼요.',
    en: 'Kittens handled by people between about two and seven weeks of age grow up friendlier towards us.',
  },
  {
    id: 'newborn-kittens',
    ko: '갓 태어난 고양이는 눈도 귀도 닫혀 있어서, 냄새와 온기로 엄마를 찾아가요.',
    en: 'Newborn kittens have closed eyes and ears, and find their mother by smell and warmth.',
  },
  {
    id: 'many-fathers',
    ko: '한배에서 태어난 아기 고양이들이라도 아빠가 서로 다를 수 있어요.',
    en: 'Kittens born in the same litter can have different fathers.',
  },
  {
    id: 'meow-for-people',
    ko: '다 자란 고양이끼리는 야옹 소리를 잘 내지 않아요. 야옹은 주로 사람에게 거는 말이에요.',
    en: 'Grown cats seldom meow at one another. Meowing is mostly how they talk to people.',
  },
  {
    id: 'scratching-message',
    ko: '고양이가 긁는 건 말썽이 아니라 본능이에요. 발톱을 다듬고, 눈에 보이는 자국과 냄새도 남겨요.',
    en: 'Scratching is instinct, not mischief: it keeps the claws in shape and leaves marks to see and to smell.',
  },
  {
    id: 'taurine',
    ko: '고양이는 타우린을 꼭 먹어야 해요. 오래 모자라면 심장이 약해질 수 있어요.',
    en: 'Cats must get taurine from their food; a long lack of it can weaken the heart.',
  },
  {
    id: 'no-carrots',
    ko: '사람은 당근의 베타카로틴으로 비타민 A를 만들지만, 고양이는 그러지 못해서 먹이로 바로 섭취해야 해요.',
    en: 'We can turn the beta-carotene of carrots into vitamin A. Cats cannot, so they need it ready-made in their food.',
  },
  {
    id: 'lilies',
    ko: '백합은 고양이에게 아주 위험해요. 꽃가루나 꽃병 물만 먹어도 콩팥이 망가질 수 있어요.',
    en: 'True lilies are very dangerous for cats: even a little pollen or water from the vase can ruin their kidneys.',
  },
  {
    id: 'onions',
    ko: '양파와 마늘은 고양이의 적혈구를 상하게 해요. 익히거나 가루를 내도 마찬가지예요.',
    en: "Onion and garlic damage a cat's red blood cells, whether they are raw, cooked or powdered.",
  },
  {
    id: 'human-years',
    ko: '한 살 고양이는 사람으로 치면 열다섯 살쯤이에요. 두 살이면 벌써 스물네 살쯤 돼요.',
    en: 'A one-year-old cat is like a person of about 15; at two it is already like one of 24.',
  },
  {
    id: 'allergen',
    ko: '고양이 알레르기를 일으키는 건 털 자체가 아니라, 주로 침과 피부에서 나오는 단백질이에요.',
    en: 'Cat allergy is not caused by hair as such but mostly by a protein from the saliva and skin.',
  },
  {
    id: 'copycat',
    ko: '2001년에 태어난 첫 복제 고양이 씨씨는 유전자를 준 고양이와 털 무늬가 달랐어요.',
    en: 'CC, the first cloned cat, born in 2001, had a different coat from the cat she was copied from.',
  },
  {
    id: 'eight-lineages',
    ko: '오늘날의 고양이과 동물은 여덟 갈래로 나뉘어요. 집고양이 갈래는 그중 가장 늦게 갈라져 나온 축이에요.',
    en: 'Living cat species fall into eight lineages, and the one with the house cat is among the last to have branched off.',
  },
  {
    id: 'cheetah-purr',
    ko: '치타는 사자처럼 포효하지 못하는 대신 집고양이처럼 골골거려요.',
    en: 'Cheetahs cannot roar like lions, but they purr like house cats.',
  },
  {
    id: 'round-pupils',
    ko: '몽골 초원에 사는 마눌고양이의 눈동자는 밝은 곳에서 세로가 아니라 동그랗게 줄어들어요.',
    en: "The pupils of Pallas's cats, which live on the Mongolian steppe, shrink to small circles, not slits.",
  },
  {
    id: 'sand-cat-feet',
    ko: '사막에 사는 모래고양이는 발바닥까지 털로 덮여 있어서 뜨거운 모래 위를 걸을 수 있어요.',
    en: 'Sand cats of the desert have fur even on the soles of their feet, so they can cross hot sand.',
  },
  {
    id: 'fishing-cat',
    ko: '아시아의 물가에 사는 고기잡이삵은 헤엄을 잘 치고 물고기를 잡아먹어요.',
    en: 'The fishing cat of Asian wetlands swims well and hunts fish.',
  },
];
