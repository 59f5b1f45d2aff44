// The sites of the table: one as it should be, and one for each thing that can be wrong with it.
import {DID, FOREIGN_DID, FOREIGN_SITE, KEYS, SIGNER, SITE} from './keys.mjs';
import {ORDER_TWO, withTorsion} from './signatures.mjs';
import {bitstring, encodedListOf, gzip, multibase64url} from './lists.mjs';
import {breadCredential, uuidOf} from './credentials.mjs';
import {
  didDocument, digestOf, foreignKeysDocument, keysDocument, manifestDocument, noticesDocument, signedFile, signedList
} from './publishing.mjs';
import {DICTIONARIES, FOREIGN_TWIN} from './dictionaries.mjs';
import {dictionaryName, jcs} from './payload.mjs';
import {base58, issueWithBothProofs, multikeyOf} from '../../foreign/issuing.mjs';

const LIST = 'status/1.json';
const NOTICES = 'asnad/notices.json';
const FROZEN = 'asnad/frozen/key-2026b.bin';

/** What the base site says of its credentials: see the numbers in the cases. */
export const REVOKED = [94570, 60123, 131071];
export const FROZEN_CREDENTIAL = breadCredential({
  number: 21, index: 2021, learner: 'Farah Siddiqui', serial: 'CSC-BR/02/004'
});

const NOTICED = [
  {id: uuidOf(11), state: 'withdrawn', date: '2026-11-27'},
  {id: uuidOf(12), state: 'replaced', date: '2026-11-27'},
  {id: uuidOf(13), state: 'withdrawn', date: '2026-11-28'},
  {id: uuidOf(15), state: 'replaced', date: '2026-11-28'}
];

const PERIOD = {issued: '2026-11-28T06:00:00Z', expires: '2027-01-02T06:00:00Z'};
const LIST_PERIOD = {validFrom: PERIOD.issued, validUntil: PERIOD.expires};

async function skills({
  keys = {}, keysSigners = [SIGNER.root], list = {}, manifest = {}, manifestSigner = SIGNER.status,
  dictionaries = false, before = () => {}, after = () => {}
} = {}) {
  const frozenList = digestOf(FROZEN_CREDENTIAL);
  const document = {...keysDocument(frozenList), ...keys};
  const files = {
    '.well-known/did.json': didDocument(document),
    'asnad/keys.json': await signedFile(document, keysSigners),
    [NOTICES]: noticesDocument(DID, NOTICED),
    [FROZEN]: frozenList,
    [LIST]: await signedList({
      issuer: DID, site: SITE, revoked: REVOKED, signer: SIGNER.status, ...LIST_PERIOD, ...list
    })
  };
  await before(files);
  const named = {issuer: DID, version: 12, ...PERIOD, ...manifest};
  files['asnad/manifest.json'] = await signedFile(
    {...manifestDocument(files, named)}, [{...manifestSigner, created: manifestSigner.created ?? named.issued}]
  );
  if(dictionaries) {
    DICTIONARIES.forEach(bytes => {
      files[`d/${dictionaryName(bytes)}`] = bytes;
    });
  }
  await after(files);
  return files;
}

async function other({dictionaries = []} = {}) {
  const document = foreignKeysDocument();
  const files = {
    '.well-known/did.json': didDocument(document),
    'asnad/keys.json': await signedFile(document, [SIGNER.foreignRoot]),
    [NOTICES]: noticesDocument(FOREIGN_DID, []),
    [LIST]: await signedList({
      issuer: FOREIGN_DID, site: FOREIGN_SITE, revoked: [], signer: SIGNER.foreignStatus, ...LIST_PERIOD
    })
  };
  const named = {issuer: FOREIGN_DID, version: 3, ...PERIOD};
  files['asnad/manifest.json'] = await signedFile(manifestDocument(files, named), [SIGNER.foreignStatus]);
  dictionaries.forEach(bytes => {
    files[`d/${dictionaryName(bytes)}`] = bytes;
  });
  return files;
}

const without = path => ({after: files => delete files[path]});
const withList = list => ({list});

function withKeys(change) {
  return {keys: change(keysDocument(digestOf(FROZEN_CREDENTIAL)))};
}

/** The published X25519 key of RFC 7748 §6.1 as a Multikey: `0xec 0x01` before its bytes. */
const X25519_KEY = `z${base58(Buffer.from(
  'ec018520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a', 'hex'))}`;

