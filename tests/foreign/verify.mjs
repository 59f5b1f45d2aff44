// Verifies one credential with the libraries of Digital Bazaar.
//
//   node verify.mjs [request.json]        (or the request on standard input)
//
// Request:  {"credential":{…},"suites":["rdfc","jcs"],"documents":{"<address or did>":{…}},"at":"…Z"}
//           or an array of them. `suites` are the cryptosuites the verifier knows; `at` is the time, now if missing.
// Answer:   {"verified":true,"status":false,"error":null}
//           `status` is the bit of the list: the library calls a credential whose bit is set verified.
import {createVerifyCryptosuite as jcsSuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as rdfcSuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {verifyCredential} from '@digitalbazaar/vc';
import {loaderOf} from './documents.mjs';
import {readFileSync} from 'node:fs';

const SystemDate = Date;
const SUITES = {rdfc: rdfcSuite, jcs: jcsSuite()};

function firstMessage(error) {
  const inner = error?.errors?.[0] ?? error?.cause;
  return inner ? `${error.message} ${firstMessage(inner)}` : error?.message ?? String(error);
}

/** Stops the clock: the library takes a time for the credential, and reads the clock for its status list. */
function stopClock(at) {
  globalThis.Date = class extends SystemDate {
    constructor(...given) {
      super(...(given.length === 0 ? [at] : given));
    }

    static now() {
      return SystemDate.parse(at);
    }
  };
}

/** Answers one request; see the head of this file. */
async function answer({credential, suites = ['rdfc', 'jcs'], documents = {}, at = new SystemDate().toISOString()}) {
  stopClock(at);
  const documentLoader = loaderOf(documents);
  const suite = suites.map(name => new DataIntegrityProof({cryptosuite: SUITES[name]}));
  let bits = null;
  const statusOf = async options => {
    const result = await checkStatus(options);
    bits = result.verified ? result.results.some(({status}) => status) : null;
    return result;
  };
  const result = await verifyCredential({
    credential, suite, documentLoader,
    ...(credential.credentialStatus === undefined ? {} : {checkStatus: statusOf})
  });
  const error = result.verified ? null : firstMessage(result.error ?? result.statusResult?.error);
  return {verified: result.verified, status: bits, error};
}

const request = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'));
const answers = [];
for(const one of Array.isArray(request) ? request : [request]) {
  answers.push(await answer(one));
}
process.stdout.write(`${JSON.stringify(Array.isArray(request) ? answers : answers[0])}\n`);
