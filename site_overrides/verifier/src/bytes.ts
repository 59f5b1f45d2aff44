/** Join bytes: the `‖` of docs/format.md. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Write bytes as lowercase hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Let a pure function of bytes remember its last answer for as long as the bytes are held, and nobody alters them.
 *
 * Whoever checks many certificates looks at the same few files with each of them.
 */
export function remembering<Rest extends readonly unknown[], Made>(
  read: (bytes: Uint8Array, ...rest: Rest) => Made,
): (bytes: Uint8Array, ...rest: Rest) => Made {
  const answers = new WeakMap<Uint8Array, { readonly rest: Rest; readonly made: Made }>();
  return (bytes, ...rest) => {
    let answer = answers.get(bytes);
    if (!answer?.rest.every((given, at) => given === rest[at])) answers.set(bytes, (answer = { rest, made: read(bytes, ...rest) }));
    return answer.made;
  };
}
