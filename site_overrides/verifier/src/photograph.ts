import { type Binarizer, type CodeReader, ownCodeReader, startCodeReader } from './codeReader.ts';
import { type Sighting, sightingOf } from './codeText.ts';
import { pictureSize } from './pictureSize.ts';
import type { Core } from './toolbox.ts';

/** Why no code could even be looked for. */
export type PictureFault = 'tooManyPixels' | 'notOpened' | 'noReader' | 'tooSlow';

/** 64 million: more than a phone takes unless it is told to. */
const MAX_PIXELS = 64_000_000;
/** Milliseconds for all looks together, without the way of the reader to this device. */
const PATIENCE = 20_000;
/** The longer side in pixels of each look, the likeliest first; a photograph is never made larger. */
const LOOKS: readonly { readonly longest: number; readonly binarizer: Binarizer }[] = [
  { longest: 2000, binarizer: 'LocalAverage' },
  { longest: 3200, binarizer: 'LocalAverage' },
  { longest: 1200, binarizer: 'LocalAverage' },
  { longest: 2000, binarizer: 'GlobalHistogram' },
];

/** Look for the code of a certificate in a photograph or screenshot. */
export async function codeInPicture(file: Blob, bytes: Uint8Array, core: Core): Promise<Sighting | { readonly kind: PictureFault }> {
  const size = pictureSize(bytes);
  if (size !== null && size.width * size.height > MAX_PIXELS) return { kind: 'tooManyPixels' };
  const picture = await inTime(createImageBitmap(file), PATIENCE).catch(() => null);
  if (picture === null) return { kind: 'notOpened' };
  try {
    if (picture.width * picture.height > MAX_PIXELS) return { kind: 'tooManyPixels' };
    const seen = sightingOf(await ownLook(picture));
    if (seen.kind === 'certificate' || seen.kind === 'several') return seen;
    const reader = await startCodeReader(core).catch(() => null);
    if (reader === null) return seen.kind === 'nothing' ? { kind: 'noReader' } : seen;
    try {
      return await looked(picture, reader, seen);
    } finally {
      reader.close();
    }
  } finally {
    picture.close();
  }
}

async function ownLook(picture: ImageBitmap): Promise<readonly string[]> {
  const read = await ownCodeReader();
  return read === null ? [] : inTime(read(picture), PATIENCE).catch(() => []);
}

async function looked(picture: ImageBitmap, reader: CodeReader, before: Sighting): Promise<Sighting | { readonly kind: PictureFault }> {
  const end = Date.now() + PATIENCE;
  const whole = Math.max(picture.width, picture.height);
  let seen = before;
  const done = new Set<string>();
  for (const { longest, binarizer } of LOOKS) {
    const scale = Math.min(1, longest / whole);
    const look = `${scale} ${binarizer}`;
    if (done.has(look)) continue;
    done.add(look);
    if (Date.now() > end) return { kind: 'tooSlow' };
    const found = await inTime(reader.read('photograph', pixels(picture, scale), binarizer), end - Date.now()).catch(() => null);
    if (found === null) return { kind: 'tooSlow' };
    const sighting = sightingOf(found);
    if (sighting.kind === 'certificate' || sighting.kind === 'several') return sighting;
    if (seen.kind === 'nothing') seen = sighting;
  }
  return seen;
}

function pixels(picture: ImageBitmap, scale: number): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const drawing = canvas.getContext('2d', { willReadFrequently: true })!;
  // A picture may be clear in places, where paper is white.
  drawing.fillStyle = '#fff';
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return drawing.getImageData(0, 0, canvas.width, canvas.height);
}

function inTime<Result>(work: Promise<Result>, patience: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('it took too long')), patience);
    work.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
