import { equalBytes } from './bytes.ts';
import { type CheckedFile, withTwins } from './checkedFile.ts';
import { button, element, filledText } from './elements.ts';
import { checkedFolderFile, type FolderFile, heldIn } from './folderFile.ts';
import { chosenFiles, droppedFiles, type Found, MOST_FILES } from './folderFiles.ts';
import { FIRST_LOOK, type Look, listView } from './folderList.ts';
import { receiveFiles } from './receiving.ts';
import type { Core, OpenTool, ShownResult } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';
import type { Input } from './verify.ts';
import type { Given } from './ways.ts';

/** What the tool is doing. */
type State =
  | { readonly kind: 'choosing'; readonly problem: 'tooMany' | 'empty' | null }
  | { readonly kind: 'looking' }
  | { readonly kind: 'checking'; readonly total: number; done: number }
  | Checked;

/** Files that were checked together. */
interface Checked {
  readonly kind: 'checked';
  readonly files: readonly CheckedFile[];
  /** Those files by path, to be read again for a full result. */
  readonly sources: ReadonlyMap<string, File>;
  /** How many were not checked, for the reader stopped it. */
  readonly rest: number;
  /** In milliseconds since 1970. */
  readonly madeAt: number;
}

/** What was checked last, which stays while a reader looks at one result and comes back. */
let kept: { readonly checked: Checked; look: Look } | null = null;
/** The file whose full result is shown. */
let opened: { readonly path: string; readonly given: Given } | null = null;

/** Milliseconds of work after which the page gets a turn. */
const TURN = 40;

