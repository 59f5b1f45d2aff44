export type InflateResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: 'too-large' | 'not-inflatable' };

const MAX_CODE_LENGTH = 15;
const END_OF_BLOCK = 256;
/** The order in which a block gives the lengths of the code in which it writes all other lengths. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

class TooLarge extends Error {}

/**
 * Inflate raw DEFLATE (RFC 1951) that ends exactly at the end of the bytes, refusing whatever zlib refuses.
 *
 * @param limit Largest number of bytes that is given back; nothing beyond it is inflated.
 * @param dictionary Preset of the compressor.
 */
export function inflate(compressed: Uint8Array, limit: number, dictionary: Uint8Array = new Uint8Array()): InflateResult {
  const input = new Bits(compressed);
  const output = new Window(dictionary, limit);
  try {
    for (let isLast = false; !isLast; ) {
      isLast = input.take(1) === 1;
      inflateBlock(input, output);
    }
    return input.isAtEnd() ? { ok: true, bytes: output.inflated() } : { ok: false, reason: 'not-inflatable' };
  } catch (error) {
    return { ok: false, reason: error instanceof TooLarge ? 'too-large' : 'not-inflatable' };
  }
}

/** Symbols by their codewords, with a 1 before each so that zeros at its beginning count. */
type Code = ReadonlyMap<number, number>;

/** The bits that are still to be read, those of a byte from its least significant on. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return (this.#at + 7) >> 3 === this.#bytes.length;
  }

  skipToByte(): void {
    this.#at = (this.#at + 7) & ~7;
  }

  take(count: number): number {
    let value = 0;
    for (let place = 0; place < count; place += 1) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new RangeError();
      value |= ((byte >> (this.#at & 7)) & 1) << place;
      this.#at += 1;
    }
    return value;
  }

  /** Take one codeword. */
  symbol(code: Code): number {
    let word = 1;
    while (word < 1 << MAX_CODE_LENGTH) {
      word = 2 * word + this.take(1);
      const symbol = code.get(word);
      if (symbol !== undefined) return symbol;
    }
    throw new RangeError();
  }

  /** Take what a symbol leaves open: beyond the first few, 2^share of them share a number of further bits. */
  extended(symbol: number, share: 1 | 2): number {
    const further = (symbol >> share) - 1;
    if (further < 1) return symbol;
    const group = 1 << share;
    return ((group + (symbol & (group - 1))) << further) + this.take(further);
  }
}

/** What has been inflated, behind the dictionary to which it may refer back. */
class Window {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  #end: number;

  constructor(dictionary: Uint8Array, limit: number) {
    this.#start = this.#end = dictionary.length;
    this.#bytes = new Uint8Array(this.#start + limit);
    this.#bytes.set(dictionary);
  }

  inflated(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  push(byte: number): void {
    if (this.#end === this.#bytes.length) throw new TooLarge();
    this.#bytes[this.#end] = byte;
    this.#end += 1;
  }

  repeat(length: number, distance: number): void {
    if (distance > this.#end) throw new RangeError();
    for (let left = length; left > 0; left -= 1) this.push(this.#bytes[this.#end - distance]!);
  }
}

function inflateBlock(input: Bits, output: Window): void {
  const kind = input.take(2);
  if (kind === 0) return copyStored(input, output);
  if (kind === 3) throw new RangeError();
  const [letters, distances] = kind === 1 ? FIXED : readCodes(input);
  for (;;) {
    const symbol = input.symbol(letters);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) output.push(symbol);
    else output.repeat(readLength(input, symbol), readDistance(input, distances));
  }
}

function copyStored(input: Bits, output: Window): void {
  input.skipToByte();
  const length = input.take(16);
  if ((length ^ input.take(16)) !== 0xffff) throw new RangeError();
  for (let left = length; left > 0; left -= 1) output.push(input.take(8));
}

function readLength(input: Bits, symbol: number): number {
  if (symbol > 285) throw new RangeError();
  return symbol === 285 ? 258 : 3 + input.extended(symbol - 257, 2);
}

function readDistance(input: Bits, distances: Code): number {
  const symbol = input.symbol(distances);
  if (symbol > 29) throw new RangeError();
  return 1 + input.extended(symbol, 1);
}

function readCodes(input: Bits): readonly [Code, Code] {
  const letterCount = input.take(5) + 257;
  const distanceCount = input.take(5) + 1;
  const orderCount = input.take(4) + 4;
  const lengthLengths = new Array<number>(ORDER.length).fill(0);
  for (const symbol of ORDER.slice(0, orderCount)) lengthLengths[symbol] = input.take(3);
  const lengthCode = codeOf(lengthLengths);
  const lengths: number[] = [];
  while (lengths.length < letterCount + distanceCount) {
    const symbol = input.symbol(lengthCode);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...run(3 + input.take(2), lengths.at(-1)));
    else lengths.push(...run(symbol === 17 ? 3 + input.take(3) : 11 + input.take(7), 0));
  }
  const isAllowed = letterCount < 287 && distanceCount < 31 && lengths.length === letterCount + distanceCount;
  if (!isAllowed || lengths[END_OF_BLOCK] === 0) throw new RangeError();
  return [codeOf(lengths.slice(0, letterCount), 1), codeOf(lengths.slice(letterCount), 1)];
}

function run(length: number, value: number | undefined): readonly number[] {
  if (value === undefined) throw new RangeError();
  return new Array<number>(length).fill(value);
}

/**
 * Make the code whose codewords have given lengths (RFC 1951 §3.2.2).
 *
 * @param loneLength Length up to which codewords may leave others unused, as one that is alone does.
 */
function codeOf(lengths: readonly number[], loneLength = 0): Code {
  const code = new Map<number, number>();
  const lengthOf = (symbol: number): number => lengths[symbol] ?? 0;
  // Sorting is stable: symbols of the same length stay in order.
  const symbols = [...lengths.keys()].filter(lengthOf).sort((one, other) => lengthOf(one) - lengthOf(other));
  let word = 1;
  let length = 0;
  for (const symbol of symbols) {
    word <<= lengthOf(symbol) - length;
    length = lengthOf(symbol);
    if (word >= 2 << length) throw new RangeError();
    code.set(word, symbol);
    word += 1;
  }
  if (word < 2 << length && length > loneLength) throw new RangeError();
  return code;
}

const FIXED = [
  codeOf([...run(144, 8), ...run(112, 9), ...run(24, 7), ...run(8, 8)]),
  codeOf(run(32, 5)),
] as const;
