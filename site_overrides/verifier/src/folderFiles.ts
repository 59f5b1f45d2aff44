import type { FolderFile } from './folderFile.ts';

/** More are not checked at once: the table must still be looked through by a person. */
export const MOST_FILES = 5_000;

/** Files in the order of their paths; or that there are too many. */
export type Found = readonly FolderFile[] | 'tooMany';

/** Give the files that were chosen by a chooser of files or of a folder. */
export function chosenFiles(files: readonly File[]): Found {
  return inOrder(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/**
 * Find all files of what was dropped, folders and what lies in them too.
 *
 * @param items As the event of dropping has them; they are asked at once, for after the event they are gone.
 */
export async function droppedFiles(items: readonly DataTransferItem[]): Promise<Found> {
  const found: FolderFile[] = [];
  const waiting: FileSystemEntry[] = [];
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) waiting.push(entry);
    else if (file !== null) found.push({ path: file.name, file });
  }
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (found.length + waiting.length > MOST_FILES) return 'tooMany';
    const path = entry.fullPath.replace(/^\//, '');
    if (entry.isFile) found.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
    else {
      const inside = await entriesIn(entry as FileSystemDirectoryEntry);
      // What cannot be opened is named, so that nobody takes it for checked.
      if (inside === null) found.push({ path, file: null });
      else waiting.push(...inside);
    }
  }
  return inOrder(found);
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[] | null> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives some hundred entries at a time, and none when it is through.
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[] | null>((resolve) => reader.readEntries(resolve, () => resolve(null)));
    if (some === null) return null;
    if (some.length === 0 || entries.length > MOST_FILES) return entries;
    entries.push(...some);
  }
}

function inOrder(files: readonly FolderFile[]): Found {
  if (files.length > MOST_FILES) return 'tooMany';
  const [first] = files;
  const top = first === undefined ? '' : first.path.slice(0, first.path.indexOf('/') + 1);
  const within = top !== '' && files.every(({ path }) => path.startsWith(top)) ? top.length : 0;
  const named = files.map(({ path, file }) => ({ path: path.slice(within), file }));
  return named.sort((one, other) => (one.path < other.path ? -1 : Number(one.path > other.path)));
}
