import profile from '../../../build_tools/asnad/credentials/profile.json' with { type: 'json' };
import { conforms, obeys, type Schema } from './rules.ts';
import { isArray, isObject, type JsonObject, type JsonValue } from './strictJson.ts';

const PROFILE: Schema = profile;
const LIST_PATH = /^status\/[1-9][0-9]{0,8}\.json$/;

/** The members of a credential by which it is judged; only to be read where `isContentAllowed`. */
export interface CredentialClaims {
  readonly id: string;
  /** Instant. */
  readonly validFrom: string;
  /** Instant, or null where the credential does not run out. */
  readonly validUntil: string | null;
  /** Address of the status list. */
  readonly listAddress: string;
  /** Decimal, of any size. */
  readonly listIndex: string;
}

/** Tell whether `@context` is exactly the two of docs/format.md §2. */
export function isContextSupported(document: JsonObject): boolean {
  return isProfileMember('@context', document);
}

/** Tell whether `type` is exactly that of docs/format.md §2. */
export function isTypeSupported(document: JsonObject): boolean {
  return isProfileMember('type', document);
}

function isProfileMember(name: string, document: JsonObject): boolean {
  return obeys(PROFILE, PROFILE['Credential']?.[name] ?? '', document[name]);
}

/**
 * Read the claims of a credential whose content is that of docs/format.md §2.
 *
 * @param sites The issuer's sites, from its keys.json.
 * @returns null where anything differs from the profile.
 */
export function readClaims(document: JsonObject, sites: readonly string[]): CredentialClaims | null {
  if (!conforms(PROFILE, 'Credential', document)) return null;
  const { id, validFrom, validUntil, credentialSubject, credentialStatus } = document;
  if (!isObject(credentialStatus) || !isObject(credentialSubject) || !isLearnerNamedOnce(credentialSubject))
    return null;
  const listAddress = String(credentialStatus['statusListCredential']);
  const listIndex = String(credentialStatus['statusListIndex']);
  if (listPath(listAddress, sites) === null || credentialStatus['id'] !== `${listAddress}#${listIndex}`) return null;
  return {
    id: String(id),
    validFrom: String(validFrom),
    validUntil: validUntil === undefined ? null : String(validUntil),
    listAddress,
    listIndex,
  };
}

/** Give the path of a status list relative to the issuer's site it lies on, or null where it lies on none. */
export function listPath(address: string, sites: readonly string[]): string | null {
  const paths = sites.filter((site) => address.startsWith(site)).map((site) => address.slice(site.length));
  return paths.find((path) => LIST_PATH.test(path)) ?? null;
}

function isLearnerNamedOnce(subject: JsonObject): boolean {
  const learner: JsonValue | undefined = isArray(subject['identifier']) ? subject['identifier'][0] : undefined;
  if (!isObject(learner) || learner['identityType'] !== 'name' || learner['hashed'] !== false) return false;
  return subject['name'] === undefined || subject['name'] === learner['identityHash'];
}
