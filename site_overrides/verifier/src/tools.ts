import { folder } from './folderCheck.ts';
import { kept } from './keptCertificates.ts';
import { scan } from './scanner.ts';
import { along } from './takingAlong.ts';

globalThis.asnadTools = { scan, folder, kept, along };
