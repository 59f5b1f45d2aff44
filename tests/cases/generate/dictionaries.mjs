// One dictionary for each course, and a foreign one that has the same first four bytes of SHA-256 as the last.
import {breadCredential, foodCredential, forkliftCredential} from './credentials.mjs';
import {jcs} from './payload.mjs';

/** The canonical skeleton of a course's credential: what a learner changes is empty. */
function skeletonOf(credential, number = 0) {
  const licenseNumber = `CSC-${String(number).padStart(8, '0')}`;
  const subject = {...credential.credentialSubject, name: '', identifier: [], licenseNumber};
  const {credentialStatus, id, ...rest} = credential;
  return jcs({...rest, credentialSubject: subject});
}

// Both numbers were found by search: `search.mjs` shows how.
const TWIN = 63642;
const FOREIGN = 81898;

export const twinOf = number => skeletonOf(forkliftCredential(), number);

/** The twin of another centre: of equal length, but for one word that says something else. */
export const foreignTwinOf = number =>
  Buffer.from(twinOf(number).toString().replaceAll('Forklift Refresher', 'Forklift Professor'));

export const BREAD = skeletonOf(breadCredential());
export const FOOD = skeletonOf(foodCredential());
export const FORKLIFT = twinOf(TWIN);
export const FOREIGN_TWIN = foreignTwinOf(FOREIGN);
export const DICTIONARIES = [BREAD, FOOD, FORKLIFT];
