import type { Fact } from './fact.ts';

/** Cats in history, art, science and records. */
export const cultureFacts: readonly Fact[] = [
  {
    id: 'wildcat-ancestor',
    ko: '전 세계 집고양이의 조상은 서아시아와 북아프리카에 살던 들고양이예요.',
    en: 'House cats all over the world descend from the wildcats of the Near East and North Africa.',
  },
  {
    id: 'cyprus-grave',
    ko: '키프로스에서는 약 9500년 전에 사람 곁에 나란히 묻힌 고양이가 발견됐어요.',
    en: 'On Cyprus, archaeologists found a cat that was buried next to a person about 9,500 years ago.',
  },
  {
    id: 'ship-travellers',
    ko: '옛 고양이 뼈의 유전자를 보면, 고양이는 사람들의 교역로와 뱃길을 따라 세계로 퍼졌어요.',
    en: 'Ancient DNA shows that cats spread through the world along the trade and sea routes of people.',
  },
  {
    id: 'eyebrows',
    ko: '헤로도토스에 따르면, 고대 이집트에서는 집고양이가 죽으면 식구들이 모두 눈썹을 밀었대요.',
    en: 'Herodotus wrote that when a house cat died in ancient Egypt, everyone in the home shaved off their eyebrows.',
  },
  {
    id: 'bastet',
    ko: '고대 이집트의 여신 바스테트는 고양이 모습으로, 또는 고양이 머리를 한 여인으로 그려졌어요.',
    en: 'The ancient Egyptian goddess Bastet was shown as a cat, or as a woman with the head of a cat.',
  },
  {
    id: 'pangur-ban',
    ko: '9세기 아일랜드의 한 수도사는 흰 고양이 팡구르 반의 쥐잡이를 자신의 글공부에 견준 시를 남겼어요.',
    en: 'A 9th-century Irish monk wrote a poem likening his study to the mouse hunts of his white cat, Pangur Bán.',
  },
  {
    id: 'manuscript-paws',
    ko: '크로아티아 두브로브니크의 15세기 문서에는 잉크 묻은 고양이 발자국이 그대로 찍혀 있어요.',
    en: 'A 15th-century manuscript kept in Dubrovnik, Croatia, still bears the inky paw prints of a cat.',
  },
  {
    id: 'king-sukjong',
    ko: '조선 숙종이 기르던 금빛 고양이는 임금이 세상을 떠나자 밥을 먹지 않다가 죽어, 왕릉 곁에 묻혔다고 해요.',
    en: 'The golden cat of King Sukjong of Joseon is said to have stopped eating and died when the king was gone; it was buried beside his tomb.',
  },
  {
    id: 'byeon-the-cat',
    ko: '조선 화가 변상벽은 고양이를 어찌나 잘 그렸는지 별명이 변고양이였어요.',
    en: 'The Joseon painter Byeon Sang-byeok drew cats so well that people nicknamed him Byeon the Cat.',
  },
  {
    id: 'cat-and-butterfly',
    ko: '옛 그림에서 고양이와 나비는 오래 살라는 뜻이에요. 한자음이 일흔과 여든을 뜻하는 말과 비슷하거든요.',
    en: 'A cat with a butterfly in old paintings is a wish for long life: in Chinese the words sound like those for 70 and 80.',
  },
  {
    id: 'emperor-diary',
    ko: '일본의 우다 천황은 889년 일기에 자기가 기르는 검은 고양이를 한껏 자랑했어요.',
    en: 'In his diary of 889, Emperor Uda of Japan proudly described his black cat.',
  },
  {
    id: 'genji',
    ko: '『겐지 이야기』에는 고양이 목줄에 대나무 발이 걸려 올라가면서, 그 뒤에 있던 공주의 모습이 드러나는 장면이 있어요.',
    en: "In The Tale of Genji, a cat's cord lifts a bamboo blind and so reveals the princess behind it.",
  },
  {
    id: 'i-am-a-cat',
    ko: '나쓰메 소세키의 소설 『나는 고양이로소이다』의 주인공은 끝까지 이름이 없는 고양이예요.',
    en: "The hero and narrator of Natsume Sōseki's novel I Am a Cat is a cat that never gets a name.",
  },
  {
    id: 'freyja',
    ko: '북유럽 신화의 여신 프레이야는 고양이 두 마리가 끄는 수레를 타고 다녀요.',
    en: 'In Norse myth the goddess Freyja rides in a chariot drawn by two cats.',
  },
  {
    id: 'exeter-payroll',
    ko: '영국 엑서터 대성당의 중세 장부에는 쥐를 잡는 고양이 몫으로 매주 1페니를 준 기록이 있어요.',
    en: 'The medieval accounts of Exeter Cathedral in England allow a penny a week for the cat that caught its mice.',
  },
  {
    id: 'chaucer-hole',
    ko: '14세기에 쓰인 초서의 『캔터베리 이야기』에는 고양이가 드나드는 문구멍이 나와요.',
    en: "Chaucer's Canterbury Tales, written in the 14th century, already mentions a hole in a door for the cat.",
  },
  {
    id: 'cat-in-the-hat',
    ko: '닥터 수스의 그림책 『모자 쓴 고양이』는 서로 다른 낱말 236개만으로 쓰였어요.',
    en: "Dr. Seuss's book The Cat in the Hat is written with only 236 different words.",
  },
  {
    id: 'clarinet-cat',
    ko: '프로코피예프의 음악 동화 「피터와 늑대」에서 고양이는 클라리넷이 맡아요.',
    en: "In Prokofiev's Peter and the Wolf, the cat is played by the clarinet.",
  },
  {
    id: 'cat-duet',
    ko: '로시니의 곡으로 알려진 「고양이 이중창」은 가사가 처음부터 끝까지 야옹뿐이에요.',
    en: 'The Cat Duet, a song often credited to Rossini, has just one word from start to end: meow.',
  },
  {
    id: 'cats-musical',
    ko: '뮤지컬 「캣츠」의 가사는 대부분 시인 T. S. 엘리엇이 1939년에 낸 고양이 시집에서 왔어요.',
    en: 'Most of the lyrics of the musical Cats come from a book of cat poems that T. S. Eliot published in 1939.',
  },
  {
    id: 'cat-coauthor',
    ko: '1975년 한 물리학 논문의 공동 저자 F. D. C. 윌러드는 사실 교수의 고양이 체스터였어요.',
    en: "F. D. C. Willard, co-author of a physics paper of 1975, was really the professor's cat, Chester.",
  },
  {
    id: 'schrodinger',
    ko: '슈뢰딩거의 고양이는 진짜 고양이가 아니에요. 1935년 논문에 나오는 상상 속 실험이에요.',
    en: "Schrödinger's cat was never a real cat, only a thought experiment in a paper of 1935.",
  },
  {
    id: 'boxing-cats',
    ko: '고양이 영상은 영화만큼 오래됐어요. 에디슨의 회사는 1894년에 이미 권투하는 고양이를 찍었어요.',
    en: "Cat videos are as old as film: Edison's company recorded two boxing cats in 1894.",
  },
  {
    id: 'crystal-palace',
    ko: '1871년 런던 수정궁에서 열린 고양이 대회는 오늘날 캣쇼의 시작으로 꼽혀요.',
    en: "The cat show held at London's Crystal Palace in 1871 is seen as the start of modern cat shows.",
  },
  {
    id: 'simon-medal',
    ko: '영국 군함 애머시스트호의 고양이 사이먼은 1949년에 동물에게 주는 디킨 메달을 받았어요.',
    en: "Simon, the ship's cat of HMS Amethyst, was awarded the Dickin Medal for animals in 1949.",
  },
  {
    id: 'trim',
    ko: '1801년부터 1803년까지 매슈 플린더스가 호주를 한 바퀴 도는 항해에는 고양이 트림이 함께했어요.',
    en: 'A cat named Trim sailed with Matthew Flinders on his voyage around Australia between 1801 and 1803.',
  },
  {
    id: 'space-cat',
    ko: '1963년 프랑스가 쏘아 올린 로켓을 탄 펠리세트는 우주에 다녀온 첫 고양이예요.',
    en: 'Félicette, launched on a French rocket in 1963, was the first cat to travel to space and back.',
  },
  {
    id: 'creme-puff',
    ko: '미국 텍사스의 고양이 크림 퍼프는 1967년부터 2005년까지 38년을 살았어요.',
    en: 'Creme Puff, a cat from Texas, lived for 38 years, from 1967 to 2005.',
  },
  {
    id: 'towser',
    ko: '스코틀랜드 글렌터렛 증류소의 고양이 타우저는 평생 쥐를 28,899마리 잡은 것으로 기록돼 있어요.',
    en: "Towser, the cat of Scotland's Glenturret distillery, is credited with catching 28,899 mice in her life.",
  },
  {
    id: 'station-master',
    ko: '2007년 일본 와카야마의 기시역에서는 고양이 다마가 역장으로 임명됐어요.',
    en: 'In 2007 a cat named Tama was appointed stationmaster of Kishi Station in Wakayama, Japan.',
  },
  {
    id: 'downing-street',
    ko: '2011년 영국 총리 관저에 온 고양이 래리는 수석 쥐잡이라는 직함을 받았어요.',
    en: "Larry, who came to the British prime minister's home in 2011, was given the title of Chief Mouser.",
  },
  {
    id: 'hermitage',
    ko: '러시아 예르미타시 미술관의 고양이는 1745년 여제의 명으로 궁에 쥐잡이를 들인 데서 시작됐어요.',
    en: "The cats of Russia's Hermitage Museum go back to 1745, when the empress ordered mousers for the palace.",
  },
  {
    id: 'white-house-siamese',
    ko: '1878년 방콕의 미국 외교관은 대통령 부인 루시 헤이스에게 샴고양이를 선물로 보냈어요.',
    en: 'In 1878 an American diplomat in Bangkok sent First Lady Lucy Hayes a Siamese cat as a gift.',
  },
  {
    id: 'catgut',
    ko: '현악기에 쓰던 줄 캣거트는 이름과 달리 고양이가 아니라 주로 양의 창자로 만들었어요.',
    en: 'Catgut, once used for violin strings, has nothing to do with cats: it was made mostly from the intestines of sheep.',
  },
  {
    id: 'tabby-silk',
    ko: '줄무늬 고양이를 뜻하는 영어 태비는 바그다드의 한 동네에서 짜던 물결무늬 비단 이름에서 왔어요.',
    en: 'The word tabby comes from a wavy-patterned silk once woven in a quarter of Baghdad.',
  },
  {
    id: 'road-studs',
    ko: '밤길을 비추는 도로 반사 장치 캣츠아이는 1930년대 영국의 퍼시 쇼가 발명했어요.',
    en: "The reflecting road studs called cat's eyes were invented in the 1930s by Percy Shaw of England.",
  },
  {
    id: 'kindle-clowder',
    ko: '영어에는 고양이 무리를 부르는 말이 따로 있어요. 어른 고양이 무리는 클라우더, 아기 고양이 무리는 킨들이에요.',
    en: 'English has its own words for groups of cats: a clowder of cats and a kindle of kittens.',
  },
  {
    id: 'cat-day',
    ko: '8월 8일은 세계 고양이의 날이에요. 2002년 국제동물복지기금이 시작했어요.',
    en: 'International Cat Day is on 8 August. The International Fund for Animal Welfare began it in 2002.',
  },
];
