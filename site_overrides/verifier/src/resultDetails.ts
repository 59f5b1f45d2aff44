import { element } from './elements.ts';
import { factList } from './factList.ts';
import { factGroups } from './facts.ts';
import { resultActions } from './resultActions.ts';
import { technicalFacts } from './technicalFacts.ts';
import type { ShownResult } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';

/** Draw what follows a verdict: every signed field, what can be done with the certificate, and what an engineer asks. */
export function result(shown: ShownResult): HTMLElement {
  const { judgement, reader } = shown;
  const words = toolWordsOf(reader.language).result;
  const technical = element('summary', {}, words.technical);
  return element(
    'div',
    { class: 'after-verdict' },
    ...signedFields(shown),
    element('details', {}, technical, factList(technicalFacts(judgement, reader))),
    ...resultActions(shown),
  );
}

function signedFields({ judgement, reader, timeZone }: ShownResult): readonly HTMLElement[] {
  const { credential, issuer } = judgement.report;
  if (credential === null || issuer === null) return [];
  const words = reader.messages.facts;
  const today = new Date(judgement.madeAt).toISOString().slice(0, 10);
  const groups = factGroups(credential, issuer, today, timeZone, reader);
  return [
    element('section', { class: 'facts' }, element('h2', {}, words.title), element('p', { class: 'quiet' }, words.intro)),
    ...groups.map(({ title, facts }) => element('section', { class: 'facts' }, element('h3', {}, title), factList(facts))),
  ];
}
