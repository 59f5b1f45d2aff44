import { addWayBack, folder } from './folderCheck.ts';
import { freshness } from './freshness.ts';
import { kept } from './keptCertificates.ts';
import { result as details } from './resultDetails.ts';
import { scan } from './scanner.ts';
import { start } from './start.ts';
import { along } from './takingAlong.ts';

globalThis.asnadTools = {
  start,
  scan,
  folder,
  kept,
  along,
  result(shown) {
    addWayBack(shown);
    return details(shown);
  },
  freshness,
};
