// Inputs that are not read at all, or not as a credential: checks 1 and 2.
import {BREAD, FOOD} from './dictionaries.mjs';
import {CONTEXT, breadCredential, foodCredential} from './credentials.mjs';
import {code, file, issued, jcsSigned, rewritten} from './cases.mjs';
import {deflate, dictionaryName, digitsOf, jcs, payloadDocument, payloadOf, sha256} from './payload.mjs';
import {SIGNER} from './keys.mjs';
import {deflateRawSync} from 'node:zlib';
import {jcsProof, pako} from '../../foreign/issuing.mjs';

const nested = depth => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

async function fileCases(bread) {
  const text = jcs(bread);
  const paddedTo = length => Buffer.concat([text, Buffer.alloc(length - text.length, ' ')]);
  const notUtf8 = Buffer.from(text.toString('latin1').replace('Bushra Anwar', 'Bushra \xff'), 'latin1');
  const changed = (find, put) => rewritten(text, find, put);
  return [
    file(paddedTo(65_537), 'file-too-large', '65,537 bytes: one more than the limit.'),
    file(paddedTo(65_536), 'file-of-the-limit', '65,536 bytes, white space at the end.'),
    file(notUtf8, 'not-utf-8', 'A byte that is not UTF-8.'),
    file(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]), 'byte-order-mark',
      'A byte order mark before a good file.'),
    file(text.subarray(0, 900), 'cut-off', 'The file ends in the middle.'),
    file(changed('"tag":["baking"]', '"tag":["baking",]'), 'trailing-comma', 'JSON with a comma too much.'),
    file(Buffer.concat([text, Buffer.from('{}')]), 'second-document', 'Something follows the document.'),
    file(changed('"version":"1"', '"version":"1","version":"1"'), 'member-twice', 'A member twice, with equal values.'),
    file(changed('"name":"Bushra Anwar"', '"name":"Bushra Anwar","na\\u006de":"Bushra Anwar"'), 'member-twice-escaped',
      'A member twice, once written with an escape.'),
    file(changed('"version":"1"', '"version":"\\ud800"'), 'lone-surrogate', 'Half a surrogate pair, escaped.'),
    file(changed('"version":"1"', '"creditsAvailable":-0,"version":"1"'), 'minus-zero', 'The number −0.'),
    file(changed('"version":"1"', '"creditsAvailable":9007199254740992,"version":"1"'), 'number-too-large',
      'The number 2^53.'),
    file(changed('"version":"1"', '"creditsAvailable":1e-7,"version":"1"'), 'number-too-small', 'The number 1e-7.'),
    file(changed('"version":"1"', '"creditsAvailable":NaN,"version":"1"'), 'not-a-number', 'NaN is not JSON.'),
    file(nested(33), 'nested-too-deep', '33 arrays in one another.'),
    file(nested(32), 'nested-to-the-limit', '32 arrays in one another are read, and are no credential.')
  ];
}

function codeCases(bread, food) {
  const payload = payloadOf(bread, BREAD);
  const digits = digitsOf(payload);
  const whole = digits.slice(0, 17 * Math.floor(payload.length / 7));
  const document = payloadDocument(bread).toString();
  const odd = (find, put) => payloadOf(bread, BREAD, {document: rewritten(Buffer.from(document), find, put)});
  const bomb = pako.deflateRaw(Buffer.alloc(16_385, ' '), {level: 9});
  const held = Buffer.from(document);
  return [
    code(`${digits.slice(0, 40)}O${digits.slice(41)}`, 'letter-among-digits', 'A letter O in place of a digit.'),
    code('1'.repeat(4_001), 'digits-too-many', '4,001 digits.'),
    code(`${'9'.repeat(17)}${digits.slice(17)}`, 'digits-overflow', 'A group above 2^56−1.'),
    code(`${whole}1234`, 'digits-last-group', 'A last group of four digits.'),
    code(`${whole}999`, 'digits-last-group-overflow', 'A last group of three digits above 255.'),
    code(payload.subarray(0, 60), 'code-cut-in-signature', 'The bytes end inside the signature.'),
    code(payloadOf(bread, BREAD, {format: 9}), 'format-nine', 'Format byte 9.'),
    code(payloadOf(bread, BREAD, {format: 0}), 'format-zero', 'Format byte 0.'),
    code(payload, 'dictionary-missing',
      'The verifier holds another dictionary, not this one.', {dictionaries: [dictionaryName(FOOD)]}),
    code(payloadOf(bread, BREAD, {prefix: Buffer.from('00000000', 'hex')}), 'dictionary-unknown',
      'No dictionary has this name.'),
    code(payloadOf(food, FOOD, {prefix: sha256(BREAD).subarray(0, 4)}), 'dictionary-wrong',
      'The name of another, shorter dictionary.'),
    code(Buffer.concat([payload, Buffer.from([0])]), 'bytes-after-deflate', 'A byte follows the compressed document.'),
    code(payload.subarray(0, payload.length - 3), 'deflate-cut-off', 'The last three bytes are missing.'),
    code(payloadOf(bread, BREAD, {deflated: Buffer.from([7, 0, 0])}), 'deflate-reserved-block',
      'A block type that does not exist.'),
    code(payloadOf(bread, BREAD, {deflated: Buffer.from(bomb)}), 'deflate-bomb', 'Few bytes that inflate to 16,385.'),
    code(payloadOf(bread, BREAD, {deflated: Buffer.from(pako.deflateRaw(Buffer.alloc(1_000_000), {level: 9}))}),
      'deflate-bomb-of-a-megabyte', 'A kilobyte that inflates to a megabyte.'),
    code(odd('"version":"1"', '"creditsAvailable":1.0,"version":"1"'), 'code-one-point-zero',
      'The number 1.0: canonical JSON writes 1.'),
    code(odd('"version":"1"', '"creditsAvailable":1E2,"version":"1"'), 'code-exponent',
      'The number 1E2: canonical JSON writes 100.'),
    code(odd('"version":"1"', '"creditsAvailable":-0,"version":"1"'), 'code-minus-zero',
      'The number −0 is refused by every reader.'),
    code(odd('"version":"1"', '"version": "1"'), 'code-white-space', 'A space that canonical JSON does not write.'),
    code(odd('"version":"1"', '"version":"\\u0031"'), 'code-needless-escape',
      'An escape that canonical JSON does not write.'),
    code(odd('"version":"1"', '"version":"1","version":"1"'), 'code-member-twice', 'A member twice.'),
    code(odd('"tag":["baking"],"type":["Achievement"]',
      '"type":["Achievement"],"tag":["baking"]'), 'code-members-out-of-order',
      'Members in another order.'),
    code(payloadOf(bread, BREAD, {deflated: deflateRawSync(Buffer.from('ff', 'hex'), {level: 0})}), 'code-not-utf-8',
      'The inflated bytes are not UTF-8.'),
    code(payloadOf(bread, BREAD, {deflated: deflate(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), held]), BREAD)}),
      'code-byte-order-mark', 'A byte order mark before the document.')
  ];
}

