// Writes sites/, and case.json and the input of every case. It never writes an expected.json: those are made by hand.
//
//   node generate.mjs [folder]      tests/cases where no folder is given
import {dirname, join} from 'node:path';
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {SITES} from './sites.mjs';
import {fileURLToPath} from 'node:url';
import {readCases} from './cases-read.mjs';
import {trustCases} from './cases-trust.mjs';
import {attackCases} from './cases-attacks.mjs';
import {contentCases} from './cases-content.mjs';
import {precedenceCases} from './cases-precedence.mjs';
import {statusCases} from './cases-status.mjs';
import {validCases} from './cases-valid.mjs';

const target = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..');

function write(path, bytes) {
  const file = join(target, path);
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(file, bytes);
}

rmSync(join(target, 'sites'), {recursive: true, force: true});
for(const [name, build] of Object.entries(SITES)) {
  for(const [path, bytes] of Object.entries(await build())) {
    write(join('sites', name, path), bytes);
  }
}

const names = new Set();
const parts = [validCases, readCases, trustCases, contentCases, statusCases, precedenceCases, attackCases];
for(const cases of parts) {
  for(const {name, described, bytes} of await cases()) {
    if(names.has(name)) {
      throw new Error(`two cases are named ${name}`);
    }
    names.add(name);
    write(join(name, 'case.json'), `${JSON.stringify(described, null, 2)}\n`);
    write(join(name, described.input), bytes);
  }
}
process.stdout.write(`${Object.keys(SITES).length} sites, ${names.size} cases\n`);
