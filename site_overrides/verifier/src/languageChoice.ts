import { remember, remembered } from './deviceMemory.ts';
import { button, element } from './elements.ts';
import { chooseLanguage, type Language, LANGUAGE_TAGS, nameOf, type Reader, readerOf } from './messages.ts';

const MEMORY = 'asnad-language';

/** Choose by the address, then by what this device remembers, then by the browser's languages. */
export function preferredLanguage(): Language {
  return chooseLanguage([new URLSearchParams(location.search).get('lang'), remembered(MEMORY), ...navigator.languages]);
}

/** Draw a button for each language; a choice is remembered on this device. */
export function languageChoice({ language, messages }: Reader, speak: (language: Language) => void): HTMLElement {
  const buttons = LANGUAGE_TAGS.map((tag) => {
    const choose = (): void => {
      remember(MEMORY, tag);
      speak(tag);
    };
    return button(nameOf(tag), choose, { lang: tag, dir: readerOf(tag).direction, 'aria-pressed': String(tag === language) });
  });
  return element('nav', { 'aria-label': messages.language.label }, ...buttons);
}

/** Give the whole document the reader's language. */
export function speakTo({ language, direction }: Reader): void {
  Object.assign(document.documentElement, { lang: language, dir: direction });
}
