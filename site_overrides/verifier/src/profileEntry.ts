import { numberedMonth } from './dates.ts';
import type { ReportedIssuer } from './report.ts';
import { objectIn, textIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';

const FORM = 'https://www.linkedin.com/profile/add';

/** A month of a year; both count from one. */
export interface Month {
  readonly year: number;
  readonly month: number;
}

/** What a learner enters of a certificate in a profile of their own. */
export interface ProfileEntry {
  readonly name: string;
  readonly organization: string;
  readonly issued: Month | null;
  readonly expires: Month | null;
  readonly serial: string;
  /** Holds the whole certificate; null where there is no link to it. */
  readonly link: string | null;
}

/**
 * Take from a certificate what a profile asks for.
 *
 * @param timeZone IANA name of the centre's zone, in which the last day is meant.
 */
export function profileEntry(credential: JsonObject, issuer: ReportedIssuer, link: string | null, timeZone: string): ProfileEntry {
  const claimed = textIn(objectIn(credential, 'issuer'), 'name');
  // A name that the issuer did not bear goes into nobody's profile.
  const borne = issuer.namesOfTheDay.find(({ name }) => name === claimed) ?? issuer.namesOfTheDay[0];
  return {
    name: textIn(credential, 'name') ?? '',
    organization: borne?.name ?? '',
    issued: numberedMonth(textIn(credential, 'awardedDate') ?? '', 'UTC'),
    expires: numberedMonth(textIn(credential, 'validUntil') ?? '', timeZone),
    serial: textIn(objectIn(credential, 'credentialSubject'), 'licenseNumber') ?? '',
    link,
  };
}

/** Give the address of LinkedIn's own form with the fields filled in, for the learner to look at and send. */
export function profileAddress({ name, organization, issued, expires, serial, link }: ProfileEntry): string {
  const fields: Readonly<Record<string, string | number | undefined>> = {
    startTask: 'CERTIFICATION_NAME',
    name,
    organizationName: organization,
    issueYear: issued?.year,
    issueMonth: issued?.month,
    expirationYear: expires?.year,
    expirationMonth: expires?.month,
    certUrl: link ?? undefined,
    certId: serial,
  };
  const written = Object.entries(fields).flatMap(([field, value]) => (value === undefined ? [] : [`${field}=${encodeURIComponent(value)}`]));
  return `${FORM}?${written.join('&')}`;
}
