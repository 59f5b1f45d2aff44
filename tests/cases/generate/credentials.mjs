// Three courses of a fictional centre, and one of another centre.
import {DID, FOREIGN_DID, FOREIGN_SITE, SITE} from './keys.mjs';

export const CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
];
const TYPE = ['VerifiableCredential', 'OpenBadgeCredential'];

/** A version 4 UUID whose last digits are the given number. */
export function uuidOf(number) {
  return `urn:uuid:7c9e6679-7425-40de-944b-${String(number).padStart(12, '0')}`;
}

const day = date => `${date}T00:00:00Z`;

const ISSUER = {
  id: DID,
  type: ['Profile'],
  name: 'Chenab Skills Centre',
  url: SITE,
  address: {
    type: ['Address'],
    addressCountry: 'Pakistan',
    addressCountryCode: 'PK',
    addressRegion: 'Punjab',
    addressLocality: 'Faisalabad'
  }
};

const SIGNATORIES = [
  {type: ['Evidence'], name: 'Dr Amina Rafiq', description: 'Director', genre: 'Signatory'},
  {type: ['Evidence'], name: 'Sana Iqbal', description: 'Course coordinator', genre: 'Signatory'}
];

function identity(identityType, identityHash) {
  return {type: 'IdentityObject', hashed: false, identityType, identityHash};
}

function statusEntry(index, site = SITE) {
  const list = `${site}status/1.json`;
  return {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: list
  };
}

function achievementId(course, version) {
  return `${SITE}achievements/${course}/${version}.json`;
}

/** Evening bread course: a certificate of completion, Latin script, no assessment. */
export function breadCredential({number = 1, index = 5021, learner = 'Bushra Anwar', serial = 'CSC-BR/03/011'} = {}) {
  const id = achievementId('bread-evening', '1');
  return {
    '@context': CONTEXT,
    id: uuidOf(number),
    type: TYPE,
    name: 'Bread and Flatbread, Evening Course',
    issuer: ISSUER,
    validFrom: '2026-11-20T09:00:00Z',
    awardedDate: day('2026-11-18'),
    credentialSubject: {
      type: ['AchievementSubject'],
      name: learner,
      identifier: [identity('name', learner)],
      licenseNumber: serial,
      term: 'Batch 3',
      narrative: 'Held at the training kitchen in Faisalabad.',
      activityStartDate: day('2026-10-05'),
      activityEndDate: day('2026-11-13'),
      achievement: {
        id,
        type: ['Achievement'],
        achievementType: 'CertificateOfCompletion',
        name: 'Bread and Flatbread, Evening Course',
        description: 'Six weeks of practice at the oven, two evenings a week.',
        humanCode: 'BR-EVE',
        inLanguage: 'en',
        version: '1',
        criteria: {narrative: 'Attended at least 20 of 24 hours. There was no examination.'},
        tag: ['baking']
      }
    },
    evidence: SIGNATORIES,
    credentialStatus: statusEntry(index)
  };
}

function euElement(element, targetName, targetUrl, targetType, more = {}) {
  return {
    type: ['Alignment'],
    targetName,
    targetUrl,
    targetFramework: `Council Recommendation 2022/C 243/02, ${element}`,
    targetType,
    ...more
  };
}

