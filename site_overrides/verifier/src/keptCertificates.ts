import { writtenDayIn } from './dates.ts';
import { button, element, filled, filledText, foreign, leftToRight } from './elements.ts';
import { deviceStorage, forget, forgetAll, type KeptCertificate, keptIn } from './keptStore.ts';
import type { Core, OpenTool } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';

/** The certificates that are kept on this device; each is judged anew when it is opened. */
export function kept(core: Core): OpenTool {
  const storage = deviceStorage();
  const view = element('article', { class: 'kept' });
  const redraw = (): void => {
    const words = toolWordsOf(core.reader().language);
    const certificates = storage === null ? [] : keptIn(storage);
    const none = element('p', { role: 'status' }, storage === null ? words.kept.refused : words.kept.none);
    view.replaceChildren(
      element('h1', { tabindex: '-1' }, words.kept.title),
      ...(certificates.length === 0
        ? [none]
        : [
            element('p', {}, words.kept.intro),
            element('p', { class: 'warning' }, words.kept.shared),
            element('ul', {}, ...certificates.map(itemOf)),
            element('p', {}, deleteAll(certificates.length)),
          ]),
      element('p', {}, button(words.back, core.close, { class: 'button' })),
    );
  };

  const itemOf = ({ id, at, name, course, serial, input }: KeptCertificate): HTMLElement => {
    const { language, messages } = core.reader();
    const words = toolWordsOf(language).kept;
    const date = writtenDayIn(at, messages.formats);
    const open = button(words.open, () => core.give({ input, host: null }), { class: 'button', 'aria-label': `${words.open}: ${name}, ${serial}` });
    const remove = (): void => {
      if (storage !== null) forget(storage, id);
      redraw();
      view.querySelector<HTMLElement>('h1')?.focus();
    };
    return element(
      'li',
      {},
      element('p', { class: 'name' }, foreign(name)),
      element('p', {}, foreign(course)),
      element('p', { class: 'quiet' }, leftToRight(serial), ' · ', ...filled(words.on, { date })),
      element('p', { class: 'row' }, open, button(words.delete, remove, { 'aria-label': `${words.delete}: ${name}, ${serial}` })),
    );
  };

  /** All at once only after a second press, for what is gone comes from nowhere else. */
  const deleteAll = (number: number): HTMLElement => {
    const words = toolWordsOf(core.reader().language).kept;
    const sure = (): void => {
      if (storage !== null) forgetAll(storage);
      redraw();
      view.querySelector<HTMLElement>('h1')?.focus();
    };
    const first = button(words.deleteAll, () => {
      const second = button(filledText(words.deleteAllSure, { number: String(number) }), sure, { class: 'danger' });
      first.replaceWith(second);
      second.focus();
    });
    return first;
  };

  redraw();
  return { view, redraw, close: () => undefined };
}
