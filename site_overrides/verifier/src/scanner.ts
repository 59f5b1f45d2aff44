import { type Camera, type CameraFault, openCamera } from './camera.ts';
import { type CodeReader, ownCodeReader, startCodeReader } from './codeReader.ts';
import { type Sighting, sightingOf } from './codeText.ts';
import { button, element, filled, leftToRight } from './elements.ts';
import type { Core, OpenTool } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';

type State = 'asking' | 'loading' | 'looking' | CameraFault | 'noReader';
type Look = (frame: ImageData) => Promise<readonly string[]>;

/** Milliseconds between two frames: a phone that does nothing else grows hot. */
const PAUSE = 120;

/** Look for a code through the camera, in the page itself, until one is a certificate's. */
export function scan(core: Core): OpenTool {
  const view = element('article', { class: 'scanner' });
  const video = element('video', { playsinline: '', muted: '' });
  // The attribute alone does not silence a video that a script has made.
  video.muted = true;
  let state: State = 'asking';
  let seen: Sighting = { kind: 'nothing' };
  let camera: Camera | null = null;
  let worker: CodeReader | null = null;
  let lit = false;
  /** Counts the beginnings; whatever an earlier one still does is of no more use. */
  let turn = 0;

  const redraw = (): void => view.replaceChildren(...scannerView());
  const become = (next: State): void => {
    state = next;
    redraw();
  };

  async function begin(): Promise<void> {
    release();
    const mine = turn;
    become('asking');
    const opened = await openCamera(video);
    if (mine !== turn) {
      if (typeof opened !== 'string') opened.close();
      return;
    }
    if (typeof opened === 'string') {
      become(opened);
      return;
    }
    camera = opened;
    become('loading');
    const look = await readerOfFrames(mine).catch(() => null);
    if (mine !== turn) return;
    if (look === null) {
      release();
      become('noReader');
      return;
    }
    become('looking');
    await watch(opened, look, mine).catch(() => {
      if (mine !== turn) return;
      release();
      become('noReader');
    });
  }

  async function readerOfFrames(mine: number): Promise<Look> {
    const own = await ownCodeReader();
    if (own !== null) return own;
    const started = worker ?? (await startCodeReader(core));
    if (mine === turn) worker = started;
    else started.close();
    return (frame) => started.read('frame', frame);
  }

  async function watch(opened: Camera, look: Look, mine: number): Promise<void> {
    while (mine === turn) {
      const frame = opened.frame();
      const texts = frame === null ? [] : await look(frame);
      if (mine !== turn) return;
      const sighting = sightingOf(texts);
      if (sighting.kind === 'certificate') {
        core.give(sighting.given);
        return;
      }
      if (sighting.kind !== 'nothing' && JSON.stringify(sighting) !== JSON.stringify(seen)) {
        seen = sighting;
        redraw();
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  function release(): void {
    turn += 1;
    camera?.close();
    camera = null;
    worker?.close();
    worker = null;
    lit = false;
  }

  function scannerView(): readonly HTMLElement[] {
    const { language, messages } = core.reader();
    const words = toolWordsOf(language);
    const title = element('h1', { tabindex: '-1' }, words.scan.title);
    const back = button(words.scan.otherWays, core.close, { class: 'another' });
    if (state === 'noReader') {
      const again = button(messages.tryAgain, () => void begin(), { class: 'another' });
      return [title, element('p', { class: 'problem', role: 'alert' }, words.start.problem.noReader), again, back];
    }
    if (state === 'asking' || state === 'loading' || state === 'looking') {
      video.setAttribute('aria-label', words.scan.picture);
      const frame = element('div', { class: 'frame' }, video);
      const hint = element('p', { class: 'hint', role: 'status' }, state === 'looking' ? words.scan.hold : words.scan[state]);
      return [title, frame, hint, ...sightingView(words), ...lightView(words), back];
    }
    const problem = element('p', { class: 'problem', role: 'alert' }, words.scan[state]);
    const again = state === 'insecure' ? [] : [button(messages.tryAgain, () => void begin(), { class: 'another' })];
    return [title, problem, ...again, back];
  }

  function sightingView(words: ReturnType<typeof toolWordsOf>): readonly HTMLElement[] {
    if (seen.kind === 'nothing' || seen.kind === 'certificate') return [];
    const host = seen.kind === 'link' ? seen.host : '';
    return [element('p', { class: 'problem', role: 'alert' }, ...filled(words.start.problem[seen.kind], { host: leftToRight(host) }))];
  }

  function lightView(words: ReturnType<typeof toolWordsOf>): readonly HTMLElement[] {
    const light = camera?.light;
    if (state !== 'looking' || light === undefined || light === null) return [];
    const turnLight = (): void => {
      lit = !lit;
      void light(lit).catch(() => undefined);
      redraw();
      view.querySelector<HTMLElement>('.light')?.focus();
    };
    return [button(lit ? words.scan.lightOff : words.scan.lightOn, turnLight, { class: 'light', 'aria-pressed': String(lit) })];
  }

  const listening = new AbortController();
  const { signal } = listening;
  const watchVisibility = (): void => {
    if (document.hidden) release();
    else if (camera === null && (state === 'asking' || state === 'loading' || state === 'looking')) void begin();
  };
  document.addEventListener('visibilitychange', watchVisibility, { signal });
  addEventListener('pagehide', release, { signal });
  void begin();
  return {
    view,
    redraw,
    close() {
      listening.abort();
      release();
    },
  };
}
