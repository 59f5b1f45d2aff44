// The words of a text as a search compares them, whatever keyboard they were typed on.
// build_tools/asnad/site/search_words.py does the same; tests/finding/search_words.json holds both to it.

/** Letters of a word that count; nobody types more. */
export const LONGEST_WORD = 32;

/** Tatweel, a hamza by itself and apostrophes; marks; signs that only say how to draw or to break. */
const DROPPED = /[\u0640\u0621'’ʼ]|\p{M}|\p{Cf}/gu;

const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Arabic keyboards, and letters of Urdu that stand for each other at the end of a word or in haste.
    ي: "ی", ى: "ی", ے: "ی", ك: "ک", ڪ: "ک", ه: "ہ", ة: "ہ", ۃ: "ہ", ھ: "ہ", ە: "ہ", ں: "ن", ٱ: "ا",
    // Kazakh on a Russian keyboard.
    ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и",
    // Letters of Latin and Greek that do not fall apart into a letter and a mark.
    ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ς: "σ",
  }),
);
const FOLDED = new RegExp(`[${[...SAME.keys()].join("")}٠-٩۰-۹]`, "gu");

function folded(letter: string): string {
  return SAME.get(letter) ?? String((letter.codePointAt(0) ?? 0) & 0xf);
}

/** Give the words of a text without marks, in small letters, each letter in one of its forms. */
export function searchWords(text: string): string[] {
  const plain = text.normalize("NFKD").toLowerCase().replace(DROPPED, "").replace(FOLDED, folded);
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.map((word) => (word.length > LONGEST_WORD ? [...word].slice(0, LONGEST_WORD).join("") : word));
}