const oddKey = (id, bytes) => ({
  id: `${DID}#${id}`, publicKeyMultibase: multikeyOf(bytes), role: 'issuing', state: 'active',
  from: '2026-01-01T00:00:00Z', to: '2027-07-01T00:00:00Z'
});

function oneByteChanged(bytes, find, put) {
  const text = bytes.toString();
  if(!text.includes(find)) {
    throw new Error(`nothing to change: ${find}`);
  }
  return Buffer.from(text.replace(find, put));
}

const OLDER = {validFrom: '2026-11-10T06:00:00Z', validUntil: '2026-12-15T06:00:00Z'};
const LONG = {validFrom: PERIOD.issued, validUntil: '2027-12-31T06:00:00Z'};

async function listOnlyNewer(files) {
  files[LIST] = await signedList({
    issuer: DID, site: SITE, revoked: REVOKED, signer: SIGNER.status,
    validFrom: '2026-11-30T06:00:00Z', validUntil: '2027-01-04T06:00:00Z'
  });
}

function listOf(bytes) {
  return withList({encodedList: multibase64url(bytes)});
}

function withChecksum(member) {
  member.writeUInt32LE(0xdeadbeef, member.length - 8);
  return member;
}

function withoutLastByte(member) {
  return Buffer.concat([member.subarray(0, member.length - 9), member.subarray(member.length - 8)]);
}

/** The last letter of base64url holds bits that no byte has: another letter stands for the same bytes. */
function withTrailingBits(text) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const [last] = text.slice(-1);
  const odd = letters[letters.indexOf(last) + 1];
  const twin = `${text.slice(0, -1)}${odd}`;
  if(!Buffer.from(twin.slice(1), 'base64url').equals(Buffer.from(text.slice(1), 'base64url'))) {
    throw new Error('these are other bytes');
  }
  return twin;
}

/** A list whose bytes are no multiple of three, so that its last letter has room. */
function listWithRoom() {
  for(let index = 1; ; index++) {
    const member = gzip(bitstring([...REVOKED, index]));
    if(member.length % 3 !== 0) {
      return multibase64url(member);
    }
  }
}

function padded(bytes, length) {
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length, ' ')]);
}

function gzipWithWrongLength() {
  const member = gzip(bitstring(REVOKED));
  member.writeUInt32LE(16_385, member.length - 4);
  return member;
}

