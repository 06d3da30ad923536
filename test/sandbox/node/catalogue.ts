/** Titles that the lever "a new title appears" adds, one a press. */
export const spareTitles = [
  { videoID: 99_001_001, title1: '옥상 위의 등대' },
  { videoID: 99_001_038, title1: '겨울잠 금지 구역' },
] as const;