/** Check a folder, or many files, and list what became of each. */
export function folder(core: Core): OpenTool {
  const view = element('article', { class: 'folder start' });
  let state: State = kept?.checked ?? { kind: 'choosing', problem: null };
  /** Counts what was begun, so that what was stopped never comes back. */
  let turn = 0;

  const enter = (next: State): void => {
    state = next;
    redraw();
  };
  const begin = async (finding: Promise<Found>): Promise<void> => {
    turn += 1;
    const mine = turn;
    kept = null;
    enter({ kind: 'looking' });
    const found = await finding;
    if (mine !== turn) return;
    if (found === 'tooMany' || found.length === 0) {
      enter({ kind: 'choosing', problem: found === 'tooMany' ? found : 'empty' });
      return;
    }
    const checking = { kind: 'checking', total: found.length, done: 0 } as const;
    enter(checking);
    await check(found, mine);
  };
  const check = async (found: readonly FolderFile[], mine: number): Promise<void> => {
    const files: CheckedFile[] = [];
    const madeAt = Date.now();
    let turnEnds = performance.now() + TURN;
    core.forget(true);
    try {
      for (const file of found) {
        files.push(await checkedFolderFile(file, core));
        if (performance.now() > turnEnds) {
          await pause();
          turnEnds = performance.now() + TURN;
          advance(files.length);
        }
        // Whoever stops sees what is done; whoever has left the tool sees nothing.
        if (mine !== turn) break;
      }
    } finally {
      core.forget(false);
    }
    if (mine !== turn && state.kind !== 'checking') return;
    const sources = new Map(found.flatMap(({ path, file }): [string, File][] => (file === null ? [] : [[path, file]])));
    const checked: Checked = { kind: 'checked', files: withTwins(files), sources, rest: found.length - files.length, madeAt };
    kept = { checked, look: FIRST_LOOK };
    enter(checked);
    view.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  };
  const advance = (done: number): void => {
    if (state.kind !== 'checking') return;
    state.done = done;
    const bar = view.querySelector('progress');
    if (bar === null) return;
    bar.value = done;
    bar.nextElementSibling!.textContent = progressText(state.total, done);
  };
  const progressText = (total: number, done: number): string =>
    filledText(words().progress, { total: String(total), done: String(done) });
  const words = () => toolWordsOf(core.reader().language).folder;

  const open = async (path: string): Promise<void> => {
    const file = kept?.checked.sources.get(path);
    const held = file && (await heldIn(file, core));
    if (held === undefined || !('given' in held)) {
      alertIn(view, filledText(words().gone, { file: path }));
      return;
    }
    opened = { path, given: held.given };
    // Back leads here again, and not out of the page.
    remember();
    core.give(held.given);
  };

  const redraw = (): void => {
    const title = element('h1', { tabindex: '-1' }, words().title);
    view.replaceChildren(title, ...bodyOf(state));
  };
  const bodyOf = (now: State): readonly HTMLElement[] => {
    const back = button(toolWordsOf(core.reader().language).back, core.close, { class: 'link' });
    if (now.kind === 'choosing') return [...choosingView(now.problem), back];
    if (now.kind === 'looking') return [element('p', { class: 'busy', role: 'status' }, words().looking), back];
    if (now.kind === 'checking') return checkingView(now.total, now.done);
    const another = (): void => {
      kept = null;
      enter({ kind: 'choosing', problem: null });
    };
    return [
      ...listView({
        ...now,
        reader: core.reader(),
        look: kept?.look ?? FIRST_LOOK,
        remember(look) {
          if (kept !== null) kept.look = look;
        },
        open: (path) => void open(path),
      }),
      button(words().another, another, { class: 'button' }),
      back,
    ];
  };
  const choosingView = (problem: 'tooMany' | 'empty' | null): readonly HTMLElement[] => {
    const said = problem === null ? '' : filledText(words()[problem], { limit: String(MOST_FILES) });
    return [
      element('p', { class: 'intro' }, words().intro),
      chooser('folder', words().chooseFolder, true),
      chooser('files', words().chooseFiles, false),
      element('p', { class: 'quiet drop-hint' }, words().drop),
      element('p', { class: 'problem', role: 'alert' }, said),
      element('div', { class: 'drop' }, words().drop),
    ];
  };
  const chooser = (id: string, text: string, whole: boolean): HTMLElement => {
    const input = element('input', { type: 'file', id, multiple: '', ...(whole ? { webkitdirectory: '' } : {}) });
    input.addEventListener('change', () => {
      const chosen = [...(input.files ?? [])];
      // The same folder may be chosen again after something in it was mended.
      input.value = '';
      void begin(Promise.resolve(chosenFiles(chosen)));
    });
    return element('label', { class: 'choose', for: id }, element('b', {}, text), input);
  };
  const checkingView = (total: number, done: number): readonly HTMLElement[] => {
    const bar = element('progress', { max: String(total), 'aria-label': words().title });
    bar.value = done;
    const stop = button(words().stop, () => (turn += 1), { class: 'button' });
    return [bar, element('p', {}, progressText(total, done)), stop];
  };

  redraw();
  returnTo(view);
  const endReceiving = receiveFiles((files, data) => {
    if (state.kind === 'checking' || state.kind === 'looking') return;
    const items = [...(data?.items ?? [])].filter(({ kind }) => kind === 'file');
    void begin(items.length > 0 ? droppedFiles(items) : Promise.resolve(chosenFiles(files)));
  });
  return {
    view,
    redraw,
    close() {
      turn += 1;
      state = { kind: 'looking' };
      endReceiving();
    },
  };
}

/** Put the way back to the list above the result of one of its files. */
export function addWayBack({ given, reader, open }: ShownResult): void {
  document.querySelector('.way-back')?.remove();
  if (opened === null || kept === null || !isSame(given.input, opened.given.input)) return;
  const way = button(toolWordsOf(reader.language).folder.backToList, () => open('folder'), { class: 'link way-back' });
  document.querySelector('article[data-outcome]')?.before(way);
}

/** A result that was come back to has a copy of what it was given. */
function isSame(one: Input, other: Input): boolean {
  if ('digits' in one) return 'digits' in other && one.digits === other.digits;
  return 'document' in other && equalBytes(one.document, other.document);
}

/** Put whoever comes back to the list where they left it. */
function returnTo(view: HTMLElement): void {
  const path = opened?.path;
  opened = null;
  if (path === undefined) return;
  // After the page has put the view in its place and begun at its title.
  setTimeout(() => {
    const row = [...view.querySelectorAll<HTMLElement>('tbody button')].find(({ dataset }) => dataset['path'] === path);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'center' });
  });
}

function remember(): void {
  try {
    history.replaceState({ tool: 'folder' }, '');
  } catch {
    // Some browsers keep no such history for a file.
  }
}

function alertIn(view: HTMLElement, text: string): void {
  view.querySelector('.problem')?.remove();
  const problem = element('p', { class: 'problem', role: 'alert' }, text);
  view.querySelector('h1')?.after(problem);
  problem.scrollIntoView({ block: 'nearest' });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
