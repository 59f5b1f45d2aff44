// Period and status, and which of them is told first: checks 6, 7 and 8.
import {BREAD} from './dictionaries.mjs';
import {breadCredential, forkliftCredential} from './credentials.mjs';
import {code, file, issued} from './cases.mjs';
import {DID} from './keys.mjs';
import {payloadOf} from './payload.mjs';

const SEEN = {[DID]: {keys: 5, manifest: 13}};
const LATER = '2027-01-15T12:00:00Z';

function periodCases({expired, bread, tomorrow}) {
  return [
    file(expired, 'expired', 'After its end.'),
    file(expired, 'expired-a-second-ago', 'A second after its end.', {at: '2026-11-30T19:00:00Z'}),
    file(expired, 'expired-list-missing', 'After its end, and no list is held.', {site: 'list-missing'}),
    file(expired, 'expired-list-ran-out', 'After its end, and the list has run out.', {at: LATER}),
    file(expired, 'expired-demonstration', 'After its end, of a demonstration.', {site: 'demonstration'}),
    file(tomorrow, 'not-yet-valid', 'Dated tomorrow: no list can know it yet.'),
    file(bread, 'clock-far-behind', 'The clock is ten minutes and a second behind certificate and list.',
      {site: 'list-at-signing', at: '2026-11-20T08:49:59Z'}),
    file(tomorrow, 'not-yet-valid-list-missing', 'Dated tomorrow, and no list is held.', {site: 'list-missing'})
  ];
}

function withdrawnCases({revoked, replaced, noticed, corrected, revokedExpired}) {
  return [
    file(revoked, 'revoked', 'Its bit is set.'),
    code(payloadOf(revoked, BREAD), 'code-revoked', 'A code whose bit is set.'),
    file(revoked, 'revoked-demonstration', 'Its bit is set, of a demonstration.', {site: 'demonstration'}),
    file(revokedExpired, 'revoked-and-expired', 'Its bit, the last of the list, is set, and it has ended.'),
    file(revoked, 'revoked-list-ran-out', 'Its bit is set in a list that has run out.', {at: LATER}),
    file(revoked, 'revoked-keys-ran-out', 'Its bit is set, and keys.json has run out.', {site: 'keys-ran-out'}),
    file(revoked, 'revoked-list-unknown-to-manifest', 'Its bit is set in a list that the manifest does not know.',
      {site: 'list-newer-than-manifest'}),
    file(revoked, 'revoked-manifest-missing', 'Its bit is set, and no manifest is held.', {site: 'manifest-missing'}),
    file(revoked, 'revoked-manifest-invalid', 'Its bit is set, and the manifest is signed by the issuing key.',
      {site: 'manifest-by-issuing-key'}),
    file(revoked, 'revoked-manifest-rolled-back',
      'Its bit is set, and a newer manifest was seen before.', {seen: SEEN}),
    file(revoked, 'revoked-clock-behind', 'Its bit is set in a list from the future.', {at: '2026-11-22T12:00:00Z'}),
    file(revoked, 'revoked-list-older', 'Its bit is set in a list older than itself.', {site: 'list-older'}),
    file(replaced, 'replaced', 'Its bit is set, and a notice says that there is a corrected one.'),
    file(replaced, 'replaced-notices-missing',
      'Its bit is set; the notice that would say more is not held.', {site: 'notices-missing'}),
    file(noticed, 'withdrawn-by-notice', 'Its bit is not set, and a notice withdraws it.'),
    file(corrected, 'replaced-by-notice', 'Its bit is not set, and a notice says that there is a corrected one.'),
    file(noticed, 'withdrawn-by-notice-manifest-rolled-back',
      'A notice withdraws it; a newer manifest was seen before.', {seen: SEEN}),
    file(noticed, 'withdrawn-by-notice-list-missing',
      'A notice withdraws it, and no list is held.', {site: 'list-missing'})
  ];
}