async function formatCases(bread) {
  const credential = breadCredential();
  const [rdfc, deciding] = bread.proof;
  const signed = (change, options) => jcsSigned({...credential, ...change}, options);
  const proofs = (...proof) => ({...credential, proof});
  const withMember = await jcsProof(credential,
    {...SIGNER.issuing, created: credential.validFrom, members: {domain: 'https://employer.example'}});
  const {'@context': context, ...withoutContext} = deciding;
  return [
    file(await signed({'@context': [...CONTEXT,
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json']}), 'third-context',
      'A third context.'),
    file(await signed({'@context': [...CONTEXT].reverse()}), 'contexts-reversed',
      'The two contexts in the other order.'),
    file(await signed({'@context': [CONTEXT[0],
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json']}), 'older-context',
      'An older Open Badges context.'),
    file(await signed({type: ['VerifiableCredential',
      'AchievementCredential']}), 'type-alias', 'The other name of the type.'),
    file(await signed({type: ['VerifiableCredential',
      'BitstringStatusListCredential']}), 'type-of-a-list', 'A list is no certificate.'),
    file(await signed({issuer: credential.issuer.id}), 'issuer-a-string', 'The issuer is a string.'),
    file(await signed({issuer: {...credential.issuer, id: 7}}), 'issuer-id-a-number',
      'The issuer has a number for a name.'),
    file(proofs(rdfc), 'rdfc-proof-alone', 'Only the rdfc proof, which decides nothing here.'),
    file({...credential}, 'no-proof', 'Nobody signed it.'),
    file({...credential, proof: deciding}, 'proof-an-object', 'The proof is not in an array.'),
    file(proofs(rdfc, deciding, deciding), 'two-jcs-proofs', 'The jcs proof twice.'),
    file(proofs({...deciding, proofValue: rdfc.proofValue}, deciding), 'second-jcs-proof',
      'A second jcs proof that does not fit stands first.'),
    file(proofs(rdfc, rdfc, deciding), 'two-rdfc-proofs', 'The rdfc proof twice.'),
    file(proofs({...rdfc, cryptosuite: 'ecdsa-rdfc-2019'}, deciding), 'unknown-suite-beside',
      'A proof of another suite beside it.'),
    file(proofs(withMember), 'proof-member-unknown', 'The proof holds a `domain`, and was signed with it.'),
    file(proofs({...deciding, id: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7'}), 'proof-member-unsigned',
      'The proof holds an `id` that nobody signed.'),
    file(proofs(withoutContext), 'proof-without-context', 'The proof has no `@context`.'),
    file(proofs({...deciding, '@context': [CONTEXT[0]]}), 'proof-of-fewer-contexts',
      'The proof has one of the two contexts.'),
    file(proofs({...deciding, type: 'Ed25519Signature2020'}), 'proof-of-another-type', 'An older type of proof.')
  ];
}

export async function readCases() {
  const bread = await issued(breadCredential());
  const food = await issued(foodCredential());
  return [...await fileCases(bread), ...codeCases(bread, food), ...await formatCases(bread)];
}
