import { encode } from 'uqr';

/** Light modules around the code (ISO/IEC 18004 section 9.1). */
const QUIET_ZONE = 4;

/**
 * A QR code as a picture, dark on light in every colour scheme: what reads it expects that.
 *
 * @param text up to about 2,300 bytes of UTF-8, otherwise RangeError
 * @param label what the code is for, for those who do not see it
 */
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path stroke="#000" d={data.map(rowPath).join('')} />
    </svg>
  );
}

/** The dark modules of a row as lines as thick as a module, through the middle of the row. */
function rowPath(row: readonly boolean[], y: number): string {
  const line = row.map((isDark) => (isDark ? '1' : '0')).join('');
  const moves = Array.from(line.matchAll(/0+|1+/g), ({ 0: run }) =>
    run.startsWith('1') ? `h${run.length}` : `m${run.length} 0`,
  );
  return line.includes('1') ? `M0 ${y + 0.5}${moves.join('')}` : '';
}
