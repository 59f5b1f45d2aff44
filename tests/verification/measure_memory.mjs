/**
 * Measure by how much this process grows, at its largest, while it judges: one question a line on standard input, bytes on
 * standard output. The questions themselves, and all that is made of them, count too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { verify } from '../../site_overrides/verifier/src/verify.ts';
import { questionsIn } from './questions.mjs';

const STATUS = '/proc/self/status';

/** Give the most that was ever held; Linux counts what the starting process held into maxRSS, and not into VmHWM. */
function highest() {
  const kilobytes = existsSync(STATUS) ? /VmHWM:\s+(\d+)/.exec(readFileSync(STATUS, 'utf-8'))[1] : process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}

let before = null;
const told = [];
for await (const line of createInterface({ input: process.stdin })) {
  for (const { input, trust, at } of questionsIn(line)) told.push(verify(input, trust, at).outcome);
  // The first question loads and compiles what the verifier is made of.
  before ??= highest();
}
process.stdout.write(JSON.stringify({ grown: highest() - before, told }));
