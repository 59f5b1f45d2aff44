import { button, element } from './elements.ts';
import type { Core, OpenTool } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';

export function folder(core: Core): OpenTool {
  const view = element('article');
  const redraw = (): void => {
    const words = toolWordsOf(core.reader().language);
    view.replaceChildren(element('h1', { tabindex: '-1' }, words.folder.title), button(words.back, core.close));
  };
  redraw();
  return { view, redraw, close: () => undefined };
}
