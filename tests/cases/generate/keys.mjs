// Every key of the table comes from a published seed: see tests/vectors/seeds.json.
import {keyPairOf} from '../../foreign/issuing.mjs';

const ascending = start => Buffer.from(Array.from({length: 32}, (_, i) => start + i));
const descending = start => Buffer.from(Array.from({length: 32}, (_, i) => start - i));

export const KEYS = {
  issuing: keyPairOf(ascending(0x00)),
  status: keyPairOf(ascending(0x20)),
  root: keyPairOf(ascending(0x40)),
  nextRoot: keyPairOf(ascending(0x60)),
  foreignIssuing: keyPairOf(ascending(0x80)),
  another: keyPairOf(ascending(0xa0)),
  retired: keyPairOf(ascending(0xc0)),
  compromised: keyPairOf(ascending(0xe0)),
  compromisedStatus: keyPairOf(descending(0x1f)),
  foreignStatus: keyPairOf(descending(0x3f)),
  foreignRoot: keyPairOf(descending(0x5f))
};

export const DID = 'did:web:skills.example';
export const SITE = 'https://skills.example/';
export const FOREIGN_DID = 'did:web:other.example';
export const FOREIGN_SITE = 'https://other.example/';

/** The signing keys by use: the pair, and the id under which keys.json lists it. */
export const SIGNER = {
  issuing: {key: KEYS.issuing, method: `${DID}#key-2026a`},
  status: {key: KEYS.status, method: `${DID}#status-2026a`},
  root: {key: KEYS.root, method: `${DID}#root-2026a`},
  nextRoot: {key: KEYS.nextRoot, method: `${DID}#root-2027a`},
  retired: {key: KEYS.retired, method: `${DID}#key-2025a`},
  compromised: {key: KEYS.compromised, method: `${DID}#key-2026b`},
  compromisedStatus: {key: KEYS.compromisedStatus, method: `${DID}#status-2026b`},
  foreignIssuing: {key: KEYS.foreignIssuing, method: `${FOREIGN_DID}#key-2026a`},
  foreignStatus: {key: KEYS.foreignStatus, method: `${FOREIGN_DID}#status-2026a`},
  foreignRoot: {key: KEYS.foreignRoot, method: `${FOREIGN_DID}#root-2026a`}
};
