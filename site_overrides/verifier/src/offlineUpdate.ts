import { leftToRight } from './elements.ts';
import type { IssuerLists } from './judgement.ts';
import type { Came, Wanted } from './offlineCopy.ts';

/** Milliseconds that an update may take on a slow line. */
const PATIENCE = 120_000;

/** Give the service worker that stands between this page and its site; null where there is none, nor will be. */
export async function worker(): Promise<ServiceWorker | null> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if ((await container?.getRegistration().catch(() => undefined)) === undefined) return null;
  // Once it is installed it takes over pages that were open before.
  if (!container!.controller) await new Promise((resolve) => container!.addEventListener('controllerchange', resolve, { once: true }));
  return container!.controller;
}

/**
 * Ask the service worker to take what is newest.
 *
 * @returns null where there is no worker.
 */
export async function updateCopy(wanted: Wanted): Promise<Came | null> {
  const asked = await worker();
  if (asked === null) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Came>) => resolve(data);
    setTimeout(() => resolve('unreachable'), PATIENCE);
    asked.postMessage(wanted, [port2]);
  });
}

/** Write the address of a page of the centre's own site, as its signed key list has it. */
export function siteOf(lists: readonly IssuerLists[], path: string): HTMLElement {
  return leftToRight((lists[0]?.keys?.sites[0] ?? '') + path);
}
