import { kindOfText } from './codeText.ts';
import { button, element, filled, icon, leftToRight } from './elements.ts';
import { takenFrom } from './givenFile.ts';
import { fileChoice, receiveFiles, type Told } from './receiving.ts';
import type { Core, OpenTool } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';
import { trustedIssuers } from './trustedIssuers.ts';
import { givenInText } from './ways.ts';

const CAMERA = ['M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3', 'M8 8h3v3H8zM13 8h3v3h-3zM8 13h3v3H8zM13 13h1M16 16h-1M16 13v1'];
const MORE = ['folder', 'kept'] as const;

/** The first screen: what this page does, and the ways to give it a certificate. */
export function start(core: Core): OpenTool {
  const view = element('article', { class: 'start' });
  const paste = element('textarea', { id: 'paste', rows: '2', spellcheck: 'false', autocapitalize: 'none', dir: 'auto' });
  const told = element('div', { class: 'told', role: 'alert' });
  let state: Told | 'reading' | null = null;
  /** Counts what was given, so that a picture read late never takes the place of what came after it. */
  let turn = 0;

  const tell = (next: typeof state): void => {
    state = next;
    told.replaceChildren(...toldView(state, core));
    // On a phone it would else stand below what is in sight.
    if (state !== null) told.scrollIntoView({ block: 'nearest' });
  };
  const take = async ([file, another]: readonly File[]): Promise<void> => {
    turn += 1;
    const mine = turn;
    if (file === undefined) return;
    if (another !== undefined) {
      tell({ fault: 'severalFiles' });
      return;
    }
    tell('reading');
    const taken = await takenFrom(file, core);
    if (mine !== turn) return;
    if ('given' in taken) core.give(taken.given);
    else tell(taken);
  };
  const check = (): void => {
    turn += 1;
    const text = paste.value.trim();
    const kind = text.startsWith('{') ? 'certificate' : kindOfText(text);
    const given = givenInText(text);
    if (given === null) tell({ fault: 'empty' });
    else if (kind === 'number') tell({ fault: 'number' });
    else if (kind === 'link' && !/#|%23/.test(text)) tell({ fault: 'linkWithout' });
    else core.give(given);
  };
  const redraw = (): void => {
    const reader = core.reader();
    const { language, messages } = reader;
    const words = toolWordsOf(language);
    const scan = button('', () => core.open('scan'), { class: 'scan' });
    scan.append(icon(...CAMERA), words.start.scanHere);
    view.replaceChildren(
      element('h1', { tabindex: '-1' }, messages.title),
      element('p', { class: 'intro' }, messages.intro),
      element('p', {}, words.start.scan),
      element('div', { class: 'ways' }, scan, fileChoice(words.start, (files) => void take(files))),
      element('p', { class: 'quiet drop-hint' }, words.start.dropHint),
      told,
      element('label', { class: 'paste', for: 'paste' }, words.start.paste),
      paste,
      button(words.start.check, check),
      element('p', { class: 'quiet' }, words.start.privacy),
      element('nav', { class: 'more', 'aria-label': words.start.more }, ...MORE.map((name) => button(words[name].title, () => core.open(name)))),
      ...trustedIssuers(reader),
      element('div', { class: 'drop' }, words.start.drop),
    );
    tell(state);
  };
  redraw();
  const endReceiving = receiveFiles((files) => void take(files));
  return {
    view,
    redraw,
    close() {
      turn += 1;
      endReceiving();
    },
  };
}

function toldView(state: Told | 'reading' | null, core: Core): readonly HTMLElement[] {
  if (state === null) return [];
  const words = toolWordsOf(core.reader().language);
  if (state === 'reading') return [element('p', { class: 'busy' }, words.start.reading)];
  const host = 'host' in state ? (state.host ?? '') : '';
  const problem = element('p', { class: 'problem' }, ...filled(words.start.problem[state.fault], { host: leftToRight(host) }));
  return state.fault === 'severalFiles' ? [problem, button(words.folder.title, () => core.open('folder'))] : [problem];
}