/** Every site by name, as functions that give its files by path. */
export const SITES = {
  'skills': () => skills({dictionaries: true}),
  'other': () => other(),
  'other-twin-dictionary': () => other({dictionaries: [FOREIGN_TWIN]}),
  'demonstration': () => skills({keys: {demonstration: true}}),
  'demonstration-without-list': () => skills({keys: {demonstration: true}, ...without(LIST)}),

  'keys-missing': () => skills(without('asnad/keys.json')),
  'keys-wrong-root': () => skills({keysSigners: [{key: KEYS.another, method: SIGNER.root.method}]}),
  'keys-two-roots': () => skills({keysSigners: [SIGNER.root, SIGNER.nextRoot]}),
  'keys-altered': () => skills({after: files => {
    files['asnad/keys.json'] = oneByteChanged(files['asnad/keys.json'], '"role":"status"', '"role":"issuing"');
  }}),
  'keys-other-issuer': () => skills({keys: {issuer: FOREIGN_DID}}),
  'keys-by-issuing-key': () => skills({keysSigners: [SIGNER.issuing]}),
  'keys-ran-out': () => skills({keys: {validUntil: '2026-11-30T00:00:00Z'}}),
  'keys-leapt': () => skills({keys: {version: 1_000_006}}),
  'keys-newer-than-manifest': () => skills({after: async files => {
    files['asnad/keys.json'] = await signedFile(
      {...keysDocument(digestOf(FROZEN_CREDENTIAL)), version: 6, issued: '2026-11-29T06:00:00Z'}, [SIGNER.root]
    );
  }}),
  'keys-of-small-order': () => skills(withKeys(({keys}) =>
    ({keys: [...keys, oddKey('key-2026s', ORDER_TWO), oddKey('key-2026m', withTorsion(KEYS.issuing.publicKey))]}))),

  'keys-twice': () => skills(withKeys(({keys}) =>
    ({keys: [...keys, oddKey('key-2026t', KEYS.issuing.publicKey)]}))),
  'keys-of-another-kind': () => skills(withKeys(({keys}) =>
    ({keys: [...keys, {...oddKey('key-2026x', KEYS.another.publicKey), publicKeyMultibase: X25519_KEY}]}))),
  'keys-too-large': () => skills({after: files => {
    files['asnad/keys.json'] = padded(files['asnad/keys.json'], 262_145);
  }}),

  'frozen-missing': () => skills(without(FROZEN)),
  'frozen-altered': () => skills({after: files => {
    files[FROZEN] = Buffer.concat([files[FROZEN], digestOf(breadCredential({number: 22, index: 2022}))]);
  }}),

  'list-missing': () => skills(without(LIST)),
  'list-by-issuing-key': () => skills(withList({signer: SIGNER.issuing})),
  'list-by-compromised-key': () => skills(withList({signer: SIGNER.compromisedStatus})),
  'list-outside-key-time': () => skills(withList({created: '2025-12-31T23:59:59Z'})),
  'list-other-issuer': () => skills({list: {issuer: FOREIGN_DID, signer: SIGNER.foreignStatus}}),
  'list-names-other-issuer': () => skills(withList({issuer: FOREIGN_DID})),
  'list-of-suspension': () => skills(withList({purpose: 'suspension'})),
  'list-other-id': () => skills(withList({number: 2})),
  'list-short': () => skills(listOf(gzip(bitstring([], 131_064)))),
  'list-too-long': () => skills(listOf(gzip(bitstring([], 8_388_616)))),
  'list-two-members': () => skills(listOf(Buffer.concat([gzip(bitstring(REVOKED)), gzip(bitstring([]))]))),
  'list-wrong-length': () => skills(listOf(gzipWithWrongLength())),
  'list-padded': () => skills(withList({encodedList: `${encodedListOf(REVOKED)}=`})),
  'list-without-end': () => skills(withList({validUntil: undefined})),
  'list-altered': () => skills({before: files => {
    files[LIST] = oneByteChanged(files[LIST], encodedListOf(REVOKED), encodedListOf([]));
  }}),
  'list-and-manifest-missing': () => skills({after: files => {
    delete files[LIST];
    delete files['asnad/manifest.json'];
  }}),
  'list-of-certificates': () => skills({before: async files => {
    files[LIST] = jcs(await issueWithBothProofs(breadCredential(), {...SIGNER.issuing, created: PERIOD.issued}));
  }}),
  'list-file-too-large': () => skills({before: files => {
    files[LIST] = padded(files[LIST], 262_145);
  }}),
  'list-cut-off': () => skills(listOf(withoutLastByte(gzip(bitstring(REVOKED))))),
  'list-bomb': () => skills(listOf(gzip(bitstring([], 8 * 8_388_608)))),
  'list-trailing-bits': () => skills(withList({encodedList: withTrailingBits(listWithRoom())})),
  'list-checksum': () => skills(listOf(withChecksum(gzip(bitstring(REVOKED))))),
  'list-older': () => skills(withList(OLDER)),
  'list-newer-than-manifest': () => skills({after: listOnlyNewer}),
  'list-at-signing': () => skills({
    list: {validFrom: '2026-11-20T09:00:00Z', validUntil: '2026-12-25T09:00:00Z'},
    manifest: {issued: '2026-11-20T09:00:00Z', expires: '2026-12-25T09:00:00Z'}
  }),
  'list-outlives-manifest': () => skills({list: LONG, manifest: {expires: '2026-11-30T06:00:00Z'}}),

  'manifest-missing': () => skills(without('asnad/manifest.json')),
  'manifest-by-issuing-key': () => skills({manifestSigner: SIGNER.issuing}),
  'manifest-by-compromised-key': () => skills({manifestSigner: SIGNER.compromisedStatus}),
  'manifest-other-issuer': () => skills({manifest: {issuer: FOREIGN_DID}}),
  'manifest-altered': () => skills({after: files => {
    files['asnad/manifest.json'] = oneByteChanged(files['asnad/manifest.json'], '"version":12', '"version":13');
  }}),
  'manifest-leapt': () => skills({manifest: {version: 1_000_013}}),
  'manifest-beyond-numbers': () => skills({manifest: {version: 2 ** 53}}),
  'manifest-by-root-key': () => skills({manifestSigner: SIGNER.root}),
  'manifest-early': () => skills({manifest: {issued: '2026-12-01T12:10:01Z', expires: '2027-01-05T06:00:00Z'}}),

  'notices-missing': () => skills(without(NOTICES)),
  'notices-forged': () => skills({after: files => {
    files[NOTICES] = noticesDocument(DID, [{id: uuidOf(1), state: 'withdrawn', date: '2026-11-29'}]);
  }})
};
