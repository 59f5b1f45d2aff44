import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import type { Asked, Told } from './codeReader.ts';

/** A frame of a camera comes again in a moment: what takes long can be left to the next. */
const FRAME: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain', tryHarder: false, tryInvert: false, maxNumberOfSymbols: 2 };
/** There is one photograph alone. */
const PHOTOGRAPH: ReaderOptions = { formats: ['QRCode'], textMode: 'Plain', tryHarder: true, maxNumberOfSymbols: 8 };

const tell = (told: Told): void => postMessage(told);

async function answer(asked: Asked): Promise<void> {
  if (asked.kind === 'begin') {
    // Where nothing is said, the library would fetch its program from a host of its own choice.
    const program = asked.program === null ? { locateFile: () => asked.address } : { wasmBinary: asked.program };
    await prepareZXingModule({ overrides: program, fireImmediately: true });
    tell({ kind: 'ready' });
    return;
  }
  const { pixels, width, height, binarizer } = asked;
  const options = { ...(asked.kind === 'frame' ? FRAME : PHOTOGRAPH), binarizer };
  const read = await readBarcodes(new ImageData(pixels, width, height), options);
  tell({ kind: 'read', texts: read.filter(({ isValid }) => isValid).map(({ text }) => text) });
}

addEventListener('message', (event: MessageEvent<Asked>) => {
  answer(event.data).catch(() => tell({ kind: 'failed' }));
});