function listCases(bread, outOfRange) {
  const held = (site, comment) => file(bread, site, comment, {site});
  return [
    held('list-missing', 'No list is held.'),
    held('list-by-issuing-key', 'The list is signed by the issuing key.'),
    held('list-by-compromised-key', 'The list is signed by a status key that is compromised.'),
    held('list-outside-key-time', 'The list was signed before the key\'s time.'),
    held('list-other-issuer', 'The list is another issuer\'s.'),
    held('list-names-other-issuer', 'Our status key has signed a list that names another issuer.'),
    held('list-of-suspension', 'The list is for suspension.'),
    held('list-other-id', 'The list says that it is another one.'),
    held('list-short', 'The list has eight bits less than the least.'),
    held('list-too-long', 'The list has eight bits more than the most.'),
    held('list-two-members', 'A second gzip member follows, with no bit set.'),
    held('list-wrong-length', 'The trailer says another length.'),
    held('list-padded', 'The list is written with padding.'),
    held('list-without-end', 'The list has no validUntil.'),
    held('list-altered', 'The bits were cleared after signing.'),
    file(outOfRange, 'index-out-of-range', 'The index is the first that the list does not have.'),
    held('list-older', 'The list is older than the certificate: it says nothing about it.'),
    held('list-newer-than-manifest', 'The list held is not the one the manifest names.')
  ];
}

function manifestCases(bread) {
  const held = (site, comment, more = {}) => file(bread, site, comment, {site, ...more});
  return [
    held('manifest-missing', 'No manifest is held.'),
    held('manifest-by-issuing-key', 'The manifest is signed by the issuing key.'),
    held('manifest-by-compromised-key', 'The manifest is signed by a status key that is compromised.'),
    held('manifest-other-issuer', 'The manifest names another issuer.'),
    held('manifest-altered', 'The version of the manifest was changed after signing.'),
    file(bread, 'manifest-rolled-back', 'An older manifest than one seen before.', {seen: SEEN}),
    held('manifest-leapt',
      'The manifest is a million and one versions above the one seen last.', {seen: {[DID]: {keys: 5, manifest: 12}}}),
    held('keys-newer-than-manifest', 'keys.json held is not the one the manifest names.'),
    held('notices-missing', 'The notices are not held.'),
    held('notices-forged', 'Notices that the manifest does not name withdraw it: they do not count.'),
    file(bread, 'list-ran-out', 'A second after the list has run out.', {at: '2027-01-02T06:00:01Z'}),
    file(bread, 'list-last-second', 'The very second of the list\'s validUntil.', {at: '2027-01-02T06:00:00Z'}),
    held('list-outlives-manifest', 'The manifest has run out, the list not yet.'),
    held('keys-ran-out', 'keys.json has run out, and knows the key.'),
    file(bread, 'clock-wrong', 'The list is from the future: the clock is wrong.', {at: '2026-11-25T12:00:00Z'}),
    held('manifest-early', 'The manifest is from ten minutes and a second ahead.'),
    file(bread, 'demonstration-list-missing', 'A demonstration without a list.', {site: 'demonstration-without-list'})
  ];
}

export async function statusCases() {
  const bread = await issued(breadCredential());
  return [
    ...periodCases({
      bread,
      expired: await issued(forkliftCredential()),
      tomorrow: await issued({...breadCredential(), validFrom: '2026-12-02T09:00:00Z'})
    }),
    ...withdrawnCases({
      revoked: await issued(breadCredential({number: 11, index: 94570})),
      replaced: await issued(breadCredential({number: 12, index: 60123})),
      noticed: await issued(breadCredential({number: 13, index: 800})),
      corrected: await issued(breadCredential({number: 15, index: 801})),
      revokedExpired: await issued(forkliftCredential({number: 14, index: 131071}))
    }),
    ...listCases(bread, await issued(breadCredential({number: 16, index: 131072}))),
    ...manifestCases(bread)
  ];
}
