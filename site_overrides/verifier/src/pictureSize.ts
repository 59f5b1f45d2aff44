/** Width and height of a picture in pixels, as its first bytes have them. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** How a file begins, or how it goes on after its first four bytes. */
const PICTURES: readonly RegExp[] = [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8\xff/, /^GIF8[79]a/, /^RIFF....WEBP/s, /^BM.{4}\0\0\0\0/s, /^....ftyp(heic|heix|hevc|mif1|msf1|avif)/s];

/** Tell whether a file is a picture of pixels, by its first bytes and not by its name. */
export function isPicture(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  return PICTURES.some((beginning) => beginning.test(head));
}

/** Read how large a picture is before anything is decoded; null for kinds whose size stands elsewhere, and damaged ones. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    switch (view.getUint16(0)) {
      case 0x8950:
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 0x4749:
        return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
      case 0x424d:
        return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
      case 0x5249:
        return sizeOfWebp(view);
      case 0xffd8:
        return sizeOfJpeg(view);
      default:
        return null;
    }
  } catch {
    // It ends before its size.
    return null;
  }
}

function sizeOfWebp(view: DataView): PictureSize | null {
  switch (view.getUint8(15)) {
    case 0x58:
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(27, true) & 0xffffff) + 1 };
    case 0x4c:
      return { width: (view.getUint32(21, true) & 0x3fff) + 1, height: ((view.getUint32(21, true) >>> 14) & 0x3fff) + 1 };
    default:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
}

function sizeOfJpeg(view: DataView): PictureSize | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Some cameras fill up with bytes of 0xff.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
}
