import type { Hearing } from '../../bot/talk/hear/choose.ts';
import type { Words } from '../../bot/talk/hear/lexicon.ts';

/** What plays on stage; a region's value is its name. */
export const stageWords: Words = {
  stage:
    '공연, 공연들, 무대, 콘서트, 공연 정보, 공연정보, 볼만한 공연, stage, show on stage, performance, performances, theatre, theater, theatre shows, theater shows, concert, concerts, on stage',
  'genre=musical': '뮤지컬, 뮤지컬들, 뮤지걸, musical, musicals',
  'genre=play': '연극, 연극들, 연극좀, play, plays',
  'region=서울': '서울, 서울특별시, 대학로, seoul',
  'region=부산': '부산, 부산광역시, busan',
  'region=대구': '대구, daegu',
  'region=인천': '인천, incheon',
  'region=광주': '광주, gwangju',
  'region=대전': '대전, daejeon',
  'region=울산': '울산, ulsan',
  'region=세종': '세종, sejong',
  'region=경기': '경기, 경기도, 수원, 성남, gyeonggi',
  'region=강원': '강원, 강원도, 춘천, gangwon',
  'region=충북': '충북, 충청북도, 청주, chungbuk',
  'region=충남': '충남, 충청남도, 천안, chungnam',
  'region=전북': '전북, 전라북도, 전주, jeonbuk',
  'region=전남': '전남, 전라남도, jeonnam',
  'region=경북': '경북, 경상북도, 포항, gyeongbuk',
  'region=경남': '경남, 경상남도, 창원, gyeongnam',
  'region=제주': '제주, 제주도, jeju',
};

/** `공연`, `서울 뮤지컬 뭐 해?`, `plays in busan`. */
export const stageHears: readonly Hearing[] = [
  {
    says: ['stage', 'genre', 'stage genre', 'stage region', 'genre region'],
    with: 'title region new what is show want how day week list count compliment say person more alert only all weekend data',
    not: 'off alert address menu netflix cat',
  },
];
