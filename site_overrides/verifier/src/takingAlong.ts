import { writtenDay, writtenInstant } from './dates.ts';
import { button, type Content, element, filled, leftToRight } from './elements.ts';
import { heldAsOf } from './heldFiles.ts';
import { siteOf, updateCopy } from './offlineUpdate.ts';
import { type OneFile, readOneFile } from './oneFile.ts';
import type { Core, OpenTool } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';

const ADDRESS = '../verifier.html';

interface Taken {
  readonly name: string;
  readonly file: OneFile;
  readonly digest: string;
}

/** Save the verifier as one file, for an office without internet. */
export function along(core: Core): OpenTool {
  const view = element('article', { class: 'along' });
  let state: Taken | 'none' | 'fetching' | 'failed' = 'none';
  let siteFile: HTMLElement | null = null;

  function redraw(): void {
    const { language, messages } = core.reader();
    const words = toolWordsOf(language);
    const { along: own } = words;
    const parts: HTMLElement[] = [element('h1', { tabindex: '-1' }, own.title), element('p', { class: 'intro' }, own.intro)];
    if (heldAsOf !== undefined) {
      const values = { date: writtenDay(heldAsOf, messages.formats), address: siteFile ?? '' };
      parts.push(element('p', {}, ...filled(own.inFile, values)));
    } else {
      const save = button(own.save, () => void take());
      if (state === 'fetching') save.setAttribute('disabled', '');
      parts.push(save, element('p', { role: 'status' }, ...said(own, messages.formats)));
    }
    const steps = [own.copy, own.open, own.compare, own.renew].map((step) => element('li', {}, step));
    view.replaceChildren(...parts, element('ol', {}, ...steps), button(words.back, core.close, { class: 'another' }));
  }

  function said(own: ReturnType<typeof toolWordsOf>['along'], formats: Parameters<typeof writtenDay>[1]): readonly Content[] {
    if (state === 'none') return [];
    if (state === 'fetching' || state === 'failed') return [own[state]];
    const { name, file, digest } = state;
    const until = writtenInstant(new Date(file.until * 1000).toISOString(), formats);
    const saved = filled(own.saved, { name: leftToRight(name), date: writtenDay(file.asOf, formats), until });
    return [...saved, element('br'), own.digest, element('br'), element('code', {}, leftToRight(digest))];
  }

  async function take(): Promise<void> {
    state = 'fetching';
    redraw();
    try {
      // Where the page is kept on this device, the file is from now on too, and the newest is taken if there is a connection.
      await updateCopy([ADDRESS]);
      const answer = await fetch(ADDRESS, { cache: 'no-cache', redirect: 'error' });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const file = answer.ok ? readOneFile(new TextDecoder().decode(bytes)) : null;
      if (file === null) throw new Error(`expected a copy of verifier.html at ${ADDRESS}, found something else`);
      const name = `asnad-verifier-${location.host.replace(/[^A-Za-z0-9.-]/g, '-')}-${file.asOf}.html`;
      save(bytes, name);
      state = { name, file, digest: core.digest(bytes) };
    } catch {
      state = 'failed';
    }
    redraw();
  }

  redraw();
  if (heldAsOf !== undefined) {
    void core.lists().then((lists) => {
      siteFile = siteOf(lists, 'verifier.html');
      redraw();
    });
  }
  return { view, redraw, close: () => undefined };
}

function save(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'text/html' }));
  element('a', { href: address, download: name }).click();
  // Some browsers begin to read only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
