import { element, foreign } from './elements.ts';

/**
 * Draw a signed text: paragraphs separated by blank lines; lines that begin with `- ` are items of a list.
 *
 * @param lang BCP 47 tag of the text.
 */
export function textBlocks(text: string, lang: string): readonly HTMLElement[] {
  const blocks: HTMLElement[] = [];
  let lines: string[] = [];
  let items: string[] = [];
  const close = (): void => {
    if (lines.length > 0) blocks.push(element('p', {}, foreign(lines.join(' '), { lang })));
    if (items.length > 0) blocks.push(element('ul', {}, ...items.map((item) => element('li', {}, foreign(item, { lang })))));
    lines = [];
    items = [];
  };
  for (const line of [...text.split('\n').map((part) => part.trim()), '']) {
    const isItem = line.startsWith('- ');
    if (line === '' || (isItem ? lines : items).length > 0) close();
    if (isItem) items.push(line.slice(2).trim());
    else if (line !== '') lines.push(line);
  }
  return blocks;
}
