import type { Judgement } from './judgement.ts';
import type { Reader } from './messages.ts';
import { scriptAddress, type ScriptName } from './trustedScripts.ts';
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
  readonly scriptAddress: (name: ScriptName) => string;
}

/** A tool at work, which takes the place of the start screen. */
export interface OpenTool {
  readonly view: HTMLElement;
  /** Draw everything again, in the language the reader has now chosen; what was found stays. */
  redraw(): void;
  /** Let go of all that it holds, such as a camera. */
  close(): void;
}

export type ToolName = 'scan' | 'folder' | 'kept' | 'along';

/** What lies in tools.js. */
export type Tools = Readonly<Record<ToolName, (core: Core) => OpenTool>>;

declare global {
  var asnadTools: Tools | undefined;
}

let loading: Promise<void> | null = null;

/**
 * Give the tools, which are fetched when the first is asked for: whoever opens a link waits for none of them.
 *
 * @throws Error where they cannot be had; the next call tries again.
 */
export async function toolbox(): Promise<Tools> {
  if (globalThis.asnadTools === undefined) {
    loading ??= Promise.all([loaded('tool-words.js'), loaded('tools.js')]).then(() => undefined);
    await loading.finally(() => (loading = null));
  }
  if (globalThis.asnadTools === undefined) throw new Error('expected tools in tools.js, found none');
  return globalThis.asnadTools;
}

function loaded(name: ScriptName): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = scriptAddress(name);
    // In the order in which they are asked for: the tools read their words when they begin.
    script.async = false;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error(`${name} could not be had`)));
    document.head.append(script);
  });
}
