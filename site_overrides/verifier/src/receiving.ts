import { element } from './elements.ts';
import type { Taken } from './givenFile.ts';
import type { ToolWords } from './toolWords.ts';

type Words = ToolWords['start'];
type Take = (files: readonly File[], data?: DataTransfer | null) => void;

/** Draw the chooser of one photograph or file. */
export function fileChoice(words: Words, take: Take): HTMLElement {
  const file = element('input', { type: 'file', accept: 'image/*,.json,.svg,.png,.pdf,application/json', id: 'file' });
  file.addEventListener('change', () => {
    const chosen = [...(file.files ?? [])];
    // The same file may be chosen again after it was mended.
    file.value = '';
    if (chosen.length > 0) take(chosen);
  });
  return element('label', { class: 'choose', for: 'file' }, element('b', {}, words.choose), element('small', {}, words.chooseHint), file);
}

/**
 * Take files that are dropped anywhere on the page or pasted.
 *
 * @returns What ends that.
 */
export function receiveFiles(take: Take): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const drop = (event: DragEvent, over: boolean): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Otherwise the browser would leave the page for the file.
    event.preventDefault();
    document.documentElement.toggleAttribute('data-dropping', over);
  };
  addEventListener('dragover', (event) => drop(event, true), { signal });
  addEventListener('dragleave', (event) => event.relatedTarget === null && drop(event, false), { signal });
  addEventListener(
    'drop',
    (event) => {
      drop(event, false);
      give(event.dataTransfer);
    },
    { signal },
  );
  addEventListener('paste', (event) => give(event.clipboardData) && event.preventDefault(), { signal });
  const give = (data: DataTransfer | null): boolean => {
    const files = [...(data?.files ?? [])];
    if (files.length > 0) take(files, data);
    return files.length > 0;
  };
  return () => {
    listening.abort();
    document.documentElement.removeAttribute('data-dropping');
  };
}

/** What is said about what was given, in the reader's language. */
export type Told = Extract<Taken, { fault: unknown }> | { readonly fault: 'empty' | 'linkWithout' | 'severalFiles' };
