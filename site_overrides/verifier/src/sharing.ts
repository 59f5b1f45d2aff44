import { writtenMonth } from './dates.ts';
import { button, element } from './elements.ts';
import type { Reader } from './messages.ts';
import { type Month, profileAddress, type ProfileEntry } from './profileEntry.ts';
import type { Outcome } from './report.ts';
import type { ToolWords } from './toolWords.ts';

type Words = ToolWords['result'];

/** Tell whether a certificate may be shown around: it is to be accepted, or made for showing. */
export function isShared(outcome: Outcome): boolean {
  return outcome === 'valid' || outcome === 'demonstration';
}

/**
 * Give the link to a certificate on its issuer's own site.
 *
 * @param folder `v/` of the page that judges it, or `c/` of the one that draws it.
 * @param sites Of the issuer, as its signed key list has them.
 * @param page Address of this page, which is preferred where it lies on one of them.
 */
export function sharedLink(folder: 'v/' | 'c/', digits: string, sites: readonly string[], page: string): string | null {
  const site = sites.find((own) => page.startsWith(own)) ?? sites[0];
  return site === undefined ? null : `${site}${folder}#${digits.replace(/\s/g, '')}`;
}

/** Draw the link to a certificate, after what it holds was said. */
export function linkView(link: string | null, words: Words): HTMLElement {
  const way = link === null ? [element('p', {}, words.noLink)] : [element('p', { class: 'warning' }, words.linkWarning), copyField(words.linkLabel, link, words)];
  return element('details', { class: 'share' }, element('summary', {}, words.link), ...way);
}

/** Draw the way into a learner's own profile; nothing leaves the page before the learner follows it. */
export function profileView(entry: ProfileEntry, demonstration: boolean, words: Words, { messages }: Reader): HTMLElement {
  const fields = words.profileFields;
  const month = (label: string, date: Month | null): readonly HTMLElement[] =>
    date === null ? [] : [copyField(label, writtenMonth(date, messages.formats), words)];
  const open = { class: 'button', href: profileAddress(entry), target: '_blank', rel: 'noopener noreferrer' };
  const form = demonstration ? words.profileDemonstration : element('a', open, words.profileOpen);
  return element(
    'details',
    { class: 'share' },
    element('summary', {}, words.profile),
    element('p', {}, words.profileWho),
    ...(entry.link === null ? [] : [element('p', { class: 'warning' }, words.profileWarning)]),
    element('p', {}, form),
    element('p', {}, words.profileCopy),
    copyField(fields.name, entry.name, words),
    copyField(fields.organization, entry.organization, words),
    ...month(fields.issued, entry.issued),
    ...month(fields.expires, entry.expires),
    copyField(fields.id, entry.serial, words),
    ...(entry.link === null ? [] : [copyField(fields.url, entry.link, words)]),
  );
}

/** Draw a text that can be copied by a button, or by hand where the browser allows the page no more. */
function copyField(label: string, text: string, words: Words): HTMLElement {
  const field = element('input', { type: 'text', readonly: '', dir: 'auto', 'aria-label': label });
  field.value = text;
  field.addEventListener('focus', () => field.select());
  const said = element('small', { role: 'status' });
  const copied = async (): Promise<void> => {
    field.focus();
    // Absent on plain http and in a file, or refused: the text is selected already.
    const isDone = await (async () => navigator.clipboard.writeText(text))().then(
      () => true,
      () => false,
    );
    said.textContent = isDone ? words.copied : words.copyByHand;
  };
  const copy = button(words.copy, () => void copied(), { 'aria-label': `${words.copy}: ${label}` });
  return element('div', { class: 'copy' }, element('span', {}, label), field, copy, said);
}
