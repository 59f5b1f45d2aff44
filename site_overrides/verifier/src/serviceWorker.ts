import { boundedBytes, HELD_HEADER } from './boundedFetch.ts';

/** What the site build lists in `precache.json`; paths are relative to the verifier. */
interface Precache {
  readonly version: string;
  readonly shell: readonly { readonly path: string; readonly sha256: string }[];
  readonly data: readonly string[];
}

// The DOM library of TypeScript has no service workers, and the one that has cannot stand beside it.
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

const worker = self as unknown as ServiceWorkerScope;
const VERIFIER = worker.registration.scope;
const SITE = new URL('../', VERIFIER).href;
const PRECACHE = new URL('precache.json', VERIFIER).href;

// Other sites may share this origin, each under its own path, and with it the caches.
const SHELLS = `asnad-shell ${VERIFIER} `;
const DATA = `asnad-data ${VERIFIER}`;

const DATA_PATH =
  /^(trusted\/[a-z0-9-]+\/)?(asnad\/(keys|manifest|notices)\.json|asnad\/frozen\/[\w.-]+\.bin|status\/\d+\.json|d\/[0-9a-f]{8}\.bin)$/;
const UNCHANGING = /\/d\/[0-9a-f]{8}\.bin$/;
const FILE_LIMIT = 4_194_304;
/** Milliseconds to wait for the network where an older file is held. */
const PATIENCE = 4_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(update().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener('fetch', (event) => {
  const address = event.request.url.split(/[?#]/)[0]!;
  if (event.request.method !== 'GET' || !address.startsWith(SITE)) return;
  if (DATA_PATH.test(address.slice(SITE.length))) {
    event.respondWith(networkFirst(address, event));
  } else if (event.request.mode === 'navigate' && (address === VERIFIER || address === `${VERIFIER}index.html`)) {
    event.respondWith(shellFirst(VERIFIER, event.request));
    event.waitUntil(update().catch(() => undefined));
  } else if (address.startsWith(VERIFIER) && address !== PRECACHE) {
    event.respondWith(shellFirst(address, event.request));
  }
});

let updating: Promise<void> | null = null;

/** Bring page and data up to the newest list of the site; one run at a time. */
function update(): Promise<void> {
  updating ??= takeNewest().finally(() => {
    updating = null;
  });
  return updating;
}

async function takeNewest(): Promise<void> {
  const listed = await fetched(PRECACHE);
  const precache = (await listed.clone().json()) as Precache;
  const name = SHELLS + precache.version;
  if (await isComplete(name)) return;

  // Everything is fetched before anything is kept, so that a page never runs with half of another version.
  const shell = await Promise.all(precache.shell.map(({ path, sha256 }) => hashed(new URL(path, VERIFIER).href, sha256)));
  const data = await Promise.all(precache.data.map((path) => newer(new URL(path, VERIFIER).href)));

  const dataCache = await caches.open(DATA);
  for (const [address, response] of data) if (response !== null) await dataCache.put(address, response);
  const shellCache = await caches.open(name);
  for (const [address, response] of shell) await shellCache.put(address, response);
  await shellCache.put(PRECACHE, listed);
  for (const other of await shellNames()) if (other !== name) await caches.delete(other);
}

async function shellNames(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(SHELLS));
}

/** Tell whether a shell has been kept in full: its list is written last. */
async function isComplete(name: string): Promise<boolean> {
  return (await caches.has(name)) && (await (await caches.open(name)).match(PRECACHE)) !== undefined;
}

async function shellFirst(address: string, request: Request): Promise<Response> {
  for (const name of [...(await shellNames())].reverse()) {
    if (!(await isComplete(name))) continue;
    const held = await (await caches.open(name)).match(address);
    if (held !== undefined) return held;
  }
  return fetch(request);
}

async function networkFirst(address: string, event: FetchEvent): Promise<Response> {
  const cache = await caches.open(DATA);
  const held = await cache.match(address);
  if (held === undefined) return keep(cache, address).catch(() => fetch(event.request));
  const headers = new Headers(held.headers);
  headers.set(HELD_HEADER, '1');
  const older = new Response(held.body, { headers });
  const network = keep(cache, address).catch(() => older);
  // A slow answer comes too late for this check, and is kept for the next.
  event.waitUntil(network);
  return Promise.race([network, new Promise<Response>((resolve) => setTimeout(() => resolve(older), PATIENCE))]);
}

async function keep(cache: Cache, address: string): Promise<Response> {
  const response = await fetched(address);
  await cache.put(address, response.clone());
  return response;
}

/** Fetch a data file unless it never changes and is held; null where it need not or cannot be had. */
async function newer(address: string): Promise<readonly [string, Response | null]> {
  if (UNCHANGING.test(address) && (await (await caches.open(DATA)).match(address)) !== undefined) return [address, null];
  return [address, await fetched(address).catch(() => null)];
}

async function hashed(address: string, sha256: string): Promise<readonly [string, Response]> {
  const response = await fetched(address, { pages: true });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== sha256) throw new Error(`${address} is not the file that ${PRECACHE} names`);
  return [address, response];
}

/**
 * Fetch a file of this site whole, within its limit.
 *
 * A data file that comes as a page is a host's apology or a captive portal, and must not take the place of the file held.
 */
async function fetched(address: string, { pages }: { readonly pages: boolean } = { pages: false }): Promise<Response> {
  const response = await fetch(address, { cache: 'no-cache', redirect: 'error' });
  const type = response.headers.get('content-type') ?? '';
  const bytes = response.ok && (pages || !type.startsWith('text/html')) ? await boundedBytes(response, FILE_LIMIT) : null;
  if (bytes === null) throw new Error(`${address} could not be had`);
  return new Response(bytes, { headers: { 'content-type': type } });
}
