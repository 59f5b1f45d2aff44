const MAX_SVG = 4_194_304;
const MAX_DEPTH = 256;
const MAX_SPACE_BEFORE = 1_024;
const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';
const WHITE_SPACE = ' \t\r\n';
const NAME = /[^ \t\r\n"'<>/=&]+/y;
const EQUALS = /[ \t\r\n]*=[ \t\r\n]*/y;
const END_TAG = /<\/([^ \t\r\n"'<>/=&]+)[ \t\r\n]*>/y;
/** Without entities of its own: those can make much of little, or one text of another. */
const DOCUMENT_TYPE = /<!DOCTYPE[ \t\r\n][^<>[\]]*>/y;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const COMPACT_JWS = /^[A-Za-z0-9_.-]+$/;

class Damaged extends Error {}

/** Tell whether a file begins as markup does. */
export function isMarkup(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const head = bytes.subarray(start, start + MAX_SPACE_BEFORE);
  return head.find((byte) => !WHITE_SPACE.includes(String.fromCharCode(byte))) === 0x3c;
}

/**
 * Find the credentials in an SVG picture.
 *
 * @returns Of many, two; none where it is other markup; null where it cannot be read.
 */
export function credentialsInSvg(bytes: Uint8Array): readonly Uint8Array[] | null {
  if (bytes.length > MAX_SVG) return null;
  try {
    return new SvgReader(decoded(bytes)).credentials();
  } catch (error) {
    if (error instanceof Damaged) return null;
    throw error;
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Damaged();
  }
}

interface Element {
  readonly name: string;
  /** Namespaces by the prefixes that this element itself declares. */
  readonly namespaces: ReadonlyMap<string, string>;
}

interface Baked {
  /** What stands for the body of the element in its `verify` attribute, a compact JWS. */
  readonly jws: string | undefined;
  readonly parts: string[];
}

/** A reader of as much of XML as an SVG picture with a credential needs; it resolves and loads nothing. */
class SvgReader {
  readonly #text: string;
  readonly #open: Element[] = [];
  readonly #found: Uint8Array[] = [];
  #at = 0;
  #isBegun = false;
  /** The element of the credential, while it is open. */
  #baked: Baked | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  credentials(): readonly Uint8Array[] {
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] !== '<') this.#characters();
      else if (this.#starts('<!--')) this.#past('-->', 4);
      else if (this.#starts('<![CDATA[')) this.#section();
      else if (this.#starts('<?')) this.#past('?>', 2);
      else if (this.#starts('<!')) this.#documentType();
      else if (this.#starts('</')) this.#endTag();
      else if (!this.#startTag()) return [];
    }
    if (!this.#isBegun || this.#open.length > 0) throw new Damaged();
    return this.#found;
  }

  #characters(): void {
    const end = this.#text.indexOf('<', this.#at);
    const text = this.#text.slice(this.#at, end < 0 ? this.#text.length : end);
    this.#at += text.length;
    if (this.#open.length > 0 && this.#baked === null) return;
    if (!/[^ \t\r\n]/.test(text)) return;
    if (this.#baked === null) throw new Damaged();
    this.#baked.parts.push(resolved(text));
  }

  #section(): void {
    const text = this.#past(']]>', '<![CDATA['.length);
    if (this.#open.length === 0) throw new Damaged();
    this.#baked?.parts.push(text);
  }

  #documentType(): void {
    if (this.#isBegun || this.#match(DOCUMENT_TYPE) === null) throw new Damaged();
  }

  /** False where the document is another one than a picture. */
  #startTag(): boolean {
    this.#at += 1;
    const name = this.#match(NAME)?.[0];
    if (name === undefined || this.#baked !== null || this.#open.length === MAX_DEPTH) throw new Damaged();
    const [prefix, local] = partsOf(name);
    if (!this.#isBegun && local !== 'svg') return false;
    if (this.#isBegun && this.#open.length === 0) throw new Damaged();
    this.#isBegun = true;
    const { namespaces, verify } = this.#attributes();
    this.#open.push({ name, namespaces });
    if (local === 'credential' && this.#namespace(prefix) === NAMESPACE) this.#baked = { jws: verify, parts: [] };
    if (this.#starts('/')) {
      this.#at += 1;
      this.#close();
    }
    if (!this.#starts('>')) throw new Damaged();
    this.#at += 1;
    return true;
  }

  /** Read up to `>` or `/` those that matter; the others must only be written well. */
  #attributes(): { readonly namespaces: ReadonlyMap<string, string>; readonly verify: string | undefined } {
    const namespaces = new Map<string, string>();
    let verify: string | undefined;
    for (let isApart = this.#tookSpace(); !this.#starts('>') && !this.#starts('/'); isApart = this.#tookSpace()) {
      const name = this.#match(NAME)?.[0];
      if (!isApart || name === undefined || this.#match(EQUALS) === null) throw new Damaged();
      const quote = this.#text[this.#at];
      if (quote !== '"' && quote !== "'") throw new Damaged();
      const value = this.#past(quote, 1);
      if (value.includes('<')) throw new Damaged();
      if (name === 'verify') {
        if (verify !== undefined) throw new Damaged();
        verify = value;
      } else if (name === 'xmlns' || name.startsWith('xmlns:')) {
        const prefix = name.slice('xmlns:'.length);
        if (namespaces.has(prefix) || value.includes('&')) throw new Damaged();
        namespaces.set(prefix, value);
      }
    }
    return { namespaces, verify };
  }

  #endTag(): void {
    const match = this.#match(END_TAG);
    if (match === null || match[1] !== this.#open.at(-1)?.name) throw new Damaged();
    this.#close();
  }

  #close(): void {
    this.#open.pop();
    if (this.#baked === null) return;
    const { jws, parts } = this.#baked;
    const text = jws === undefined ? parts.join('') : jws;
    if (jws !== undefined && (parts.length > 0 || !COMPACT_JWS.test(jws))) throw new Damaged();
    if (text === '') throw new Damaged();
    if (this.#found.length < 2) this.#found.push(new TextEncoder().encode(text));
    this.#baked = null;
  }

  #namespace(prefix: string): string | undefined {
    for (let depth = this.#open.length - 1; depth >= 0; depth -= 1) {
      const namespace = this.#open[depth]!.namespaces.get(prefix);
      if (namespace !== undefined) return namespace;
    }
    return undefined;
  }

  #starts(mark: string): boolean {
    return this.#text.startsWith(mark, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #tookSpace(): boolean {
    const start = this.#at;
    while (this.#at < this.#text.length && WHITE_SPACE.includes(this.#text[this.#at]!)) this.#at += 1;
    return this.#at > start;
  }

  /** Give what stands before the next mark, and go on behind it. */
  #past(mark: string, length: number): string {
    const start = this.#at + length;
    const end = this.#text.indexOf(mark, start);
    if (end < 0) throw new Damaged();
    this.#at = end + mark.length;
    return this.#text.slice(start, end);
  }
}

function partsOf(name: string): readonly [prefix: string, local: string] {
  const at = name.indexOf(':');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** Put characters in the place of references, as a program leaves them that saves the picture anew. */
function resolved(text: string): string {
  const plain = text.replace(REFERENCE, '');
  if (plain.includes('&')) throw new Damaged();
  return text.replace(REFERENCE, (_, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return NAMED[name]!;
    const point = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
    if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) throw new Damaged();
    return String.fromCodePoint(point);
  });
}
