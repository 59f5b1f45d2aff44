import { writtenDay } from './dates.ts';
import { element, filled, foreign, leftToRight } from './elements.ts';
import type { Reader } from './messages.ts';
import { pinnedIssuers } from './pinnedIssuers.ts';
import { toolWordsOf } from './toolWords.ts';

/** List the issuers that the centre whose page this is trusts besides itself; nothing where there are none. */
export function trustedIssuers({ language, messages }: Reader): readonly HTMLElement[] {
  const words = toolWordsOf(language).trusted;
  const entries = pinnedIssuers()
    .slice(1)
    .map(({ did, names = [], source = '', added = '' }) => {
      const since = filled(words.since, { date: writtenDay(added, messages.formats), source: leftToRight(source) });
      const small = element('small', {}, leftToRight(did), element('br'), ...since);
      return element('li', {}, foreign(names.join(' / ')), element('br'), small);
    });
  if (entries.length === 0) return [];
  const list = element('ul', {}, ...entries);
  return [element('details', { class: 'trusted' }, element('summary', {}, words.title), element('p', {}, words.intro), list)];
}
