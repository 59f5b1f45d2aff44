import { type CheckedFile, filesCsv, type FileCode, type FileWords, NO_CERTIFICATE, whyOf, wordOf } from './checkedFile.ts';
import { writtenDay, writtenDayIn, writtenInstant } from './dates.ts';
import { saveFile } from './download.ts';
import { button, type Content, element, filled, filledText, foreign, leftToRight } from './elements.ts';
import type { Reader } from './messages.ts';
import { pinnedIssuers } from './pinnedIssuers.ts';
import { OUTCOMES } from './report.ts';
import { toolWordsOf } from './toolWords.ts';

const COLUMNS = ['file', 'result', 'name', 'course', 'serial', 'issuer', 'awarded', 'expires'] as const;

type Column = (typeof COLUMNS)[number];

/** Which rows are shown, and in which order. */
export interface Look {
  readonly only: FileCode | 'twins' | null;
  readonly query: string;
  readonly column: Column;
  readonly descending: boolean;
  /** How many rows are drawn at most. */
  readonly most: number;
}

/** Rows drawn at once: a browser lays out some hundred while nobody waits. */
const ROWS = 200;

export const FIRST_LOOK: Look = { only: null, query: '', column: 'file', descending: false, most: ROWS };

/** What became of many files, and what to do with it. */
export interface FileList {
  readonly files: readonly CheckedFile[];
  readonly rest: number;
  readonly madeAt: number;
  readonly reader: Reader;
  readonly look: Look;
  /** Called with each new look, so that it is there again after a full result. */
  readonly remember: (look: Look) => void;
  /** Show the full result of a file. */
  readonly open: (path: string) => void;
}

/** Draw a table of files that can be filtered, searched, sorted and saved. */
export function listView({ files, rest, madeAt, reader, look: firstLook, remember, open }: FileList): readonly HTMLElement[] {
  const { messages } = reader;
  const words = toolWordsOf(reader.language).folder;
  const fileWords: FileWords = { ...words, outcome: messages.outcome, reason: messages.reason };
  const texts = files.map((file) => searchText(file, fileWords));
  let look = firstLook;

  const summary = { total: String(files.length), date: writtenInstant(new Date(madeAt).toISOString(), messages.formats) };
  const said = [element('p', {}, filledText(words.checkedAt, summary))];
  if (rest > 0) said.push(element('p', { class: 'problem' }, filledText(words.stopped, { rest: String(rest) })));
  if (files.every(({ code }) => code === NO_CERTIFICATE)) said.push(element('p', { class: 'problem' }, words.nothing));

  const filters = element('div', { class: 'filters', role: 'group', 'aria-label': words.filter });
  const search = element('input', { type: 'search', id: 'list-search', value: look.query, autocomplete: 'off', dir: 'auto' });
  const shown = element('p', { class: 'quiet', role: 'status' });
  const head = element('tr');
  const body = element('tbody');
  const more = button(words.more, () => change({ most: look.most + ROWS }), { class: 'button' });
  const table = element('table', {}, element('thead', {}, head), body);
  const region = element('div', { class: 'rows', role: 'region', tabindex: '0', 'aria-label': words.title }, table);

  const change = (changed: Partial<Look>): void => {
    look = { ...look, ...changed };
    remember(look);
    draw();
  };
  const draw = (): void => {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['keep'] : undefined;
    filters.replaceChildren(...filterButtons());
    head.replaceChildren(...COLUMNS.map(headCell));
    const chosen = inOrder(files.filter(isShown), look, fileWords);
    body.replaceChildren(...chosen.slice(0, look.most).map(row));
    shown.textContent = filledText(words.shown, { shown: String(Math.min(chosen.length, look.most)), total: String(chosen.length) });
    more.hidden = chosen.length <= look.most;
    // What was pressed has been drawn anew; whoever uses the keyboard stays there.
    if (focused !== undefined) buttons().find(({ dataset }) => dataset['keep'] === focused)?.focus();
  };
  const buttons = (): readonly HTMLElement[] => [filters, head].flatMap((part) => [...part.querySelectorAll('button')]);
  const isShown = (file: CheckedFile, at = files.indexOf(file)): boolean =>
    isOf(file, look.only) && texts[at]!.includes(plain(look.query));
  const filterButtons = (): readonly HTMLElement[] => {
    const codes: readonly Look['only'][] = [null, ...OUTCOMES, NO_CERTIFICATE, 'twins'];
    return codes.flatMap((only) => {
      const count = files.filter((file) => isOf(file, only)).length;
      if (only !== null && count === 0) return [];
      const word = only === null ? words.all : only === 'twins' ? words.twins : wordOf({ code: only }, fileWords);
      const state = { 'aria-pressed': String(look.only === only), 'data-keep': only ?? 'all' };
      const looks = only === null || only === 'twins' || only === NO_CERTIFICATE ? {} : { 'data-outcome': only };
      return [button(`${word} (${count})`, () => change({ only, most: ROWS }), { ...state, ...looks })];
    });
  };
  const headCell = (column: Column): HTMLElement => {
    const isSorted = look.column === column;
    const act = (): void => change({ column, descending: isSorted && !look.descending });
    const order = look.descending ? 'descending' : 'ascending';
    const sort = button(columnWord(column, reader), act, { 'data-keep': column });
    return element('th', { scope: 'col', ...(isSorted ? { 'aria-sort': order } : {}) }, sort);
  };
  const row = (file: CheckedFile): HTMLElement => {
    const { path, code, certificate, twin } = file;
    const name = foreign(plainPath(path), { dir: 'ltr' });
    const opening = button('', () => open(path), { class: 'link', 'data-path': path, title: words.open });
    opening.append(name);
    const why = whyOf(file, fileWords);
    const notes = why === '' ? [] : [element('small', {}, why)];
    if (twin !== null) {
      const note = twin.kind === 'same-certificate' ? words.sameCertificate : words.sameSerial;
      notes.push(element('small', { class: 'twin' }, ...filled(note, { file: leftToRight(plainPath(twin.path)) })));
    }
    const facts = certificate === null ? COLUMNS.slice(2).map(() => '') : cellsOf(certificate, reader);
    const cells = facts.map((content) => element('td', {}, content));
    const isNone = code === NO_CERTIFICATE;
    const looks = isNone ? {} : { 'data-outcome': code };
    const result = element('td', { class: 'result' }, element('b', {}, wordOf(file, fileWords)), ...notes);
    return element('tr', looks, element('th', { scope: 'row' }, isNone ? name : opening), result, ...cells);
  };
  search.addEventListener('input', () => change({ query: search.value, most: ROWS }));
  const save = (): void => saveFile(new TextEncoder().encode(filesCsv(files, fileWords)), 'certificates.csv', 'text/csv');

  draw();
  return [
    element('div', { role: 'status' }, ...said),
    filters,
    element('label', { for: 'list-search', class: 'paste' }, words.search),
    search,
    element('div', {}, shown, region, more),
    button(words.save, save, { class: 'button' }),
  ];
}

