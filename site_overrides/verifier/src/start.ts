import { button, element } from './elements.ts';
import type { Reader } from './messages.ts';
import type { Actions } from './view.ts';
import { FILE_LIMIT, type Given, givenInText } from './ways.ts';

/** Draw the first screen: what this page does, and the ways to give it a certificate. */
export function startView({ messages }: Reader, { give, open }: Actions, fault = ''): HTMLElement {
  const words = messages.start;
  const problem = element('p', { class: 'problem', role: 'alert' }, fault);
  const scan = button(words.scanHere, () => open('scan'));

  const file = element('input', { type: 'file', accept: '.json,application/json', id: 'file' });
  file.addEventListener('change', () => {
    const chosen = file.files?.[0];
    if (chosen === undefined) return;
    givenInFile(chosen).then(give, () => {
      problem.textContent = words.fileUnreadable;
      file.value = '';
    });
  });
  const choice = [element('b', {}, words.choose), element('small', {}, words.chooseHint), file];
  const choose = element('label', { class: 'choose', for: 'file' }, ...choice);

  const paste = element('textarea', { id: 'paste', rows: '2', spellcheck: 'false', autocapitalize: 'none', dir: 'auto' });
  const check = button(words.check, () => {
    const given = givenInText(paste.value);
    if (given === null) problem.textContent = words.empty;
    else give(given);
  });

  return element(
    'article',
    { class: 'start' },
    element('h1', { tabindex: '-1' }, messages.title),
    element('p', { class: 'intro' }, words.intro),
    element('p', {}, words.scan),
    scan,
    choose,
    element('label', { class: 'paste', for: 'paste' }, words.paste),
    paste,
    check,
    problem,
    element('p', { class: 'quiet' }, words.privacy),
  );
}

async function givenInFile(file: File): Promise<Given> {
  // One byte beyond the limit is enough for the verifier to say that it is too large.
  const document = await file.slice(0, FILE_LIMIT + 1).arrayBuffer();
  return { input: { document: new Uint8Array(document) }, host: null };
}
