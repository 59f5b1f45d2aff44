import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

void prepareZXingModule;
void readBarcodes;
