/** Judge many certificates with the verifier of the browser: cases as JSON on standard input, reports on standard output. */
import { readFileSync } from 'node:fs';
import { reportJson } from '../../site_overrides/verifier/src/report.ts';
import { verify } from '../../site_overrides/verifier/src/verify.ts';

const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64'));

const { trusts, cases } = JSON.parse(readFileSync(0, 'utf-8'));
const held = trusts.map(({ issuers, dictionaries }) => ({
  issuers: issuers.map((issuer) => ({
    ...issuer,
    files: new Map(Object.entries(issuer.files).map(([path, text]) => [path, bytes(text)])),
  })),
  dictionaries: dictionaries.map(bytes),
}));
const reports = cases.map(({ trust, at, document, digits }) =>
  JSON.parse(reportJson(verify(digits === null ? { document: bytes(document) } : { digits }, held[trust], at))),
);
process.stdout.write(JSON.stringify(reports));
