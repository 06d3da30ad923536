/** A drawn poster: SVG of 640 x 360, and how its title is set. */
export interface PosterScene {
  readonly videoID: number;
  readonly title: string;
  readonly second?: string;
  readonly art: string;
  /** Where the title stands: side and height. */
  readonly place: 'left' | 'right' | 'center' | 'top';
  readonly ink: string;
  readonly face: 'sans' | 'serif';
  readonly size: number;
}

/** A repeatable sequence of numbers from 0 to 1 (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function repeat(count: number, draw: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(index)).join('');
}

function sky(...stops: readonly string[]): string {
  const colors = stops.map(
    (color, index) => `<stop offset="${index / (stops.length - 1)}" stop-color="${color}"/>`,
  );
  return `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${colors.join('')}</linearGradient></defs><rect width="640" height="360" fill="url(#sky)"/>`;
}

function stars(seed: number, count: number, height = 200): string {
  const next = numbers(seed);
  return repeat(
    count,
    () =>
      `<circle cx="${next() * 640}" cy="${next() * height}" r="${0.6 + next() * 1.2}" fill="#fff" opacity="${0.3 + next() * 0.6}"/>`,
  );
}

function disc(x: number, y: number, radius: number, color: string, glow = 0.15): string {
  return `<circle cx="${x}" cy="${y}" r="${radius * 1.7}" fill="${color}" opacity="${glow}"/><circle cx="${x}" cy="${y}" r="${radius * 1.3}" fill="${color}" opacity="${glow}"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/>`;
}

function wave(y: number, height: number, length: number, color: string, shift = 0): string {
  const steps = Math.ceil(700 / length) + 1;
  const path = repeat(steps, () => `q${length / 4} ${-height} ${length / 2} 0t${length / 2} 0`);
  return `<path d="M${-shift} ${y}${path}V360H-200Z" fill="${color}"/>`;
}

function hill(y: number, peak: number, color: string, at = 320): string {
  return `<path d="M-40 ${y}C${at - 180} ${y} ${at - 120} ${peak} ${at} ${peak}S${at + 200} ${y} 680 ${y}V360H-40Z" fill="${color}"/>`;
}

function windows(x: number, y: number, columns: number, rows: number, seed: number): string {
  const next = numbers(seed);
  return repeat(columns * rows, (index) => {
    const isLit = next() > 0.55;
    return `<rect x="${x + (index % columns) * 15}" y="${y + Math.floor(index / columns) * 17}" width="9" height="10" rx="1" fill="${isLit ? '#ffd98a' : '#fff'}" opacity="${isLit ? 0.95 : 0.1}"/>`;
  });
}

function heart(x: number, y: number, size: number, color: string): string {
  return `<path transform="translate(${x} ${y}) scale(${size})" d="M0 6C-9-1-6-9 0-4 6-9 9-1 0 6Z" fill="${color}"/>`;
}

const postOffice = `${sky('#7fd0e0', '#d7f0dc', '#fff3c9')}${disc(520, 84, 38, '#fff6d0', 0.3)}${hill(270, 190, '#9fd08a', 140)}${hill(290, 230, '#74b56e', 480)}<rect y="285" width="640" height="75" fill="#5c9f5b"/><g transform="translate(400 168)"><path d="M-12 44 76-8l88 52z" fill="#c8503f"/><rect y="44" width="152" height="86" fill="#fff4e2"/><rect x="58" y="76" width="36" height="54" fill="#8b5a3c"/><rect x="14" y="64" width="30" height="28" fill="#9cd3e6"/><rect x="108" y="64" width="30" height="28" fill="#9cd3e6"/><rect x="52" y="52" width="48" height="14" rx="3" fill="#c8503f"/></g><g transform="translate(330 236)"><rect x="10" y="34" width="6" height="44" fill="#6b4a35"/><path d="M0 34V16a13 13 0 0 1 26 0v18z" fill="#d8432f"/><rect x="5" y="15" width="16" height="3" fill="#fff"/></g>${repeat(5, (index) => `<path d="M${250 - index * 34} ${120 + Math.sin(index) * 26}l26-8-6 18z" fill="#fff" opacity="${0.95 - index * 0.12}"/>`)}`;

const quietNight = `${sky('#10142e', '#28305c', '#4b4a7d')}${stars(7, 70, 220)}<rect x="330" width="310" height="360" fill="#171a33"/>${windows(360, 24, 17, 19, 40)}<rect x="432" y="140" width="96" height="112" fill="#ffcf7a"/><rect x="432" y="140" width="96" height="112" fill="none" stroke="#2b2a48" stroke-width="6"/><path d="M480 140v112" stroke="#2b2a48" stroke-width="4"/><circle cx="462" cy="198" r="13" fill="#2b2a48"/><path d="M438 252c0-28 10-38 24-38s24 10 24 38z" fill="#2b2a48"/><circle cx="503" cy="205" r="11" fill="#5d3f4f"/><path d="M484 252c0-24 8-34 19-34s19 10 19 34z" fill="#5d3f4f"/>`;

const moonAndWaves = `${sky('#0a1840', '#1f3f7a', '#5a7fb4')}${stars(12, 80)}${disc(430, 150, 78, '#fdf0c8', 0.1)}${wave(230, 26, 180, '#2d5c96', 20)}${wave(262, 30, 220, '#1f4a80', 90)}${wave(300, 32, 260, '#123562', 40)}${wave(336, 26, 200, '#0b2447', 120)}${repeat(7, (index) => `<rect x="${396 + Math.abs(index - 3) * 8 - index * 2}" y="${238 + index * 15}" width="${70 - index * 6}" height="3" rx="1.5" fill="#fdf0c8" opacity="0.55"/>`)}`;

const catLawyer = `${sky('#ffb65c', '#ff9448', '#ef7438')}<circle cx="460" cy="190" r="150" fill="#ffd48a"/><path d="M330 360c0-90 52-128 130-128s130 38 130 128z" fill="#22263d"/><path d="m420 236 40 56 40-56z" fill="#fff"/><path d="m450 258 10-10 10 10-6 50h-8z" fill="#c4312f"/><path d="M388 98 376 34l52 34c20-7 44-7 64 0l52-34-12 64c18 60-12 116-72 116s-90-56-72-116z" fill="#3a3f58"/><ellipse cx="432" cy="138" rx="15" ry="17" fill="#ffe08a"/><ellipse cx="488" cy="138" rx="15" ry="17" fill="#ffe08a"/><ellipse cx="432" cy="139" rx="4" ry="13" fill="#1a1c2b"/><ellipse cx="488" cy="139" rx="4" ry="13" fill="#1a1c2b"/><path d="m453 164h14l-7 8z" fill="#ff9a9a"/><path d="M460 172q-9 12-19 4M460 172q9 12 19 4" stroke="#ff9a9a" stroke-width="3" fill="none"/><path d="M408 166l-50-8M408 174l-48 6M512 166l50-8M512 174l48 6" stroke="#fff" stroke-width="2" opacity="0.7"/><circle cx="432" cy="138" r="24" fill="none" stroke="#d9a441" stroke-width="4"/><circle cx="488" cy="138" r="24" fill="none" stroke="#d9a441" stroke-width="4"/><path d="M456 136h8" stroke="#d9a441" stroke-width="4"/>`;

const lastBus = `${sky('#1b2a4a', '#44557d', '#d58f6d')}${stars(31, 50, 150)}<rect y="236" width="640" height="46" fill="#31507a"/>${repeat(9, (index) => `<rect x="${(index * 83) % 600}" y="${244 + ((index * 7) % 32)}" width="46" height="2" fill="#f3c8a2" opacity="0.6"/>`)}<path d="M0 282h640v78H0z" fill="#202a3d"/><path d="M0 322h640" stroke="#f2d58d" stroke-width="4" stroke-dasharray="34 26"/><g transform="translate(410 204)"><rect width="180" height="92" rx="14" fill="#e9e2d0"/><rect y="58" width="180" height="14" fill="#c8503f"/>${repeat(4, (index) => `<rect x="${12 + index * 40}" y="16" width="32" height="30" rx="4" fill="#ffdf96"/>`)}<circle cx="38" cy="94" r="15" fill="#151a26"/><circle cx="142" cy="94" r="15" fill="#151a26"/><path d="M0 66-60 100H0z" fill="#ffe9a8" opacity="0.35"/></g>`;

const howToLove = `<rect width="640" height="360" fill="#ffd9e3"/>${repeat(40, (index) => `<circle cx="${(index % 10) * 70 + 12}" cy="${Math.floor(index / 10) * 100 + 24}" r="3" fill="#fff" opacity="0.8"/>`)}<g fill="#ee3d6f">${[
  '..xx...xx..',
  '.xxxx.xxxx.',
  'xxxxxxxxxxx',
  'xxxxxxxxxxx',
  '.xxxxxxxxx.',
  '..xxxxxxx..',
  '...xxxxx...',
  '....xxx....',
  '.....x.....',
]
  .map((row, y) =>
    Array.from(row, (cell, x) =>
      cell === 'x'
        ? `<rect x="${352 + x * 23}" y="${72 + y * 23}" width="21" height="21" rx="3" ${x < 3 && y < 3 ? 'fill="#ff86a5"' : ''}/>`
        : '',
    ).join(''),
  )
  .join('')}</g>${heart(310, 70, 2.2, '#ff86a5')}${heart(610, 300, 2.6, '#ff86a5')}`;

const bakery = `${sky('#17122b', '#2b2148', '#4a2f5c')}${stars(51, 50, 130)}${disc(120, 78, 34, '#ffe9b0', 0.12)}<g transform="translate(340 96)"><rect width="250" height="264" fill="#3a2434"/><rect x="20" y="92" width="140" height="110" fill="#ffcf7d"/><rect x="176" y="92" width="56" height="172" fill="#5b3a2f"/><rect x="184" y="102" width="40" height="70" fill="#ffcf7d"/>${repeat(6, (index) => `<path d="M${-8 + index * 44} 50h44l8 36q-30 16-60 0z" fill="${index % 2 ? '#fff3e0' : '#c9455b'}"/>`)}<rect x="30" y="14" width="190" height="26" rx="6" fill="#22141f"/><circle cx="52" cy="27" r="8" fill="#ffe9b0"/><circle cx="56" cy="24" r="8" fill="#22141f"/>${repeat(5, (index) => `<rect x="${74 + index * 27}" y="24" width="18" height="6" rx="3" fill="#ffe9b0"/>`)}${repeat(3, (index) => `<ellipse cx="${48 + index * 42}" cy="182" rx="18" ry="11" fill="#a9622e"/><path d="M${38 + index * 42} 178l7 6M${47 + index * 42} 176l6 7" stroke="#ffdfae" stroke-width="2.5"/>`)}<circle cx="92" cy="130" r="16" fill="#22141f"/><path d="M64 202c0-40 12-54 28-54s28 14 28 54z" fill="#22141f"/></g><rect y="346" width="640" height="14" fill="#140d1f"/>`;

const quitDay = `${sky('#4d7cff', '#7fb0ff', '#cfe6ff')}<path d="M350 360V60h110v300zM474 360V110h90v250z" fill="#27407f"/><path d="M578 360V30h90v330z" fill="#1d3167"/>${windows(363, 78, 6, 16, 3)}${windows(486, 128, 5, 13, 9)}${windows(592, 48, 4, 18, 17)}${repeat(
  7,
  (index) => {
    const x = 318 - index * 46;
    const y = 96 - Math.sin(index * 1.1) * 26 - index * 2;
    return `<g transform="translate(${x} ${y}) rotate(${-14 - index * 5}) scale(${1.3 - index * 0.09})"><path d="M0 0 44-14 14 12z" fill="#fff"/><path d="M14 12l2 12 7-9z" fill="#c7d8f5"/></g>`;
  },
)}`;

const loveDotCom = `${sky('#5b2be0', '#a13bd6', '#ff7aa8')}<g transform="translate(316 66)"><rect width="280" height="210" rx="14" fill="#fff"/><path d="M0 14A14 14 0 0 1 14 0h252a14 14 0 0 1 14 14v24H0z" fill="#2d1a6b"/><circle cx="20" cy="19" r="6" fill="#ff6f61"/><circle cx="40" cy="19" r="6" fill="#ffcc4d"/><circle cx="60" cy="19" r="6" fill="#5fd38a"/><rect x="86" y="10" width="176" height="18" rx="9" fill="#55419e"/>${heart(140, 122, 9, '#ff4f86')}</g><path d="M420 226v58l14-13 10 24 12-5-10-23h19z" fill="#111" stroke="#fff" stroke-width="3"/><path d="M570 240v50l12-11 9 20 10-4-9-20h17z" fill="#fff" stroke="#111" stroke-width="3"/>`;

const whereIsLove = `${sky('#f9d8a8', '#f4a77a', '#c86a6a')}${disc(456, 150, 54, '#fff0cf', 0.2)}<path d="M-20 260 130 178l100 64 120-92 150 96 90-50 90 60v144H-20z" fill="#a2525f"/><path d="M-20 300 180 246l190 48 290-60v126H-20z" fill="#6f3850"/><path d="M250 360 446 262l14 2-70 96z" fill="#f4c99a" opacity="0.85"/><g transform="translate(456 216)"><path d="M0 52C-30 14-32-2-32-14a32 32 0 0 1 64 0c0 12-2 28-32 66z" fill="#e8384f"/>${heart(0, -13, 2.4, '#fff')}</g>`;

const repairShop = `${sky('#081226', '#14264a', '#2a4a78')}${stars(77, 40, 110)}${repeat(16, (index) => `<rect x="${index * 42 - 10}" y="${170 - ((index * 37) % 70)}" width="34" height="120" fill="#0d1a33"/>`)}${windows(8, 150, 42, 3, 23)}<path d="M-10 220h660v14H-10z" fill="#3d5f8f"/>${repeat(5, (index) => `<path d="M${index * 150 - 40} 220q75-92 150 0" fill="none" stroke="#e9a94c" stroke-width="5"/><rect x="${index * 150 - 46}" y="218" width="12" height="52" fill="#29456e"/>`)}<rect y="258" width="640" height="102" fill="#0f2444"/>${repeat(22, (index) => `<rect x="${(index * 97) % 640}" y="${266 + ((index * 29) % 86)}" width="${18 + ((index * 13) % 30)}" height="2" fill="${index % 3 ? '#e9a94c' : '#8fb9ff'}" opacity="0.6"/>`)}<g transform="translate(456 244)"><rect width="124" height="66" rx="6" fill="#7a2f2f"/><path d="M-8 0h140l-12-22H4z" fill="#e9a94c"/><rect x="12" y="14" width="58" height="34" fill="#ffe0a0"/><rect x="84" y="14" width="26" height="52" fill="#3b1717"/></g>`;

const pixelDiver = `${sky('#0fd0c8', '#0a86b8', '#0b2f6b')}${repeat(60, (index) => `<rect x="${((index * 73) % 40) * 16}" y="${((index * 41) % 22) * 16}" width="16" height="16" fill="#fff" opacity="${0.03 + (index % 4) * 0.02}"/>`)}<g transform="translate(400 96)">${[
  '...yyyy...',
  '..ywwwwy..',
  '..ywbbwy..',
  '..ywwwwy..',
  '...yyyy...',
  '.rroooorr.',
  'rrroooorrr',
  'r..oooo..r',
  '...oooo...',
  '...o..o...',
  '..ff..ff..',
]
  .map((row, y) =>
    Array.from(row, (cell, x) => {
      const fill = {
        y: '#ffd23f',
        w: '#d8fbff',
        b: '#123',
        r: '#ff5d5d',
        o: '#ff8c42',
        f: '#123a7a',
      }[cell];
      return fill
        ? `<rect x="${x * 16}" y="${y * 16}" width="16.5" height="16.5" fill="${fill}"/>`
        : '';
    }).join(''),
  )
  .join(
    '',
  )}</g>${repeat(8, (index) => `<rect x="${560 - (index % 3) * 24}" y="${260 - index * 30}" width="${14 - (index % 3) * 3}" height="${14 - (index % 3) * 3}" fill="#d8fbff" opacity="0.8"/>`)}${repeat(20, (index) => `<rect x="${index * 32}" y="${344 - ((index * 5) % 3) * 16}" width="32" height="80" fill="${index % 2 ? '#0a2350' : '#123a7a'}"/>`)}`;

const rockBand = `${sky('#1a0620', '#4b0f3f', '#9c1f4d')}${repeat(5, (index) => `<path d="M${380 + index * 50} 0 ${250 + index * 90} 360h90z" fill="${['#ff4d6d', '#ffd166', '#9b5de5', '#06d6a0', '#ff8fab'][index]}" opacity="0.2"/>`)}<g transform="translate(455 176)"><circle cx="0" cy="-68" r="35" fill="#e9e4ef"/><circle cx="0" cy="-104" r="17" fill="#e9e4ef"/><circle cx="0" cy="-56" r="27" fill="#f3c6a5"/><circle cx="-11" cy="-58" r="9" fill="#17121c"/><circle cx="11" cy="-58" r="9" fill="#17121c"/><path d="M-3-58h6" stroke="#17121c" stroke-width="3"/><path d="M-9-42q9 9 18 0" stroke="#b1434f" stroke-width="3" fill="none"/><path d="M-52 130c0-100 14-150 52-150s52 50 52 150z" fill="#d7263d"/>${repeat(9, (index) => `<circle cx="${-30 + (index % 3) * 30}" cy="${24 + Math.floor(index / 3) * 34}" r="5" fill="#ffd166"/>`)}<g transform="rotate(-24)"><path d="M-52 60c-24-16-18-52 12-48 14 2 20-6 34-4 30 4 30 46 4 52-14 4-30 12-50 0z" fill="#17121c"/><rect x="0" y="24" width="128" height="10" fill="#8a5a3b"/><rect x="124" y="18" width="24" height="22" rx="4" fill="#17121c"/></g></g>${repeat(22, (index) => `<path d="M${index * 30 - 10} 360v-${24 + ((index * 17) % 26)}a13 13 0 0 1 26 0v60z" fill="#0d0410"/>`)}`;

const greatWave = `${sky('#cfd8dc', '#90a7b4', '#546e7a')}${disc(520, 90, 30, '#e4572e', 0.06)}<path d="M640 360V230C560 120 430 70 330 128c-44 26-52 84-8 92 34 4 52-28 32-48 60-10 104 40 96 108H0v80z" fill="#173746"/><path d="M640 360V270C560 190 470 150 400 170c70 20 90 80 60 130H0v60z" fill="#265a70"/>${repeat(14, (index) => `<circle cx="${314 + ((index * 29) % 80)}" cy="${118 + ((index * 19) % 50) - (index % 4) * 8}" r="${3 + (index % 4) * 2}" fill="#fff"/>`)}${wave(316, 20, 160, '#0f2a37', 30)}<path d="M120 302h66l-12 20h-42z" fill="#e4572e"/><path d="M150 302v-44l28 38z" fill="#fff"/>`;

const tickSpring = `${sky('#fdeff3', '#ffe1ea', '#fbd0dc')}<g transform="translate(470 180)"><circle r="118" fill="#fff"/><circle r="118" fill="none" stroke="#3a2b3f" stroke-width="8"/>${repeat(12, (index) => `<rect x="-3" y="-104" width="6" height="18" rx="3" fill="#3a2b3f" transform="rotate(${index * 30})"/>`)}<path d="M0 0-40-58M0 0 62-34" stroke="#3a2b3f" stroke-width="8" stroke-linecap="round"/><circle r="9" fill="#e84a7f"/></g><path d="M640 40C560 60 500 30 440 66M560 50c-10-24-30-28-50-30" stroke="#6b4a4f" stroke-width="7" fill="none" stroke-linecap="round"/>${repeat(
  26,
  (index) => {
    const next = numbers(index * 91 + 5);
    const x = index < 14 ? 440 + next() * 200 : 40 + next() * 560;
    const y = index < 14 ? 14 + next() * 60 : 80 + next() * 250;
    return `<g transform="translate(${x} ${y}) rotate(${next() * 90}) scale(${index < 14 ? 1.1 : 0.6})">${repeat(5, (petal) => `<ellipse cy="-9" rx="6" ry="9" fill="${petal % 2 ? '#ff9dbb' : '#ffb6cb'}" transform="rotate(${petal * 72})"/>`)}<circle r="3.5" fill="#fff3b0"/></g>`;
  },
)}`;

const antarcticSnacks = `${sky('#06122e', '#0d3b5e', '#3aa69b')}${stars(90, 60, 160)}<path d="M0 120C120 40 220 150 340 80S560 20 660 90v40C540 70 460 150 340 130S120 100 0 170z" fill="#7dffc0" opacity="0.35"/><path d="M0 170C160 90 260 190 380 120s200-40 280 0v30C560 120 460 200 360 170S140 160 0 220z" fill="#9d8bff" opacity="0.3"/><path d="M-10 270 90 210l80 40 90-60 120 70 110-50 160 70v80H-10z" fill="#bfe3f2"/><path d="M-10 300q330-50 660 0v60H-10z" fill="#f3fbff"/><g transform="translate(386 186)"><path d="M0 44h150v88H0z" fill="#b3372c"/><path d="M-14 44 20 4h110l34 40z" fill="#ff6b4a"/>${repeat(3, (index) => `<path d="M${8 + index * 50} 44 ${28 + index * 37} 4h18l-6 40z" fill="#fff4e0"/>`)}<rect x="10" y="58" width="130" height="34" fill="#ffdf96"/><rect x="-6" y="92" width="162" height="10" fill="#6b2019"/><path d="M40 50q-8-10 0-18M76 50q-8-10 0-18M112 50q-8-10 0-18" stroke="#fff" stroke-width="3" fill="none" opacity="0.6"/></g>${[560, 604].map((x, index) => `<g transform="translate(${x} ${262 + index * 8})"><ellipse cx="0" cy="28" rx="18" ry="30" fill="#16202e"/><ellipse cx="0" cy="34" rx="11" ry="22" fill="#fff"/><circle cx="0" cy="-2" r="14" fill="#16202e"/><circle cx="-5" cy="-4" r="2.5" fill="#fff"/><circle cx="5" cy="-4" r="2.5" fill="#fff"/><path d="m-4 2h8l-4 6z" fill="#ffb238"/></g>`).join('')}`;

const rooftopLighthouse = `${sky('#2b1a4f', '#6d3a7c', '#f0895e')}${stars(44, 40, 120)}${repeat(12, (index) => `<rect x="${index * 58 - 10}" y="${230 - ((index * 53) % 80)}" width="59" height="220" fill="#2a1840"/>`)}<path d="M448 92-20 20v92z" fill="#fff0b8" opacity="0.4"/><path d="M468 92 680 40v110z" fill="#fff0b8" opacity="0.4"/><rect x="380" y="226" width="160" height="140" fill="#1d1030"/>${windows(394, 240, 9, 7, 66)}<path d="M434 226l8-118h32l8 118z" fill="#fff4ea"/><path d="M438 180h40l2 22h-44zM441 134h34l1.5 20h-37z" fill="#d8434e"/><rect x="440" y="78" width="36" height="30" rx="4" fill="#ffe08a"/><path d="M436 80h44l-22-22z" fill="#d8434e"/>`;

const noHibernation = `${sky('#e8f1fb', '#c7dcf2', '#a9c6e6')}${repeat(50, (index) => `<circle cx="${(index * index * 37) % 640}" cy="${(index * 127) % 330}" r="${1.5 + (index % 3)}" fill="#fff"/>`)}${repeat(9, (index) => `<path d="M${300 + index * 44} 290l-26 0 26-${70 + ((index * 31) % 60)} 26 ${70 + ((index * 31) % 60)}z" fill="#5f86a8"/>`)}<path d="M-10 296q330-40 660 0v64H-10z" fill="#fff"/><g transform="translate(470 224)"><circle cx="-34" cy="-70" r="17" fill="#6b4630"/><circle cx="34" cy="-70" r="17" fill="#6b4630"/><ellipse cy="46" rx="66" ry="60" fill="#6b4630"/><circle cy="-36" r="52" fill="#7d5439"/><ellipse cy="-20" rx="23" ry="18" fill="#e2c3a4"/><ellipse cy="-28" rx="9" ry="6" fill="#2b1c14"/><path d="M-26-48h16M10-48h16" stroke="#2b1c14" stroke-width="4" stroke-linecap="round"/><rect x="-52" y="2" width="104" height="18" rx="9" fill="#d8434e"/><rect x="26" y="8" width="18" height="50" rx="8" fill="#d8434e"/><g transform="translate(-66 54)"><rect width="34" height="30" rx="5" fill="#fff"/><path d="M34 8h8v14h-8" fill="none" stroke="#fff" stroke-width="4"/><path d="M10-6q-6-8 0-14M22-6q-6-8 0-14" stroke="#7d8fa6" stroke-width="3" fill="none"/></g></g>`;

const light = '#fff8ec';
const dark = '#221a2b';

/** One poster for each title of the sandbox's calendar (test/sandbox/netflix-rows.ts). */
export const posterScenes: readonly PosterScene[] = [
  scene(0, '느린 우체국의 여름', postOffice, 'top', '#1f4a3d', 'serif', 48),
  scene(1, '“괜찮아”라고\n말하던 밤', quietNight, 'left', light, 'serif', 44),
  scene(2, '달 & 파도', moonAndWaves, 'left', light, 'serif', 60),
  scene(3, '고양이\n변호사', catLawyer, 'left', '#2a1a10', 'sans', 64),
  scene(4, '우리는 그 밤 바다로 가는\n마지막 버스를 놓쳤고…', lastBus, 'top', light, 'serif', 34),
  scene(5, '너를 <3\n하는 방법', howToLove, 'left', '#b3174a', 'sans', 52),
  scene(6, '비밀계정', bakery, 'left', '#ffe9b0', 'sans', 60, '@moonlight_bakery'),
  scene(7, '#퇴사하고\n싶은 날', quitDay, 'left', '#fff', 'sans', 52),
  scene(8, '사랑.com', loveDotCom, 'left', '#fff', 'sans', 60),
  scene(9, 'love.is 어디에', whereIsLove, 'top', '#5a1f38', 'serif', 56),
  scene(10, '한강 야간 수리점', repairShop, 'top', '#ffe0a0', 'sans', 46, '시즌 2'),
  scene(11, '픽셀\n다이버', pixelDiver, 'left', '#fff', 'sans', 66),
  scene(12, '할머니의\n록밴드', rockBand, 'left', '#ffd166', 'sans', 58),
  scene(13, '서른아홉 번째\n파도', greatWave, 'left', '#14303d', 'serif', 44),
  scene(14, '틱, 틱…\n그리고 봄!', tickSpring, 'left', '#a3245a', 'serif', 54),
  scene(15, '남극\n분식집 Ⅲ', antarcticSnacks, 'left', light, 'sans', 56),
  {
    ...scene(0, '옥상 위의\n등대', rooftopLighthouse, 'left', light, 'serif', 54),
    videoID: 99_001_001,
  },
  {
    ...scene(0, '겨울잠\n금지 구역', noHibernation, 'left', dark, 'sans', 56),
    videoID: 99_001_038,
  },
];

function scene(
  index: number,
  title: string,
  art: string,
  place: PosterScene['place'],
  ink: string,
  face: PosterScene['face'],
  size: number,
  second?: string,
): PosterScene {
  const videoID = 99_000_001 + index * 37;
  return { videoID, title, art, place, ink, face, size, ...(second ? { second } : {}) };
}
