import type { Core } from './toolbox.ts';

/** What the worker is asked. */
export type Asked =
  | { readonly kind: 'begin'; readonly program: ArrayBuffer | null; readonly address: string }
  | {
      readonly kind: 'frame' | 'photograph';
      readonly pixels: Uint8ClampedArray<ArrayBuffer>;
      readonly width: number;
      readonly height: number;
      readonly binarizer: Binarizer;
    };

/** What the worker says. */
export type Told = { readonly kind: 'ready' | 'failed' } | { readonly kind: 'read'; readonly texts: readonly string[] };

/** How light is told from dark: by what lies around each point, or by one measure for all. */
export type Binarizer = 'LocalAverage' | 'GlobalHistogram';

/** Finds the texts of the QR codes in pictures, one after the other. */
export interface CodeReader {
  read(kind: 'frame' | 'photograph', picture: ImageData, binarizer?: Binarizer): Promise<readonly string[]>;
  close(): void;
}

const PROGRAM = 'zxing_reader.wasm';
/** Milliseconds that the program may take on its way. */
const PATIENCE_TO_BEGIN = 90_000;
const PATIENCE_TO_READ = 15_000;

/**
 * Start the reader of codes in a worker: there alone the page's policy lets its program run.
 *
 * @throws Error where it cannot be had.
 */
export async function startCodeReader(core: Core): Promise<CodeReader> {
  const address = core.scriptAddress('codeReader.js');
  const worker = new Worker(address);
  try {
    const begin: Asked = { kind: 'begin', program: heldProgram(), address: new URL(PROGRAM, location.href).href };
    await asked(worker, begin, PATIENCE_TO_BEGIN);
  } catch (fault) {
    worker.terminate();
    throw fault;
  } finally {
    if (String(address).startsWith('blob:')) URL.revokeObjectURL(String(address));
  }
  return {
    async read(kind, { data, width, height }, binarizer = 'LocalAverage') {
      const pixels = data as Uint8ClampedArray<ArrayBuffer>;
      const told = await asked(worker, { kind, pixels, width, height, binarizer }, PATIENCE_TO_READ, [pixels.buffer]);
      return told.kind === 'read' ? told.texts : [];
    },
    close: () => worker.terminate(),
  };
}

function asked(worker: Worker, question: Asked, patience: number, given: Transferable[] = []): Promise<Told> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error('the reader of codes gave no answer'));
    const late = setTimeout(fail, patience);
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(late);
      fail();
    };
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      clearTimeout(late);
      if (data.kind === 'failed') fail();
      else resolve(data);
    };
    worker.postMessage(question, given);
  });
}

/** The program, where it lies inside this page; null where it is fetched from beside it. */
function heldProgram(): ArrayBuffer | null {
  const block = document.getElementById(PROGRAM);
  return block && Uint8Array.from(atob(block.textContent), (byte) => byte.charCodeAt(0)).buffer;
}

interface Detector {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface Detectors {
  new (options: { formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** Give the browser's own reader of QR codes; null where it has none. */
export async function ownCodeReader(): Promise<((picture: ImageBitmapSource) => Promise<readonly string[]>) | null> {
  const { BarcodeDetector: detectors } = globalThis as { BarcodeDetector?: Detectors };
  if (detectors === undefined) return null;
  try {
    if (!(await detectors.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new detectors({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue);
  } catch {
    return null;
  }
}
