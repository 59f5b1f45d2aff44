// Finds the two numbers of dictionaries.mjs: two dictionaries whose names are the same.
import {foreignTwinOf, twinOf} from './dictionaries.mjs';
import {sha256} from './payload.mjs';

const seen = new Map();
for(let number = 0; ; number++) {
  const prefix = sha256(twinOf(number)).readUInt32BE();
  seen.set(prefix, number);
  const own = seen.get(sha256(foreignTwinOf(number)).readUInt32BE());
  if(own !== undefined) {
    process.stdout.write(`TWIN = ${own}, FOREIGN = ${number}\n`);
    break;
  }
}
