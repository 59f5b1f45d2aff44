import { certificateArticle, serialOf, titleOf } from './certificate.ts';
import { certificateWords } from './certificateWords.ts';
import { fileNameOf, saveFile } from './download.ts';
import { button, type Content, element, leftToRight } from './elements.ts';
import { judge } from './judgement.ts';
import { languageChoice, preferredLanguage, speakTo } from './languageChoice.ts';
import { LANGUAGE_TAGS, type Reader, readerOf } from './messages.ts';
import { pinnedIssuers } from './pinnedIssuers.ts';
import { profileEntry } from './profileEntry.ts';
import type { Report } from './report.ts';
import { isShared, linkView, profileView, sharedLink } from './sharing.ts';
import { objectsIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';
import { toolWordsOf } from './toolWords.ts';
import { digitsInFragment } from './ways.ts';

/** A certificate that a trusted key has signed. */
interface Certificate {
  readonly credential: JsonObject;
  readonly report: Report;
}

/** What the page shows: a certificate, or one sentence; never a verdict, which is the verifier's to give. */
type Scene = Certificate | 'framed' | 'link.empty' | 'link.reading' | 'link.refused';

const issuers = pinnedIssuers();
const root = document.getElementById('asnad-certificate') ?? document.body;
const mark = document.querySelector<HTMLTemplateElement>('#asnad-mark')?.content ?? document.createDocumentFragment();
const ownTimeZone = document.querySelector<HTMLMetaElement>('meta[name=time-zone]')?.content ?? 'UTC';
let language = preferredLanguage();
let scene: Scene = window.top === window ? 'link.empty' : 'framed';
/** Counts the fragments, so that a late reading never takes the place of a newer one. */
let turn = 0;

function draw(): void {
  const reader = readerOf(language);
  const words = certificateWords(language);
  speakTo(reader);
  document.title = typeof scene === 'string' ? words['link.title'] : titleOf(scene.credential);
  const choice = languageChoice(reader, (chosen) => {
    language = chosen;
    // A language in the address would win again at the next load; the fragment stays, for it is the certificate.
    history.replaceState(null, '', location.pathname + location.hash);
    draw();
  });
  const { state, note } = reader.messages.translation;
  const unreviewed = state === 'reviewed' ? [] : [element('p', { class: 'small' }, note)];
  root.replaceChildren(choice, ...sceneView(reader), ...unreviewed);
}

function sceneView(reader: Reader): readonly HTMLElement[] {
  if (scene === 'framed') return [framedView(reader)];
  return typeof scene === 'string' ? [messageView(scene)] : certificateView(scene, reader);
}

/** Inside another page nothing is drawn: that page could cover the certificate with its own. */
function framedView({ messages: { framed } }: Reader): HTMLElement {
  const open = element('a', { class: 'button', href: location.href, target: '_blank', rel: 'noopener noreferrer' }, framed.open);
  return element('main', { class: 'message' }, element('h1', {}, framed.word), element('p', {}, framed.means), element('p', {}, open));
}

function messageView(sentence: Exclude<Scene, Certificate | 'framed'>): HTMLElement {
  const words = certificateWords(language);
  const title = element('h1', {}, words['link.title']);
  const view = element('main', { class: 'message' }, title, element('p', { role: 'status' }, words[sentence]));
  if (sentence === 'link.reading') return view;
  // The first language of the centre has its home page at the root of the site.
  const home = element('a', { href: language === LANGUAGE_TAGS[0] ? '../' : `../${language}/` }, words['link.home']);
  view.append(
    element('p', {}, toVerifier(words[sentence === 'link.refused' ? 'page.check' : 'link.verifier'])),
    element('p', {}, home),
  );
  return view;
}

function certificateView({ credential, report }: Certificate, reader: Reader): readonly HTMLElement[] {
  const banner = report.demonstration ? [element('p', { class: 'demonstration' }, certificateWords(language).demonstration)] : [];
  const article = certificateArticle(credential, timeZoneOf(report), mark.cloneNode(true));
  return [...banner, element('main', {}, article, beside(credential, report, reader))];
}

/** What stands beside the certificate and is not part of it. */
function beside(credential: JsonObject, report: Report, reader: Reader): HTMLElement {
  const { bytes, issuer } = report;
  const words = certificateWords(language);
  const view = element(
    'aside',
    { 'aria-labelledby': 'beside' },
    element('h2', { id: 'beside' }, words['page.unsigned']),
    element('p', { class: 'no-verdict' }, words['link.noVerdict']),
    element('p', {}, toVerifier(words['page.check'])),
    element('p', { class: 'small' }, words['page.sharing']),
  );
  // A code leaves the proof out that others read; only with both is it the file as it was issued.
  if (bytes !== null && objectsIn(credential, 'proof').length === 2) {
    const save = (): void => saveFile(bytes, fileNameOf(serialOf(credential)));
    view.append(element('p', {}, button(words['page.download'], save, { class: 'button second' })));
  }
  view.append(...sharing(credential, report, reader));
  const { phone = null, email = null } = issuer?.contact ?? {};
  if (phone !== null || email !== null) view.append(element('h3', {}, words['page.contact']));
  if (phone !== null) view.append(way(`tel:${phone.replace(/[^0-9+]/g, '')}`, phone));
  if (email !== null) view.append(way(`mailto:${email}`, email));
  return view;
}

/** What a learner does with a certificate that may be shown around. */
function sharing(credential: JsonObject, report: Report, reader: Reader): readonly HTMLElement[] {
  const { issuer, outcome, demonstration } = report;
  const words = toolWordsOf(language).result;
  const printing = element('p', {}, button(words.printCertificate, () => print(), { class: 'button second' }));
  if (issuer === null || !isShared(outcome)) return [printing];
  const link = sharedLink('c/', digitsInFragment(location.hash), issuer.sites, location.href);
  const entry = profileEntry(credential, issuer, link, timeZoneOf(report));
  return [printing, linkView(link, words), profileView(entry, demonstration, words, reader)];
}

/** The zone in which the issuer names the last day of a certificate. */
function timeZoneOf({ issuer }: Report): string {
  return issuers.find(({ did }) => did === issuer?.did)?.timeZone ?? ownTimeZone;
}

function way(href: string, text: string): HTMLElement {
  return element('p', {}, element('a', { href }, leftToRight(text)));
}

function toVerifier(text: Content): HTMLElement {
  return element('a', { class: 'button', href: `../v/#${encodeURIComponent(digitsInFragment(location.hash))}` }, text);
}

async function read(): Promise<void> {
  if (scene === 'framed') {
    draw();
    return;
  }
  turn += 1;
  const mine = turn;
  const digits = digitsInFragment(location.hash);
  scene = digits === '' ? 'link.empty' : 'link.reading';
  draw();
  if (digits === '') return;
  const report = await judge({ digits }, issuers).then(
    (judgement) => judgement.report,
    () => null,
  );
  if (mine !== turn) return;
  const credential = report?.credential ?? null;
  scene = report === null || credential === null ? 'link.refused' : { credential, report };
  draw();
}

addEventListener('hashchange', () => void read());
void read();
