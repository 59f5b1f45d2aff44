import { element } from './elements.ts';

/** Give the name of a certificate's file, after its printed serial; nothing in it can lead to another folder. */
export function fileNameOf(serial: string): string {
  return `${serial.replace(/[^A-Za-z0-9._-]+/g, '-')}.json`;
}

/** Let the browser save a file; a credential byte by byte as it was issued. */
export function saveFile(bytes: Uint8Array, name: string, type = 'application/json'): void {
  const address = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  element('a', { href: address, download: name }).click();
  // Some browsers begin to read only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
