import { element, filledText, icon } from './elements.ts';
import { judge } from './judgement.ts';
import { languageChoice, preferredLanguage, speakTo } from './languageChoice.ts';
import { type Language, LANGUAGE_TAGS, readerOf } from './messages.ts';
import { pinnedIssuers } from './pinnedIssuers.ts';
import type { Outcome } from './report.ts';
import { OUTCOME_ICONS } from './result.ts';
import { digitsInFragment } from './ways.ts';

type File = typeof import('../../messages/en.json');

type KeyOf<Texts> = {
  [Name in keyof Texts & string]: Texts[Name] extends string ? Name : `${Name}.${KeyOf<Texts[Name]>}`;
}[keyof Texts & string];

type Words = Readonly<Record<KeyOf<File['demonstration']>, string>>;

/** The build writes demonstrationWords.js beside this script, having checked that every language has all of the texts. */
declare const asnadDemonstrationWords: Readonly<Record<Language, Words>>;

/** A certificate of the page, and what this browser has found of it so far. */
interface State {
  readonly expected: Outcome;
  readonly digits: string;
  readonly line: HTMLElement;
  found: Outcome | 'waiting' | 'fault';
}

const AGREES = ['M4.5 12.5l5 5 10-11'];
const DIFFERS = ['M12 3.5L22 20.5H2z', 'M12 10v5M12 17.6v.4'];

const issuers = pinnedIssuers();
const tally = document.getElementById('tally')!;
const states = [...document.querySelectorAll<HTMLElement>('[data-found]')].map((line): State => {
  const card = line.closest<HTMLElement>('[data-expected]')!;
  const link = card.querySelector<HTMLAnchorElement>('a.open')!;
  return { expected: card.dataset['expected'] as Outcome, digits: digitsInFragment(link.hash), line, found: 'waiting' };
});
/** Another page around this one could cover what it says, or say it for its own. */
const framed = window.top !== window;
const header = document.querySelector('header')!;
let language = preferredLanguage();
let choice: HTMLElement | null = null;

/** Say everything that the page says in the reader's language. */
function speak(): void {
  const reader = readerOf(language);
  const { messages } = reader;
  const words = asnadDemonstrationWords[language]!;
  speakTo(reader);
  document.title = words.title;
  const next = languageChoice(reader, (chosen) => {
    language = chosen;
    // A language in the address would win again at the next load.
    history.replaceState(null, '', location.pathname);
    speak();
  });
  choice?.remove();
  header.append(next);
  choice = next;
  each('say', (key) => words[key as keyof Words]);
  each('word', (outcome) => messages.outcome[outcome as Outcome].word);
  each('answer', (key) => answer(key));
  document.querySelectorAll<HTMLImageElement>('[data-code]').forEach((code) => {
    code.alt = filledText(words.code, { word: messages.outcome[code.dataset['code'] as Outcome].word });
  });
  // The first language of the centre has its home page at the root of the site.
  document.querySelector<HTMLAnchorElement>('[data-home]')!.href = language === LANGUAGE_TAGS[0] ? '../' : `../${language}/`;
  const { state, note } = messages.translation;
  document.getElementById('translation')!.textContent = state === 'reviewed' ? '' : note;
  states.forEach(tell);
  sum();
}

function each(name: string, text: (key: string) => string): void {
  document.querySelectorAll<HTMLElement>(`[data-${name}]`).forEach((place) => {
    place.textContent = text(place.dataset[name]!);
  });
}

/** Give a sentence of the verifier, such as what an outcome means. */
function answer(key: string): string {
  const { messages } = readerOf(language);
  if (key === 'action') return messages.action;
  const [outcome, part] = key.split('.') as [Outcome, 'means' | 'act'];
  return messages.outcome[outcome][part];
}

/** Say of one certificate what was found. */
function tell({ line, expected, found }: State): void {
  const words = asnadDemonstrationWords[language]!;
  if (found === 'waiting' || found === 'fault') {
    line.replaceChildren(words[`found.${found}`]);
    if (found === 'fault') line.dataset['agrees'] = 'false';
    return;
  }
  const agrees = found === expected;
  const { word } = readerOf(language).messages.outcome[found];
  const sentence = agrees ? words['found.same'] : filledText(words['found.other'], { word });
  Object.assign(line.dataset, { outcome: found, agrees: String(agrees) });
  line.replaceChildren(icon(...(agrees ? AGREES : DIFFERS)), element('span', {}, sentence));
}

/** Say of all certificates together what was found. */
function sum(): void {
  const words = asnadDemonstrationWords[language]!;
  if (framed) {
    tally.replaceChildren(readerOf(language).messages.framed.means);
    return;
  }
  if (states.some(({ found }) => found === 'waiting')) {
    tally.replaceChildren(words['tally.waiting']);
    return;
  }
  const number = String(states.length);
  const other = states.filter(({ expected, found }) => found !== expected).length;
  tally.dataset['agrees'] = String(other === 0);
  const sentences = other === 0 ? [filledText(words['tally.same'], { number })] : [filledText(words['tally.other'], { number, other: String(other) }), words['tally.why']];
  tally.replaceChildren(...sentences.map((sentence) => element('span', {}, sentence)));
}

/** Check every certificate, as the checking page would. */
async function run(): Promise<void> {
  for (const state of states) {
    state.found = await judge({ digits: state.digits }, issuers).then(
      ({ report }) => report.outcome,
      () => 'fault' as const,
    );
    tell(state);
  }
  sum();
}

document.querySelectorAll<HTMLElement>('[data-expected] > h2').forEach((heading) => {
  heading.prepend(icon(...OUTCOME_ICONS[heading.parentElement!.dataset['expected'] as Outcome]));
});
speak();
if (!framed) void run();
