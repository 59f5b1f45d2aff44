import { boundedBytes, HELD_HEADER } from './boundedFetch.ts';
import { hexOf } from './bytes.ts';
import { versionsOfSet } from './fileSet.ts';
import { type Came, type OfflineCopy, COPY_NAME, type Part, type Precache, type Wanted } from './offlineCopy.ts';
import type { SeenVersions } from './trust.ts';

// The DOM library of TypeScript has no service workers, and the one that has cannot stand beside it.
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessageToWorker extends ExtendableEvent {
  readonly data: Wanted;
  readonly ports: readonly MessagePort[];
}
interface ServiceWorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessageToWorker) => void): void;
}

const worker = self as unknown as ServiceWorkerScope;
const VERIFIER = worker.registration.scope;
const SITE = new URL('../', VERIFIER).href;
const PRECACHE = addressOf('precache.json');
const STATE = addressOf(COPY_NAME);
const MANIFEST = /\/asnad\/manifest\.json$/;

// Other sites may share this origin, each under its own path, and with it the caches.
const CACHES = `asnad ${VERIFIER} `;

/** What an issuer signs, as paths below its own site (docs/format.md §5). */
const DATA_PATH = /^(asnad\/(keys|manifest|notices)\.json|asnad\/frozen\/[\w.-]+\.bin|status\/\d+\.json|d\/[0-9a-f]{8}\.bin)$/;
/** Other issuers lie below the site of the centre that trusts them. */
const TRUSTED = /^trusted\/[a-z0-9-]+\//;
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
  if (event.request.method !== 'GET' || !address.startsWith(SITE) || address === PRECACHE) return;
  if (DATA_PATH.test(address.slice(SITE.length).replace(TRUSTED, ''))) {
    event.respondWith(networkFirst(address, event));
  } else if (event.request.mode === 'navigate' && (address === VERIFIER || address === `${VERIFIER}index.html`)) {
    event.respondWith(keptFirst(VERIFIER, event));
    event.waitUntil(update().catch(() => undefined));
  } else if (address.startsWith(VERIFIER) || address === `${SITE}verifier.html`) {
    event.respondWith(keptFirst(address, event));
  }
});

worker.addEventListener('message', (event) => {
  const answer = (came: Came): void => event.ports[0]?.postMessage(came);
  event.waitUntil(update(event.data).then(answer, () => answer('unreachable')));
});

/** One cache holds one state in full: what was kept last is the state, and all others are remains. */
interface Holding {
  readonly name: string;
  readonly cache: Cache;
  readonly state: OfflineCopy;
}

let known: Promise<Holding | null> | null = null;

/** Give what is kept; looked up once, for every file of a page asks for it. */
function holding(): Promise<Holding | null> {
  known ??= lookedUp();
  return known;
}

async function lookedUp(): Promise<Holding | null> {
  for (const name of [...(await cacheNames())].reverse()) {
    const cache = await caches.open(name);
    const state = await cache.match(STATE);
    if (state !== undefined) return { name, cache, state: (await state.json()) as OfflineCopy };
  }
  return null;
}

async function cacheNames(): Promise<readonly string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(CACHES));
}

let running: Promise<unknown> = Promise.resolve();

/**
 * Bring all that is kept up to the newest list of the site; one run after the other.
 *
 * @param wanted Which of the large files to keep besides those that already are.
 * @throws Error where the site does not answer, or not with all that it names.
 */
function update(wanted: Wanted = []): Promise<Came> {
  const run = running.then(() => takeNewest(wanted));
  running = run.catch(() => undefined);
  return run;
}

async function takeNewest(wanted: Wanted): Promise<Came> {
  const precache = (await (await fetched(PRECACHE)).json()) as Precache;
  const asked = new Date().toISOString();
  const before = await holding();
  const isWanted = (path: string): boolean => wanted === 'all' || wanted.includes(path) || (before?.state.extras.includes(path) ?? false);
  const extras = precache.extras.filter(({ path }) => isWanted(path)).map(({ path }) => path);
  if (before !== null && before.state.precache.version === precache.version && before.state.refused.length === 0) {
    await finish({ ...before, state: { ...before.state, asked, extras } });
    return 'same';
  }

  // Everything is fetched before anything is kept, so that a page never runs with half of another version.
  const files = new Map<string, Response>();
  await Promise.all(
    precache.shell.map(async (part) => {
      const held = await heldPart(part, before);
      files.set(addressOf(part.path), held ?? (await hashed(part)));
    }),
  );
  const refused: string[] = [];
  let came: Came = 'same';
  for (const issuer of precache.issuers) {
    const older = await heldFiles(issuer.base, before);
    const olderVersions = versionsOf(issuer, older, null);
    const newer = await fetchedFiles(precache.data.filter((path) => isOf(path, issuer.base)), before);
    const newerVersions = newer && versionsOf(issuer, newer, olderVersions);
    if (newerVersions === null) refused.push(issuer.did);
    else if (newerVersions.manifest !== olderVersions?.manifest) came = 'newer';
    // What does not pass never takes the place of what did: an apology of the host, half of an upload, an old copy.
    const passed = newerVersions === null ? older : newer;
    for (const [path, bytes] of passed ?? []) files.set(addressOf(path), new Response(bytes));
  }
  for (const part of precache.extras) {
    const held = extras.includes(part.path) ? await heldPart(part, before) : undefined;
    if (held !== undefined) files.set(addressOf(part.path), held);
  }

  const name = CACHES + crypto.randomUUID();
  const cache = await caches.open(name);
  for (const [address, response] of files) await cache.put(address, response);
  await finish({ name, cache, state: { precache, asked, refused, extras } });
  return refused.length > 0 ? 'refused' : came;
}

