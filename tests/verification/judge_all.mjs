/** Judge many certificates with the verifier of the browser: questions on standard input, reports on standard output. */
import { readFileSync } from 'node:fs';
import { reportJson } from '../../site_overrides/verifier/src/report.ts';
import { verify } from '../../site_overrides/verifier/src/verify.ts';
import { questionsIn } from './questions.mjs';

const questions = questionsIn(readFileSync(0, 'utf-8'));
const reports = questions.map(({ input, trust, at }) => JSON.parse(reportJson(verify(input, trust, at))));
process.stdout.write(JSON.stringify(reports));
