import { element } from './elements.ts';
import type { Fact } from './fact.ts';

/** Draw facts as a list of terms. */
export function factList(facts: readonly Fact[]): HTMLElement {
  const list = element('dl');
  for (const { label, content, notes = [], weight } of facts) {
    const quiet = notes.map((note) => element('small', {}, ...note));
    const row = element('div', weight === undefined ? {} : { class: weight });
    row.append(element('dt', {}, label), element('dd', {}, element('span', {}, ...content), ...quiet));
    list.append(row);
  }
  return list;
}
