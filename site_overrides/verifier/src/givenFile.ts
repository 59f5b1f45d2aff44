import { unbake } from './bakedImage.ts';
import { isMarkup } from './bakedSvg.ts';
import type { Sighting } from './codeText.ts';
import { drawnSvg } from './drawnSvg.ts';
import { codeInPicture, type PictureFault } from './photograph.ts';
import { isPicture } from './pictureSize.ts';
import { textIn } from './signedFields.ts';
import type { Core } from './toolbox.ts';
import type { Input } from './verify.ts';
import { FILE_LIMIT, type Given } from './ways.ts';

/** Why a file was not checked, or what its code was instead of a certificate. */
export type FileFault =
  | PictureFault
  | Exclude<Sighting['kind'], 'certificate'>
  | 'fileEmpty'
  | 'fileTooLarge'
  | 'fileUnreadable'
  | 'pdf'
  | 'damaged'
  | 'severalInside'
  | 'otherInside'
  | 'bareSvg';

/** What a file comes to: a certificate to check, or what is to be told instead. */
export type Taken = { readonly given: Given } | { readonly fault: FileFault; readonly host?: string };

/** A photograph may be that large. */
const MAX_FILE = 30_000_000;
/** Within so many bytes an SVG picture says that it is one. */
const SVG_BEGINS = 65_536;
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];

/** Find the certificate that a file holds, by its bytes and never by its name. Whatever it is, nothing is thrown. */
export async function takenFrom(file: File, core: Core): Promise<Taken> {
  if (file.size > MAX_FILE) return { fault: 'fileTooLarge' };
  try {
    return await takenFromBytes(file, new Uint8Array(await file.arrayBuffer()), core);
  } catch {
    return { fault: 'fileUnreadable' };
  }
}

async function takenFromBytes(file: File, bytes: Uint8Array, core: Core): Promise<Taken> {
  if (bytes.length === 0) return { fault: 'fileEmpty' };
  if (PDF.every((byte, at) => bytes[at] === byte)) return { fault: 'pdf' };
  const markup = isSvg(bytes);
  if (!markup && !isPicture(bytes)) return file.type.startsWith('image/') ? { fault: 'notOpened' } : document(bytes);
  const inside = unbake(bytes);
  if (inside === 'damaged') return { fault: 'damaged' };
  if (inside === 'several') return { fault: 'severalInside' };
  const picture = markup ? await drawnSvg(bytes) : file;
  const seen = picture === null ? null : await codeInPicture(picture, markup ? new Uint8Array() : bytes, core);
  if (inside !== 'none') return takenFromInside(inside.credential, seen, core);
  if (seen === null) return { fault: 'bareSvg' };
  if (seen.kind === 'certificate') return { given: seen.given };
  return seen.kind === 'link' ? { fault: 'link', host: seen.host } : { fault: seen.kind };
}

/** Other markup, such as a page, is no picture. */
function isSvg(bytes: Uint8Array): boolean {
  return isMarkup(bytes) && /<([\w-]+:)?svg[\s>]/.test(new TextDecoder().decode(bytes.subarray(0, SVG_BEGINS)));
}

/** What lies inside is signed in full and so counts, unless the picture shows the code of another. */
async function takenFromInside(credential: Uint8Array, seen: Awaited<ReturnType<typeof codeInPicture>> | null, core: Core): Promise<Taken> {
  const taken = document(credential);
  if (seen?.kind === 'several') return { fault: 'several' };
  if (seen?.kind !== 'certificate') return taken;
  const [inside, shown] = await Promise.all([idOf(taken.given.input, core), idOf(seen.given.input, core)]);
  return inside !== null && shown !== null && inside !== shown ? { fault: 'otherInside' } : taken;
}

async function idOf(input: Input, core: Core): Promise<string | null> {
  const { report } = await core.judge(input);
  return report.credential === null ? null : textIn(report.credential, 'id');
}

/** One byte beyond the limit is enough for the verifier to say that it is too large. */
function document(bytes: Uint8Array): { readonly given: Given } {
  return { given: { input: { document: bytes.slice(0, FILE_LIMIT + 1) }, host: null } };
}
