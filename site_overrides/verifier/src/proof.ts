import { canonicalJson } from './canonicalJson.ts';
import { conforms, type Schema } from './rules.ts';
import { isArray, isObject, type JsonObject, type JsonValue, without } from './strictJson.ts';

const JCS_SUITE = 'eddsa-jcs-2022';
export const RDFC_SUITE = 'eddsa-rdfc-2022';

/** A jcs proof beside its `@context`. */
const SCHEMA = {
  Proof: {
    type: '=DataIntegrityProof!',
    cryptosuite: `=${JCS_SUITE}!`,
    created: 'string!',
    verificationMethod: 'string!',
    proofPurpose: 'string!',
    proofValue: 'string!',
  },
};

/** Rules of a jcs proof in documents without `@context`: keys.json and manifest.json. */
export const CONTEXT_FREE_PROOF: Schema[string] = {
  ...SCHEMA.Proof,
  created: 'instant!',
  verificationMethod: 'url!',
  proofPurpose: '=assertionMethod!',
  proofValue: 'line!',
};

/** A proof of the members of docs/format.md §3.2 and no others, and as it was received. */
export interface JcsProof {
  readonly created: string;
  readonly verificationMethod: string;
  readonly proofPurpose: string;
  readonly proofValue: string;
  readonly received: JsonObject;
}

/**
 * Find the proof by which a document is decided: exactly one jcs proof, and beside it at most one rdfc proof,
 * which is not read (docs/format.md §3.2).
 */
export function decidingProof(document: JsonObject): JcsProof | null {
  const { proof } = document;
  if (!isArray(proof)) return null;
  const others = proof.filter((entry) => isObject(entry) && entry['cryptosuite'] === RDFC_SUITE);
  const deciding = proof.filter((entry) => !others.includes(entry));
  if (others.length > 1 || deciding.length !== 1) return null;
  return readJcsProof(document, deciding[0]);
}

/** Read one entry of a document's `proof`; null unless it has exactly the members of a jcs proof. */
export function readJcsProof(document: JsonObject, entry: JsonValue | undefined): JcsProof | null {
  if (!isObject(entry) || contextOf(entry) !== contextOf(document)) return null;
  const members = without(entry, '@context');
  if (!conforms(SCHEMA, 'Proof', members)) return null;
  return { ...(members as unknown as Omit<JcsProof, 'received'>), received: entry };
}

/** Give `@context` in one form whatever it is; undefined where there is none. */
function contextOf({ '@context': context }: JsonObject): string | undefined {
  return context === undefined ? undefined : canonicalJson(context);
}
