import type { Freshness } from './freshness.ts';
import type { IssuerLists, Judgement } from './judgement.ts';
import type { Reader } from './messages.ts';
import { scriptAddress, type ScriptName } from './trustedScripts.ts';
import type { Page } from './view.ts';
import type { Given } from './ways.ts';
import type { Input } from './verify.ts';

/** What a tool needs of the page; it comes as an argument, so that nothing of it is bundled twice. */
export interface Core {
  /** What the reader is shown now; another after the choice of another language. */
  readonly reader: () => Reader;
  /** Check what was found, and leave the tool. */
  readonly give: (given: Given) => void;
  /** Judge without leaving the tool. */
  readonly judge: (input: Input) => Promise<Judgement>;
  /** Leave the tool. */
  readonly close: () => void;
  /** Leave the tool for another. */
  readonly open: (name: ToolName) => void;
  readonly scriptAddress: (name: ScriptName) => string;
  /** Read the lists that the page would judge by now. */
  readonly lists: () => Promise<readonly IssuerLists[]>;
  /** Fetch all files anew from now on; `once` tells whether each only once, for many certificates in a row. */
  readonly forget: (once?: boolean) => void;
  /** Give the SHA-256 of bytes in hexadecimal digits. */
  readonly digest: (bytes: Uint8Array) => string;
}

/** A tool at work, which has the page's scene to itself. */
export interface OpenTool {
  readonly view: HTMLElement;
  /** Draw everything again, in the language the reader has now chosen; what was found stays. */
  redraw(): void;
  /** Let go of all that it holds, such as a camera. */
  close(): void;
}

export type ToolName = 'start' | 'scan' | 'folder' | 'kept' | 'along';

/** A result that stands on the page, to which more is added. */
export interface ShownResult {
  readonly judgement: Judgement;
  readonly given: Given;
  readonly reader: Reader;
  /** IANA name of the zone of the centre that issued the certificate. */
  readonly timeZone: string;
  readonly open: (name: ToolName) => void;
}

/** What lies in tools.js. */
export interface Tools extends Readonly<Record<ToolName, (core: Core) => OpenTool>> {
  /** Every signed field of a result, what can be done with the certificate, and what an engineer asks. */
  readonly result: (shown: ShownResult) => HTMLElement;
  readonly freshness: (core: Core, page: Page) => Freshness;
}

declare global {
  var asnadTools: Tools | undefined;
}

const loading = new Map<ScriptName, Promise<void>>();

/**
 * Give the tools, which are fetched when the first is asked for: the verdict of a link waits for none of them.
 *
 * @throws Error where they cannot be had; the next call tries again.
 */
export async function toolbox(): Promise<Tools> {
  if (globalThis.asnadTools === undefined) await Promise.all([loaded('tool-words.js'), loaded('tools.js')]);
  if (globalThis.asnadTools === undefined) throw new Error('expected tools in tools.js, found none');
  return globalThis.asnadTools;
}

/** Load a script once; one that could not be had is asked for again. */
function loaded(name: ScriptName): Promise<void> {
  const begun = loading.get(name);
  if (begun !== undefined) return begun;
  const script = document.createElement('script');
  const load = new Promise<void>((resolve, reject) => {
    script.src = scriptAddress(name);
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loading.delete(name);
      script.remove();
      reject(new Error(`${name} could not be had`));
    });
  });
  loading.set(name, load);
  document.head.append(script);
  return load;
}
