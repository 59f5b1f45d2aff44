import { folder } from './folderCheck.ts';
import { kept } from './keptCertificates.ts';
import { scan } from './scanner.ts';
import { start } from './start.ts';
import { along } from './takingAlong.ts';

globalThis.asnadTools = { start, scan, folder, kept, along };
