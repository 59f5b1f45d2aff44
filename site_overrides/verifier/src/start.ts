import { button, element } from './elements.ts';
import type { Core, OpenTool } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';
import { FILE_LIMIT, type Given, givenInText } from './ways.ts';

/** The first screen: what this page does, and the ways to give it a certificate. */
export function start(core: Core): OpenTool {
  const view = element('article', { class: 'start' });
  const paste = element('textarea', { id: 'paste', rows: '2', spellcheck: 'false', autocapitalize: 'none', dir: 'auto' });
  const redraw = (): void => {
    const { language, messages } = core.reader();
    const words = toolWordsOf(language).start;
    const problem = element('p', { class: 'problem', role: 'alert' });
    const file = element('input', { type: 'file', accept: '.json,application/json', id: 'file' });
    file.addEventListener('change', () => {
      const chosen = file.files?.[0];
      if (chosen === undefined) return;
      givenInFile(chosen).then(core.give, () => {
        problem.textContent = words.fileUnreadable;
        file.value = '';
      });
    });
    const choice = [element('b', {}, words.choose), element('small', {}, words.chooseHint), file];
    const check = button(words.check, () => {
      const given = givenInText(paste.value);
      if (given === null) problem.textContent = words.empty;
      else core.give(given);
    });
    view.replaceChildren(
      element('h1', { tabindex: '-1' }, messages.title),
      element('p', { class: 'intro' }, messages.intro),
      element('p', {}, words.scan),
      element('div', {}, button(words.scanHere, () => core.open('scan'), { class: 'choose' })),
      element('label', { class: 'choose', for: 'file' }, ...choice),
      element('label', { class: 'paste', for: 'paste' }, words.paste),
      paste,
      check,
      problem,
      element('p', { class: 'quiet' }, words.privacy),
    );
  };
  redraw();
  return { view, redraw, close: () => undefined };
}

async function givenInFile(file: File): Promise<Given> {
  // One byte beyond the limit is enough for the verifier to say that it is too large.
  const document = await file.slice(0, FILE_LIMIT + 1).arrayBuffer();
  return { input: { document: new Uint8Array(document) }, host: null };
}
