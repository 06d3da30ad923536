import type { ImageHeader } from '../../../src/lib/web/image.ts';

function picture(name: string, type: ImageHeader['type'], encoded: string) {
  const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
  return { name, bytes, header: { type, width: 3, height: 2 } };
}

/** Pictures 3 wide and 2 high, as a browser encodes them (the GIF by hand). */
export const PICTURES = [
  picture(
    'a PNG',
    'image/png',
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAEklEQVR4AWL6z8DwH4aZGJAAAAAA//+GpNPhAAAABklEQVQDAHTzBf+1yIrkAAAAAElFTkSuQmCC',
  ),
  picture(
    'a JPEG',
    'image/jpeg',
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQA1j/2Q==',
  ),
  picture('a GIF', 'image/gif', 'R0lGODlhAwACAIAAAP8AAAAAACwAAAAAAwACAAACAoRfADs='),
  picture('a WebP without loss', 'image/webp', 'UklGRhwAAABXRUJQVlA4TA8AAAAvAkAAAAcQ/Y/+ByKi/wEA'),
  picture(
    'a WebP with loss',
    'image/webp',
    'UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoDAAIAB0CWJaACdLoAA5gA/uUK+Cepco/+N48CvJdjoAAA',
  ),
  picture(
    'an extended WebP',
    'image/webp',
    'UklGRlYAAABXRUJQVlA4WAoAAAAQAAAAAgAAAQAAQUxQSAcAAAAAgICAgICAAFZQOCAoAAAAkAEAnQEqAwACAAdAliWgAnS6AAOYAP7lCvgnqXKP/jePAryXY6AAAA==',
  ),
] as const;
