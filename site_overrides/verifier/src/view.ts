import { writtenDay } from './dates.ts';
import { button, type Content, element, filled, leftToRight } from './elements.ts';
import { heldAsOf } from './heldFiles.ts';
import type { Centre, Judgement } from './judgement.ts';
import { languageChoice } from './languageChoice.ts';
import type { Language, Reader } from './messages.ts';
import { resultView } from './result.ts';
import type { ToolName } from './toolbox.ts';
import type { Given } from './ways.ts';

/** What the page shows. */
export type Scene =
  | { readonly kind: 'framed' }
  /** A tool takes its place; or the tool could not be had. */
  | { readonly kind: 'start'; readonly lacking?: ToolName }
  | { readonly kind: 'checking' }
  | { readonly kind: 'fault' }
  | { readonly kind: 'result'; readonly judgement: Judgement; readonly given: Given };

/** What a reader can do on the page. */
export interface Actions {
  readonly give: (given: Given) => void;
  readonly startAgain: () => void;
  readonly open: (tool: ToolName) => void;
  readonly speak: (language: Language) => void;
}

/** The parts of the page; each is drawn for itself, so that news of the centre never takes away what someone is typing. */
export interface Page {
  readonly header: HTMLElement;
  readonly address: HTMLElement;
  /** Where a wrong clock is pointed out. */
  readonly notice: HTMLElement;
  readonly scene: HTMLElement;
  readonly freshness: HTMLElement;
  readonly footer: HTMLElement;
}

/** Lay the empty parts of the page out. */
export function layPage(root: HTMLElement): Page {
  const page: Page = {
    header: element('header'),
    address: element('div'),
    notice: element('div'),
    scene: element('div'),
    freshness: element('section', { class: 'freshness' }),
    footer: element('footer'),
  };
  root.replaceChildren(page.header, element('main', {}, page.address, page.notice, page.scene, page.freshness), page.footer);
  return page;
}

/** Draw what depends on nothing but the reader's language. */
export function drawHeader(page: Page, reader: Reader, { speak }: Actions): void {
  const { href } = document.querySelector<HTMLLinkElement>('link[rel=icon]')!;
  const mark = element('img', { src: href, alt: '', width: '28', height: '28' });
  page.header.replaceChildren(element('p', {}, mark, reader.messages.shortTitle), languageChoice(reader, speak));
}

/** Draw what the reader does or reads now. */
export function drawScene(page: Page, scene: Scene, reader: Reader, actions: Actions): void {
  page.scene.replaceChildren(...(scene.kind === 'framed' ? [framedView(reader)] : sceneView(scene, reader, actions)));
}

/** Draw what stands around every scene. */
export function drawSurroundings(
  page: Page,
  scene: Scene,
  centre: Centre | null,
  reader: Reader,
): void {
  const { messages } = reader;
  if (scene.kind === 'framed') return;
  const banner = isDemonstration(scene, centre) ? [element('p', { class: 'demonstration' }, messages.demonstrationBanner)] : [];
  const contact = contactOf(scene, centre);
  const ofOther = scene.kind === 'result' && scene.judgement.other !== undefined;
  page.address.replaceChildren(addressView(contact, ofOther, reader), ...banner);
  const unreviewed = messages.translation.state === 'reviewed' ? [] : [element('p', {}, messages.translation.note)];
  const source = contact === null ? [] : [element('p', {}, messages.contact.source)];
  page.footer.replaceChildren(...source, ...unreviewed);
}

/** The sentence above everything, which no copy of this page can make true, and the number to ring. */
function addressView(contact: Centre['contact'] | null, ofOther: boolean, { messages }: Reader): HTMLElement {
  const words = messages.contact;
  const host = element('strong', {}, leftToRight(location.host));
  const ofPage = ofOther ? messages.trusted.address : messages.address;
  const warning = location.protocol === 'file:' ? messages.addressOfFile : ofPage;
  const view = element('section', { class: 'address' }, element('p', {}, ...filled(warning, { host, date: writtenDay(heldAsOf ?? '', messages.formats) })));
  const ways: (readonly Content[])[] = [];
  if (contact?.phone) ways.push(filled(words.phone, { phone: link(`tel:${contact.phone.replace(/[^0-9+]/g, '')}`, contact.phone) }));
  if (contact?.email) ways.push(filled(words.email, { email: link(`mailto:${contact.email}`, contact.email) }));
  if (ways.length > 0) {
    const line = ways.flatMap((way, at) => [...(at === 0 ? [] : [' ']), element('span', {}, ...way)]);
    view.append(element('p', { class: 'contact' }, ...line));
  }
  const address = leftToRight(location.origin + location.pathname);
  view.append(element('p', { class: 'print-only' }, ...filled(messages.printNote, { address })));
  return view;
}

function link(href: string, text: string): HTMLElement {
  return element('a', { href }, leftToRight(text));
}

function sceneView(scene: Exclude<Scene, { kind: 'framed' }>, reader: Reader, actions: Actions): readonly HTMLElement[] {
  const { messages } = reader;
  if (scene.kind === 'start') return [startView(scene.lacking, reader, actions)];
  if (scene.kind === 'checking') return [element('p', { class: 'checking', role: 'status' }, messages.checking)];
  const another = button(messages.another, actions.startAgain, { class: 'another' });
  if (scene.kind === 'fault') return [element('p', { class: 'fault', role: 'alert' }, messages.failed), another];
  const { host } = scene.given;
  const views = [resultView(scene.judgement, reader), another];
  if (host === null || host === location.host) return views;
  const elsewhere = filled(messages.linkHost, { host: leftToRight(host) });
  return [element('p', { class: 'elsewhere' }, ...elsewhere), ...views];
}

/** What stands here while the tools are fetched. */
function startView(lacking: ToolName | undefined, reader: Reader, { open }: Actions): HTMLElement {
  const { messages } = reader;
  const view = element('article', { class: 'start' }, element('h1', { tabindex: '-1' }, messages.title), element('p', { class: 'intro' }, messages.intro));
  if (lacking !== undefined) view.append(lackingView(reader, () => open(lacking)));
  return view;
}

/** Say that a part of the page could not be had, and let the reader ask for it again. */
export function lackingView({ messages }: Reader, again: () => void): HTMLElement {
  const problem = element('p', { class: 'problem', role: 'alert' }, messages.toolsFailed);
  return element('div', { class: 'lacking' }, problem, button(messages.tryAgain, again));
}

/** Inside another page nothing is judged: that page could cover the result with its own. */
function framedView({ messages }: Reader): HTMLElement {
  const words = messages.framed;
  const open = element('a', { href: location.href, target: '_blank', rel: 'noopener noreferrer' }, words.open);
  return element('article', { class: 'framed' }, element('h1', {}, words.word), element('p', {}, words.means), element('p', {}, open));
}

/** Whom to ring: the issuer of the certificate, and never this centre about another's. */
function contactOf(scene: Scene, centre: Centre | null): Centre['contact'] | null {
  if (scene.kind !== 'result') return centre?.contact ?? null;
  const { report, other } = scene.judgement;
  return report.issuer?.contact ?? (other ? null : centre?.contact) ?? null;
}

/** A demonstration says so on every outcome, and before there is one. */
function isDemonstration(scene: Scene, centre: Centre | null): boolean {
  return (scene.kind === 'result' && scene.judgement.report.demonstration) || (centre?.demonstration ?? false);
}
