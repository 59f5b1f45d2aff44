import { checkList } from './checks.ts';
import { writtenDay, writtenInstant } from './dates.ts';
import { type Content, element, filled, filledText, foreign, icon, leftToRight } from './elements.ts';
import { holderView } from './holder.ts';
import type { Judgement } from './judgement.ts';
import type { Messages, Reader } from './messages.ts';
import { pinnedIssuers } from './pinnedIssuers.ts';
import type { Outcome, Reason, Report } from './report.ts';
import { textIn } from './signedFields.ts';

const STOP = ['M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z', 'M9 9l6 6M15 9l-6 6'];
const CAUTION = ['M12 3.5L22 20.5H2z', 'M12 10v5M12 17.6v.4'];

/** A shape of its own for each look, so that colour is never needed to tell them apart. */
export const OUTCOME_ICONS: Readonly<Record<Outcome, readonly string[]>> = {
  'cannot-check': ['M12 3a9 9 0 100 18 9 9 0 000-18z', 'M9.3 9.6a2.8 2.8 0 115 1.7c-.9 1-2.3 1.3-2.3 2.7M12 17v.4'],
  'unknown-issuer': ['M4 20c.6-4.3 3.6-6.5 8-6.5s7.4 2.2 8 6.5z', 'M12 3.5a3.6 3.6 0 100 7.2 3.6 3.6 0 000-7.2z', 'M3 3l18 18'],
  invalid: STOP,
  'key-withdrawn': STOP,
  revoked: STOP,
  replaced: STOP,
  'not-yet-valid': CAUTION,
  expired: CAUTION,
  'valid-status-unknown': CAUTION,
  'valid-status-stale': CAUTION,
  demonstration: ['M9 3h6M10 3v6L4.5 19a1.5 1.5 0 001.3 2h12.4a1.5 1.5 0 001.3-2L14 9V3', 'M7.5 15h9'],
  valid: ['M12 3a9 9 0 100 18 9 9 0 000-18z', 'M7.8 12.3l3 3 5.6-6'],
};

/** The outcomes that have several reasons, of which the reader needs to know the one. */
const OF_SEVERAL_REASONS: ReadonlySet<Outcome> = new Set(['cannot-check', 'invalid', 'valid-status-unknown', 'valid-status-stale']);

/** Where something else helps than what the outcome itself advises. */
const ADVICE: Readonly<Partial<Record<Reason, keyof Messages['advice']>>> = {
  'list-early': 'clock',
  'keys-ran-out': 'connect',
  'keys-missing': 'connect',
  'frozen-missing': 'connect',
  'dictionary-missing': 'newerCourse',
  'context-unsupported': 'unsupported',
  'type-unsupported': 'unsupported',
  'proof-unsupported': 'unsupported',
  'format-unknown': 'unsupported',
};

/** Draw the outcome, what it means, whose certificate it is, and the checks; every signed field comes with the tools. */
export function resultView(judgement: Judgement, reader: Reader): HTMLElement {
  const { report } = judgement;
  const result = element('article', { 'data-outcome': report.outcome }, outcomeCard(judgement, reader));
  const { checks: words } = reader.messages;
  result.append(element('details', {}, element('summary', {}, words.title), checkList(report.checks, reader)));
  return result;
}

/** Give the zone of the centre that issued a certificate. */
export function timeZoneOf({ issuer }: Report): string {
  return pinnedIssuers().find(({ did }) => did === issuer?.did)?.timeZone ?? 'UTC';
}

function outcomeCard(judgement: Judgement, reader: Reader): HTMLElement {
  const { report } = judgement;
  const { messages } = reader;
  const words = messages.outcome[report.outcome];
  const decided = report.checks.find(({ result }) => result === 'failed')?.reason;
  const word = element('h1', { tabindex: '-1' }, icon(...OUTCOME_ICONS[report.outcome]), element('span', {}, words.word));
  const reasons = decided !== undefined && OF_SEVERAL_REASONS.has(report.outcome) ? [messages.reason[decided]] : [];
  const means = element('p', {}, words.means);
  const act = element('p', { class: 'act' }, element('b', {}, messages.action), ' ', adviceFor(judgement, decided, messages));
  const holder = report.credential && report.issuer && holderView(report.credential, report.issuer, reader);
  const lines = [...dateLines(report, reader), ...reachLines(judgement, messages)];
  if (report.credential === null && report.claimedSerial !== null) {
    lines.push(filled(messages.claimedSerial, { serial: leftToRight(report.claimedSerial) }));
  }
  return element(
    'section',
    { class: 'outcome' },
    word,
    ...otherLine(judgement, messages),
    // What to do comes first.
    act,
    ...(holder === null ? [] : [holder]),
    means,
    ...reasons.map((sentence) => element('p', {}, sentence)),
    ...lines.map((line) => element('p', { class: 'quiet' }, ...line)),
  );
}

/** Whose certificate it claims to be where that is not the page's own centre, and whom “the centre” then means. */
function otherLine({ other }: Judgement, messages: Messages): readonly HTMLElement[] {
  if (other === undefined) return [];
  const name = foreign(other.names!.join(' / '));
  return [element('p', { class: 'other-issuer' }, ...filled(messages.trusted.issuer, { name, date: writtenDay(other.added!, messages.formats) }))];
}

function adviceFor({ report, reach, centre }: Judgement, decided: Reason | undefined, messages: Messages): string {
  const advice = decided === undefined ? undefined : ADVICE[decided];
  // Connecting helps nobody whose connection stands: then the outcome's own advice is the better one.
  const ofConnection = advice === 'connect' || advice === 'newerCourse';
  const helps = advice !== undefined && (!ofConnection || reach !== 'network' || decided === 'keys-ran-out');
  if (!helps) return messages.outcome[report.outcome].act;
  const date = centre?.issued && writtenDay(new Date(centre.issued * 1000).toISOString(), messages.formats);
  if (advice === 'newerCourse') return date ? filledText(messages.advice[advice], { date }) : messages.advice.connect;
  return messages.advice[advice];
}

/** The dates that belong to an outcome. */
function dateLines(report: Report, { messages }: Reader): (readonly Content[])[] {
  const lines: (readonly Content[])[] = [];
  const day = (message: string, text: string | null): void => {
    if (text !== null) lines.push(filled(message, { date: writtenDay(text, messages.formats) }));
  };
  const instant = (message: string, text: string | null): void => {
    if (text !== null) lines.push(filled(message, { date: writtenInstant(text, messages.formats) }));
  };
  const signed = report.credential;
  if (report.outcome === 'revoked') day(messages.noticeDate, report.noticeDate);
  if (report.outcome === 'replaced') day(messages.replacedDate, report.noticeDate);
  if (report.outcome === 'expired') instant(messages.expiredDate, signed && textIn(signed, 'validUntil'));
  if (report.outcome === 'not-yet-valid') instant(messages.notYetDate, signed && textIn(signed, 'validFrom'));
  instant(messages.asOf, report.asOf);
  const ranOut = report.checks.some(({ reason }) => reason === 'list-ran-out');
  instant(ranOut ? messages.listRanOut : messages.listUntil, report.listValidUntil);
  return lines;
}

function reachLines({ report, reach }: Judgement, messages: Messages): readonly (readonly Content[])[] {
  if (reach === 'network') return [];
  const lacking = report.outcome === 'cannot-check' || report.outcome === 'valid-status-unknown';
  return [[reach === 'unreachable' && lacking ? messages.unreachable : messages.held]];
}
