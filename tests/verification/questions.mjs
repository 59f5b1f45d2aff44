/** The questions that both_verifiers.py writes, as the verifier of the browser takes them. */
const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));

/** Give each question: what is to be judged, what its verifier trusts, and the moment in seconds since 1970. */
export function questionsIn(text) {
  const { trusts, cases } = JSON.parse(text);
  const held = trusts.map(({ issuers, dictionaries }) => ({
    issuers: issuers.map((issuer) => ({
      ...issuer,
      files: new Map(Object.entries(issuer.files).map(([path, file]) => [path, bytes(file)])),
    })),
    dictionaries: dictionaries.map(bytes),
  }));
  return cases.map(({ trust, at, document, digits }) => {
    return { input: digits === null ? { document: bytes(document) } : { digits }, trust: held[trust], at };
  });
}
