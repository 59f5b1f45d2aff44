/** What may stand inside an element: nodes, or text that is never read as markup. */
export type Content = Node | string;

/** Make an HTML element with attributes and content. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** Make a button that does something. */
export function button(text: string, act: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', act);
  return made;
}

/** Make an icon of the given paths, drawn in the colour of the text on a field of 24 × 24. */
export function icon(...paths: readonly string[]): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(namespace, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  for (const data of paths) {
    const path = document.createElementNS(namespace, 'path');
    path.setAttribute('d', data);
    drawing.append(path);
  }
  return drawing;
}

const ARABIC_SCRIPT = /\p{Script=Arabic}/u;
const INVISIBLE = /[\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E0FFF}]/gu;

/** Set a text that is not the page's own apart, so that its direction and its invisible characters cannot mislead. */
export function foreign(text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const shown = text.replace(INVISIBLE, (character) => `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);
  // The language is not known from the script, but the script decides which fonts can draw it.
  const script = ARABIC_SCRIPT.test(text) ? { lang: 'und-Arab' } : { lang: 'und' };
  return element('bdi', { dir: 'auto', ...script, ...attributes }, shown);
}

/** Set a text apart that always runs from left to right: an address, an id, a telephone number. */
export function leftToRight(text: string): HTMLElement {
  return foreign(text, { dir: 'ltr', lang: 'und' });
}

/** Put plain texts into the places of a sentence. */
export function filledText(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Put content in the place of the `{names}` of a message. */
export function filled(message: string, values: Readonly<Record<string, Content>>): readonly Content[] {
  return message.split(/(\{[a-zA-Z]+\})/).map((part) => {
    const value = part.startsWith('{') ? values[part.slice(1, -1)] : undefined;
    return value ?? part;
  });
}
