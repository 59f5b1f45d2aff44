import { type CertificateWords, certificateWords, languageOfCertificate, say } from './certificateWords.ts';
import { textBlocks } from './certificateText.ts';
import { writtenDay, writtenDayIn } from './dates.ts';
import { type Content, element, filledText, foreign, leftToRight } from './elements.ts';
import { readerOf } from './messages.ts';
import { numberIn, objectIn, objectsIn, textIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';

/** The kinds of docs/format.md §2, as the messages name them. */
type Kind = 'MicroCredential' | 'CertificateOfCompletion' | 'Diploma' | 'CertificateOfAttendance' | 'Recognition';

/** A signed certificate, and how it is to be worded. */
interface Sheet {
  readonly credential: JsonObject;
  readonly subject: JsonObject;
  readonly achievement: JsonObject;
  readonly kind: Kind;
  readonly words: CertificateWords;
  /** Of the certificate, BCP 47. */
  readonly lang: string;
  readonly timeZone: string;
}

/**
 * Draw a certificate in its own language, as the public page of one does.
 *
 * @param credential Whose signature and content have passed.
 * @param timeZone IANA name of the centre's zone; a day such as the last one is named there.
 * @param mark The mark of a micro-credential.
 */
export function certificateArticle(credential: JsonObject, timeZone: string, mark: Node): HTMLElement {
  const sheet = sheetOf(credential, timeZone);
  const { achievement, subject, kind, words } = sheet;
  const { language, direction } = readerOf(languageOfCertificate(sheet.lang));
  const place = textIn(subject, 'narrative');
  return element(
    'article',
    { class: 'certificate', lang: language, dir: direction },
    header(sheet, kind === 'MicroCredential' ? [mark] : []),
    element('h1', {}, words[`kind.${kind}`]),
    element('p', { class: 'lead' }, words.certify),
    ...learner(sheet),
    element('p', { class: 'lead' }, words[`achieved.${kind}`]),
    element('p', { class: 'course' }, signed(sheet, textIn(achievement, 'name') ?? '')),
    inSpans('occasion', occasion(sheet)),
    ...(place === null ? [] : [element('p', {}, signed(sheet, place))]),
    facts(sheet),
    section(words.whatItIs, element('p', {}, words[`standing.${kind}`])),
    ...sections(sheet),
    ...signatories(sheet),
    colophon(sheet),
  );
}

/** Name a certificate by what was achieved and not by the learner, because what lists titles shows them to others. */
export function titleOf(credential: JsonObject): string {
  const { achievement, kind, words } = sheetOf(credential, 'UTC');
  return filledText(words['page.title'], { kind: words[`kind.${kind}`], course: textIn(achievement, 'name') ?? '' });
}

function sheetOf(credential: JsonObject, timeZone: string): Sheet {
  const subject = objectIn(credential, 'credentialSubject');
  const achievement = objectIn(subject, 'achievement');
  const lang = textIn(achievement, 'inLanguage') ?? '';
  const language = languageOfCertificate(lang);
  // The profile allows no other kinds.
  const kind = textIn(achievement, 'achievementType')?.replace('ext:', '') as Kind;
  const words = certificateWords(language);
  return { credential, subject, achievement, kind, words, lang, timeZone };
}

function header({ credential, words }: Sheet, mark: readonly Node[]): HTMLElement {
  const issuer = objectIn(credential, 'issuer');
  const address = objectIn(issuer, 'address');
  const parent = textIn(objectIn(issuer, 'parentOrg'), 'name');
  const country = textIn(address, 'addressCountry') ?? textIn(address, 'addressCountryCode');
  const place = [textIn(address, 'addressRegion'), country].filter((part) => part !== null).join(words.listSeparator);
  return element(
    'header',
    {},
    ...mark,
    ...(parent === null ? [] : [element('p', {}, foreign(parent))]),
    element('p', { class: 'issuer' }, foreign(textIn(issuer, 'name') ?? '')),
    ...(place === '' ? [] : [element('p', { class: 'issuer-place' }, foreign(place))]),
  );
}

function learner({ subject, words, lang }: Sheet): readonly HTMLElement[] {
  const named = (type: string): string | null => {
    const identity = objectsIn(subject, 'identifier').find((person) => textIn(person, 'identityType') === type);
    return identity === undefined ? null : textIn(identity, 'identityHash');
  };
  const native = named('ext:NativeName');
  const father = named('ext:FatherName');
  const husband = named('ext:HusbandName');
  const digits = named('ext:NationalIdLastDigits');
  const relations = [
    ...(father === null ? [] : [say(words.father, { name: father })]),
    ...(husband === null ? [] : [say(words.husband, { name: husband })]),
    ...(digits === null ? [] : [say(words.nationalId, { digits })]),
  ];
  const latin = element('p', { class: 'name', dir: 'ltr' }, foreign(named('name') ?? ''));
  const names = native === null ? [latin] : [latin, element('p', { class: 'name native' }, foreign(native))];
  return [
    // Where the certificate runs from right to left, the name in its own script comes first.
    ...(readerOf(languageOfCertificate(lang)).direction === 'rtl' ? names.reverse() : names),
    ...(relations.length === 0 ? [] : [inSpans('relations', relations)]),
  ];
}

function occasion({ subject, words, lang }: Sheet): readonly (readonly Content[])[] {
  const term = textIn(subject, 'term');
  const first = textIn(subject, 'activityStartDate');
  const last = textIn(subject, 'activityEndDate');
  const start = first === null ? '' : writtenDay(first, words);
  const end = last === null ? '' : writtenDay(last, words);
  const period = first !== null && last !== null ? words.period : first !== null ? words.since : words.until;
  return [
    ...(term === null ? [] : [[foreign(term, { lang })]]),
    ...(first === null && last === null ? [] : [say(period, { start, end })]),
  ];
}

function facts(sheet: Sheet): HTMLElement {
  const { credential, subject, achievement, words, timeZone } = sheet;
  const described = objectsIn(achievement, 'resultDescription');
  const results = objectsIn(subject, 'result').map((result) => {
    const scale = described.find((one) => textIn(one, 'id') === textIn(result, 'resultDescription')) ?? {};
    const isWorkload = textIn(scale, 'resultType') === 'ext:NotionalWorkload';
    const status = textIn(result, 'status');
    const state = status === null ? null : words[status === 'Failed' ? 'Failed' : 'Completed'];
    const value = textIn(result, 'value') ?? (isWorkload ? null : state);
    return { isWorkload, row: fact(isWorkload ? words.hours : signed(sheet, textIn(scale, 'name') ?? ''), value) };
  });
  // One number of hours stands before all else that was measured.
  const hours = results.filter(({ isWorkload }) => isWorkload).slice(0, 1);
  const grades = results.filter(({ isWorkload }) => !isWorkload);
  const credits = numberIn(subject, 'creditsEarned');
  const awarded = textIn(credential, 'awardedDate');
  const until = textIn(credential, 'validUntil');
  return element(
    'dl',
    { class: 'facts' },
    ...[...hours, ...grades].flatMap(({ row }) => row),
    ...fact(words.credits, credits === null ? null : String(credits)),
    ...fact(words.awarded, awarded === null ? null : writtenDay(awarded, words)),
    ...fact(words.lastDay, until === null ? null : writtenDayIn(until, words, timeZone)),
    element('div', {}, element('dt', {}, words.serial), element('dd', {}, leftToRight(serialOf(credential)))),
  );
}

/** Give the printed serial. */
export function serialOf(credential: JsonObject): string {
  return textIn(objectIn(credential, 'credentialSubject'), 'licenseNumber') ?? '';
}

function fact(label: Content, value: string | null): readonly HTMLElement[] {
  return value === null ? [] : [element('div', {}, element('dt', {}, label), element('dd', {}, foreign(value)))];
}

const ELEMENTS = ['EQFLevel', 'ISCEDF', 'ESCOSkill', 'AssessmentType', 'ParticipationForm', 'QualityAssurance', 'Supervision', 'Stackability'] as const;

function sections(sheet: Sheet): readonly HTMLElement[] {
  const { achievement, words, lang } = sheet;
  const alignments = objectsIn(achievement, 'alignment');
  const elements = alignments.flatMap((alignment) => {
    const name = textIn(alignment, 'targetName') ?? '';
    const code = textIn(alignment, 'targetCode');
    const known = ELEMENTS.find((element) => `ext:${element}` === textIn(alignment, 'targetType'));
    const framework = textIn(alignment, 'targetFramework');
    const label = known !== undefined ? words[known] : framework === null ? words.aligned : signed(sheet, framework);
    return fact(label, code === null || name.includes(code) ? name : `${name} (${code})`);
  });
  const blocks = (text: string | null): readonly HTMLElement[] => textBlocks(text ?? '', lang);
  return [
    ...(elements.length === 0 ? [] : [section(words.elements, element('dl', { class: 'elements' }, ...elements))]),
    section(words.about, ...blocks(textIn(achievement, 'description'))),
    section(words.earned, ...blocks(textIn(objectIn(achievement, 'criteria'), 'narrative'))),
    ...alignments
      .filter((alignment) => textIn(alignment, 'targetDescription') !== null)
      .map((alignment) => section(signed(sheet, textIn(alignment, 'targetName') ?? ''), ...blocks(textIn(alignment, 'targetDescription')))),
  ];
}

function signatories(sheet: Sheet): readonly HTMLElement[] {
  const items = objectsIn(sheet.credential, 'evidence').map((signatory) => {
    const office = textIn(signatory, 'description');
    const item = element('li', {}, signed(sheet, textIn(signatory, 'name') ?? ''));
    if (office !== null) item.append(element('span', { class: 'office' }, signed(sheet, office)));
    return item;
  });
  const list = element('ul', { class: 'signatories' }, ...items);
  return items.length === 0 ? [] : [section(sheet.words['page.signatories'], list)];
}

function colophon({ credential, achievement, words, timeZone }: Sheet): HTMLElement {
  const version = textIn(achievement, 'version') ?? '';
  const code = textIn(achievement, 'humanCode');
  const edition = code === null ? say(words.courseVersion, { version }) : say(words.course, { code, version });
  const day = writtenDayIn(textIn(credential, 'validFrom') ?? '', words, timeZone);
  return element(
    'p',
    { class: 'identifier' },
    ...[words.identifier, ' ', leftToRight((textIn(credential, 'id') ?? '').replace('urn:uuid:', ''))],
    ...[' · ', words.signed, ' ', foreign(day), ' · ', element('bdi', {}, ...edition)],
  );
}

function section(heading: Content, ...content: readonly HTMLElement[]): HTMLElement {
  return element('section', { class: 'text' }, element('h2', {}, heading), ...content);
}

function inSpans(name: string, parts: readonly (readonly Content[])[]): HTMLElement {
  return element('p', { class: name }, ...parts.map((part) => element('span', {}, ...part)));
}

function signed({ lang }: Sheet, text: string): HTMLElement {
  return foreign(text, { lang });
}
