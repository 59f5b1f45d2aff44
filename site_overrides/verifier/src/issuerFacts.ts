import { type Content, foreign, leftToRight } from './elements.ts';
import { codeFact, type Fact, type FactGroup, inRow, textFact } from './fact.ts';
import type { Reader } from './messages.ts';
import type { DatedName, ReportedIssuer } from './report.ts';
import { objectIn, textIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';

/**
 * Who issued it: first what the issuer's signed key list says, then what the certificate says.
 *
 * @param today `YYYY-MM-DD` by this device's clock.
 */
export function issuerGroup(credential: JsonObject, issuer: ReportedIssuer, today: string, reader: Reader): FactGroup {
  const words = reader.messages.facts;
  const claimed = objectIn(credential, 'issuer');
  const claimedName = textIn(claimed, 'name') ?? '';
  const borne = issuer.namesOfTheDay.some(({ name }) => name === claimedName);
  const unborneName: Fact = {
    label: words.issuerClaim,
    content: [foreign(claimedName)],
    notes: [[words.issuerDiffers]],
    weight: 'warning',
  };
  const namesToday = issuer.names.filter(
    ({ name, from, to }) => from <= today && (to === null || today < to) && !issuer.namesOfTheDay.some((old) => old.name === name),
  );
  return {
    title: words.issuer,
    facts: [
      ...nameFact(words.issuerOfDay, issuer.namesOfTheDay, reader, 'main'),
      ...(borne ? [] : [unborneName]),
      ...nameFact(words.issuerToday, namesToday, reader),
      { label: words.issuerSites, content: inRow(issuer.sites.map(leftToRight)) },
      ...claims(claimed, reader),
    ],
  };
}

/** Set an issuer's names in a row, the one in the reader's language first. */
export function namesInRow(names: readonly DatedName[], { language }: Reader): readonly Content[] {
  const inOrder = [...names].sort((one, other) => Number(other.language === language) - Number(one.language === language));
  return inRow(inOrder.map(({ name, language: lang }) => foreign(name, { lang })));
}

function nameFact(label: string, names: readonly DatedName[], reader: Reader, weight?: 'main'): readonly Fact[] {
  if (names.length === 0) return [];
  const content = namesInRow(names, reader);
  return [weight === undefined ? { label, content } : { label, content, weight }];
}

const ADDRESS = ['streetAddress', 'postalCode', 'addressLocality', 'addressRegion', 'addressCountry', 'addressCountryCode'];

/** What the certificate says of its issuer beyond the name, and of the organisation that it belongs to. */
function claims(profile: JsonObject, reader: Reader): readonly Fact[] {
  const words = reader.messages.facts;
  const notes = [[words.saysCertificate]];
  const address = objectIn(profile, 'address');
  const parts = ADDRESS.map((name) => textIn(address, name)).filter((part) => part !== null);
  const facts = [
    ...codeFact(words.issuerUrl, textIn(profile, 'url')),
    ...codeFact(words.issuerPhone, textIn(profile, 'phone')),
    ...codeFact(words.issuerEmail, textIn(profile, 'email')),
    ...textFact(words.issuerOfficial, textIn(profile, 'official')),
    ...textFact(words.issuerAddress, parts.length === 0 ? null : parts.join(', ')),
  ];
  const parent = objectIn(profile, 'parentOrg');
  const belongsTo = textFact(words.issuerParent, textIn(parent, 'name')).map((fact) => ({
    ...fact,
    notes: [[leftToRight(textIn(parent, 'id') ?? '')], ...notes],
  }));
  return [...facts.map((fact) => ({ ...fact, notes })), ...belongsTo, ...(belongsTo.length === 0 ? [] : claims(parent, reader))];
}
