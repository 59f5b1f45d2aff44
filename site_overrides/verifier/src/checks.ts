import { element, icon } from './elements.ts';
import type { Reader } from './messages.ts';
import type { Check } from './report.ts';

const RESULT_ICONS: Readonly<Record<Check['result'], string>> = {
  passed: 'M5 12.5l4.5 4.5L19 7.5',
  failed: 'M6 6l12 12M18 6L6 18',
  unchecked: 'M6 12h12',
};

/** Draw the eight checks, each with its own result and reason. */
export function checkList(checks: readonly Check[], { messages }: Reader): HTMLElement {
  const rows = checks.map((check) => {
    const words = messages.check[check.check];
    const sentence = check.reason === undefined ? words.passed : messages.reason[check.reason];
    const name = element('span', { class: 'check-name' }, words.name);
    const result = element('span', { class: 'check-result' }, messages.checks[check.result]);
    const row = { 'data-check': check.check, 'data-result': check.result };
    return element('li', row, icon(RESULT_ICONS[check.result]), name, result, element('p', {}, sentence));
  });
  return element('ol', { class: 'checks' }, ...rows);
}