/** A name of a file may turn its own direction, and so seem to end otherwise than it does. */
function plainPath(path: string): string {
  return path.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E]/gu, (mark) => `⟨U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

function isOf({ code, twin }: CheckedFile, only: Look['only']): boolean {
  return only === null || (only === 'twins' ? twin !== null : code === only);
}

function cellsOf(line: NonNullable<CheckedFile['certificate']>, { messages }: Reader): readonly Content[] {
  const timeZone = pinnedIssuers().find(({ did }) => did === line.issuerId)?.timeZone ?? 'UTC';
  return [
    foreign(line.name),
    foreign(line.course),
    leftToRight(line.serial),
    foreign(line.issuer),
    writtenDay(line.awarded, messages.formats),
    line.expires === '' ? '' : writtenDayIn(line.expires, messages.formats, timeZone),
  ];
}

function columnWord(column: Column, { language, messages }: Reader): string {
  const { facts } = messages;
  const words = toolWordsOf(language).folder.column;
  return {
    ...words,
    name: facts.identity.name,
    course: facts.courseName,
    serial: facts.serial,
    issuer: facts.issuer,
    awarded: facts.awarded,
    expires: facts.validUntil,
  }[column];
}

function searchText(file: CheckedFile, words: FileWords): string {
  const line = file.certificate;
  const facts = line === null ? [] : [line.name, line.course, line.serial, line.issuer];
  return plain([file.path, wordOf(file, words), ...facts].join('\n'));
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function inOrder(files: readonly CheckedFile[], { column, descending }: Look, words: FileWords): readonly CheckedFile[] {
  const key = (file: CheckedFile): string => {
    if (column === 'file') return file.path;
    if (column === 'result') return wordOf(file, words);
    return file.certificate?.[column] ?? '';
  };
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const sorted = [...files].sort((one, other) => compare(key(one), key(other)) || compare(one.path, other.path));
  return descending ? sorted.reverse() : sorted;
}