/** Food safety: a micro-credential with results, EU elements and names in Urdu. */
export function foodCredential({number = 2, index = 70113} = {}) {
  const id = achievementId('food-safety', '2');
  return {
    '@context': CONTEXT,
    id: uuidOf(number),
    type: TYPE,
    name: 'Food Safety for Small Kitchens',
    issuer: {...ISSUER, parentOrg: {id: 'https://chenab.example/', type: ['Profile'], name: 'Chenab Education Trust'}},
    validFrom: '2026-11-21T08:30:00Z',
    awardedDate: day('2026-11-19'),
    credentialSubject: {
      type: ['AchievementSubject'],
      name: 'Ayesha Khan',
      identifier: [
        identity('name', 'Ayesha Khan'),
        identity('ext:NativeName', 'عائشہ خان'),
        identity('ext:FatherName', 'Muhammad Akram Khan'),
        identity('ext:NationalIdLastDigits', '4471')
      ],
      licenseNumber: 'CSC-FS/12/017',
      term: 'Batch 12',
      activityStartDate: day('2026-09-01'),
      activityEndDate: day('2026-11-12'),
      creditsEarned: 2.5,
      result: [
        {type: ['Result'], resultDescription: `${id}#workload`, value: '75'},
        {type: ['Result'], resultDescription: `${id}#grade`, value: 'B'},
        {type: ['Result'], resultDescription: `${id}#practical`, status: 'Completed'}
      ],
      achievement: {
        id,
        type: ['Achievement'],
        achievementType: 'MicroCredential',
        name: 'Food Safety for Small Kitchens',
        description: 'Hygiene, storage and allergens for kitchens of up to ten people.',
        humanCode: 'FS-SK',
        inLanguage: 'en',
        version: '2',
        creditsAvailable: 2.5,
        fieldOfStudy: 'Food processing',
        criteria: {
          id: `${id}#criteria`,
          narrative: 'The learner can\n- keep cold and hot chains and write them down\n- separate allergens\n'
            + '- clean a kitchen by a plan.\nShown in a written test and a supervised practical task.'
        },
        resultDescription: [
          {id: `${id}#workload`, type: ['ResultDescription'], name: 'Notional workload in hours',
            resultType: 'ext:NotionalWorkload'},
          {id: `${id}#grade`, type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade',
            allowedValue: ['A', 'B', 'C', 'F'], requiredValue: 'C'},
          {id: `${id}#practical`, type: ['ResultDescription'], name: 'Practical task', resultType: 'Status'}
        ],
        alignment: [
          euElement('level', 'EQF level 3', 'http://data.europa.eu/snb/eqf/3', 'ext:EQFLevel', {targetCode: '3'}),
          euElement('type of assessment', 'Written test and practical task', `${id}#assessment`, 'ext:AssessmentType'),
          euElement('form of participation', 'On site', `${id}#participation`, 'ext:ParticipationForm'),
          euElement('quality assurance', 'Short-course policy 2026', `${SITE}quality/1.json`, 'ext:QualityAssurance', {
            targetDescription: 'Two employers and one outside teacher read outcomes and papers before each new version.'
          })
        ]
      }
    },
    evidence: SIGNATORIES,
    credentialStatus: statusEntry(index)
  };
}

/** Forklift refresher: a certificate that ends, on the last second of a day at UTC+5. */
export function forkliftCredential({number = 3, index = 12, validUntil = '2026-11-30T18:59:59Z'} = {}) {
  const learner = 'Imran Yousaf';
  return {
    '@context': CONTEXT,
    id: uuidOf(number),
    type: TYPE,
    name: 'Forklift Refresher',
    issuer: ISSUER,
    validFrom: '2026-05-29T05:15:00Z',
    validUntil,
    awardedDate: day('2026-05-28'),
    credentialSubject: {
      type: ['AchievementSubject'],
      name: learner,
      identifier: [identity('name', learner), identity('ext:NationalIdLastDigits', '9026')],
      licenseNumber: 'CSC-FL/07/002',
      achievement: {
        id: achievementId('forklift-refresher', '1'),
        type: ['Achievement'],
        achievementType: 'CertificateOfCompletion',
        name: 'Forklift Refresher',
        description: 'One day of driving and loading, for drivers who hold a licence.',
        inLanguage: 'en',
        version: '1',
        criteria: {narrative: 'Drove the course twice without a fault that ends the test.'}
      }
    },
    evidence: SIGNATORIES,
    credentialStatus: statusEntry(index)
  };
}

/** A welding certificate of another centre, which most verifiers of this table do not trust. */
export function weldingCredential({number = 4, index = 44} = {}) {
  const bread = breadCredential({number, index, learner: 'Nadia Saleem', serial: 'OTH/26/044'});
  return {
    ...bread,
    name: 'Welding, Introduction',
    issuer: {id: FOREIGN_DID, type: ['Profile'], name: 'Other Institute', url: FOREIGN_SITE},
    credentialSubject: {
      ...bread.credentialSubject,
      achievement: {
        ...bread.credentialSubject.achievement, name: 'Welding, Introduction', humanCode: 'WE-1', tag: ['metal']
      }
    },
    credentialStatus: statusEntry(index, FOREIGN_SITE)
  };
}