/** Make a cache the one that counts; the large files, which nothing waits for, come last and are tried again each time. */
async function finish(holding: Holding): Promise<void> {
  const { name, cache, state } = holding;
  await cache.put(STATE, new Response(JSON.stringify(state)));
  known = Promise.resolve(holding);
  for (const other of await cacheNames()) if (other !== name) await caches.delete(other);
  for (const part of state.precache.extras) {
    const isLacking = state.extras.includes(part.path) && (await cache.match(addressOf(part.path))) === undefined;
    const came = isLacking ? await hashed(part).catch(() => null) : null;
    if (came !== null) await cache.put(addressOf(part.path), came);
  }
}

type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

function versionsOf(issuer: Precache['issuers'][number], files: Files, seen: SeenVersions | null): SeenVersions | null {
  const own = new Map([...files].map(([path, bytes]) => [path.slice(issuer.base.length), bytes]));
  return versionsOfSet({ did: issuer.did, rootKeys: issuer.rootKeys, files: own, seen });
}

function isOf(path: string, base: string): boolean {
  return path.startsWith(base) && DATA_PATH.test(path.slice(base.length));
}

async function heldFiles(base: string, before: Holding | null): Promise<Files> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const path of before?.state.precache.data ?? []) {
    const held = isOf(path, base) ? await before?.cache.match(addressOf(path)) : undefined;
    if (held !== undefined) files.set(path, new Uint8Array(await held.arrayBuffer()));
  }
  return files;
}

/** Fetch all files of an issuer, but for those that never change and are held; null where one cannot be had. */
async function fetchedFiles(paths: readonly string[], before: Holding | null): Promise<Files | null> {
  const one = async (path: string): Promise<readonly [string, Uint8Array<ArrayBuffer>]> => {
    const held = UNCHANGING.test(path) ? await before?.cache.match(addressOf(path)) : undefined;
    return [path, new Uint8Array(await (held ?? (await fetched(addressOf(path)))).arrayBuffer())];
  };
  return Promise.all(paths.map(one)).then((files) => new Map(files), () => null);
}

/** Give a file of the page that is held already as the newest list names it. */
async function heldPart(part: Part, before: Holding | null): Promise<Response | undefined> {
  const { shell = [], extras = [] } = before?.state.precache ?? {};
  const isSame = [...shell, ...extras].some(({ path, sha256 }) => path === part.path && sha256 === part.sha256);
  return isSame ? before?.cache.match(addressOf(part.path)) : undefined;
}

async function keptFirst(address: string, event: FetchEvent): Promise<Response> {
  const before = await holding();
  const held = await before?.cache.match(address);
  if (held !== undefined) return held;
  // Who scans with this device will scan again, perhaps without a connection.
  const extra = before?.state.precache.extras.find(({ path }) => addressOf(path) === address);
  const response = await fetch(event.request);
  if (extra !== undefined) event.waitUntil(update([extra.path]).catch(() => undefined));
  return response;
}

async function networkFirst(address: string, event: FetchEvent): Promise<Response> {
  const held = await (await holding())?.cache.match(address);
  const heldOnly = event.request.headers.has(HELD_HEADER);
  if (held === undefined) return heldOnly ? Response.error() : fetch(event.request);
  if (UNCHANGING.test(address)) return held;
  const older = new Response(held.body, { headers: { [HELD_HEADER]: '1' } });
  if (heldOnly) return older;
  const network = fetched(address).catch(() => older);
  // Whatever came is kept only together with all that belongs to it. A slow answer comes too late for this check.
  if (MANIFEST.test(address)) event.waitUntil(network.then(() => update()).catch(() => undefined));
  return Promise.race([network, new Promise<Response>((resolve) => setTimeout(() => resolve(older), PATIENCE))]);
}

async function hashed({ path, sha256 }: Part): Promise<Response> {
  const response = await fetched(addressOf(path), { pages: true });
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  if (hexOf(digest) !== sha256) throw new Error(`${path} is not the file that ${PRECACHE} names`);
  return response;
}

/**
 * Fetch a file of this site whole, within its limit.
 *
 * A data file that comes as a page is a host's apology or a captive portal.
 */
async function fetched(address: string, { pages }: { readonly pages: boolean } = { pages: false }): Promise<Response> {
  const response = await fetch(address, { cache: 'no-cache', redirect: 'error' });
  const type = response.headers.get('content-type') ?? '';
  const bytes = response.ok && (pages || !type.startsWith('text/html')) ? await boundedBytes(response, FILE_LIMIT) : null;
  if (bytes === null) throw new Error(`${address} could not be had`);
  return new Response(bytes, { headers: { 'content-type': type } });
}

function addressOf(path: string): string {
  return new URL(path, VERIFIER).href;
}
