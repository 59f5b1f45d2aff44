import { type ClockFault, clockFault, type Sent, sentIn } from './clock.ts';
import { writtenDay, writtenInstant } from './dates.ts';
import { button, type Content, element, filled, foreign } from './elements.ts';
import { heldAsOf } from './heldFiles.ts';
import type { IssuerLists } from './judgement.ts';
import { type Came, type OfflineCopy, COPY_NAME } from './offlineCopy.ts';
import { siteOf, updateCopy, worker } from './offlineUpdate.ts';
import type { Core } from './toolbox.ts';
import { toolWordsOf } from './toolWords.ts';
import type { Page } from './view.ts';

/** What stands below every scene: how old the lists are and what is kept on this device. */
export interface Freshness {
  /** Look again, and draw in the language the reader has now chosen. */
  redraw(): void;
}

/** Tell how old everything is, and begin to keep the page on this device; the verdict of a link waits for none of it. */
export function freshness(core: Core, page: Page): Freshness {
  let lists: readonly IssuerLists[] = [];
  let kept: OfflineCopy | null = null;
  let fault: ClockFault | null = null;
  let sent: Promise<Sent | null> | null = null;
  let opened = Date.now();
  // These stay while all around them is drawn again, and with them the reader's place on the page.
  const updating = button('', () => void update());
  const taking = button('', () => core.open('along'));
  const status = element('p', { role: 'status' });
  page.freshness.replaceChildren(element('div'), element('p', {}, ...(heldAsOf === undefined ? [updating] : []), taking), status);
  let came: Came | 'asking' | null = null;

  function draw(): void {
    const reader = core.reader();
    const { formats } = reader.messages;
    const words = toolWordsOf(reader.language).freshness;
    const instant = (at: number | string): string => writtenInstant(new Date(at).toISOString(), formats);
    const lines: (readonly Content[])[] = [];
    for (const { keys, manifest } of lists) {
      if (keys === null || manifest === null) continue;
      const until = Math.min(keys.validUntil, manifest.expires) * 1000;
      const name = foreign(keys.names.find(({ to }) => to === null)?.name ?? keys.issuer);
      const dates = { name, signed: day(manifest.issued * 1000), until: instant(until) };
      lines.push(filled(Date.now() > until ? words.ranOut : words.lists, dates));
    }
    if (lines.length === 0) lines.push([words.none]);
    if (kept !== null) {
      lines.push([words.kept], filled(words.asked, { date: instant(kept.asked) }));
      if (kept.refused.length > 0) lines.push([words.refused]);
    } else if (heldAsOf !== undefined) {
      lines.push(filled(words.newerFile, { address: siteOf(lists, 'verifier.html') }));
    } else if (!('serviceWorker' in navigator)) {
      lines.push([words.notKept]);
    }

    function day(at: number): string {
      return writtenDay(new Date(at).toISOString(), formats);
    }
    const signed = newestSigning(lists);
    const said = came === null ? '' : filled(words.came[came], { date: signed === null ? '' : day(signed) });
    updating.textContent = words.update;
    taking.textContent = words.along;
    status.replaceChildren(...said);
    page.freshness.firstElementChild!.replaceChildren(element('h2', {}, words.title), ...lines.map((line) => element('p', {}, ...line)));
    const warning = fault && filled(words.clock[fault.kind], { device: instant(Date.now()), other: instant(fault.other) });
    page.notice.replaceChildren(...(warning === null ? [] : [element('p', { class: 'clock', role: 'alert' }, ...warning)]));
  }

  async function look(): Promise<void> {
    lists = await core.lists();
    draw();
    // Asked once: whoever sets the clock opens the page again, or presses the button.
    sent ??= heldAsOf === undefined ? askedWhen() : Promise.resolve(null);
    fault = clockFault(opened, await sent, newestSigning(lists));
    draw();
    kept = (await worker()) === null ? null : await fetch(COPY_NAME).then((answer) => (answer.ok ? (answer.json() as Promise<OfflineCopy>) : null), () => null);
    draw();
  }

  async function update(): Promise<void> {
    came = 'asking';
    draw();
    const before = newestSigning(lists);
    const taken = await updateCopy('all');
    core.forget();
    sent = null;
    opened = Date.now();
    await look();
    const now = newestSigning(lists);
    // Without a worker nothing is kept, and what the site gives is all there is.
    came = taken ?? (now === null ? 'unreachable' : now > (before ?? 0) ? 'newer' : 'same');
    draw();
  }

  const again = (): void => void look().catch(() => undefined);
  // Who installs the page wants to scan without a connection too.
  addEventListener('appinstalled', () => void updateCopy('all').then(again));
  keepOnDevice(core).then(again, () => undefined);
  return { redraw: again };
}

/** Keep the page on this device. Where the browser has no service workers it simply needs its connection. */
async function keepOnDevice({ scriptAddress }: Core): Promise<void> {
  if (heldAsOf === undefined && 'serviceWorker' in navigator) await navigator.serviceWorker.register(scriptAddress('sw.js'));
}

function newestSigning(lists: readonly IssuerLists[]): number | null {
  const signed = lists.flatMap(({ manifest }) => (manifest === null ? [] : [manifest.issued * 1000]));
  return signed.length === 0 ? null : Math.max(...signed);
}

/** Ask the site for a small file, past every cache of this device, only for the date on its answer. */
async function askedWhen(): Promise<Sent | null> {
  const answer = await fetch('precache.json', { cache: 'no-store', redirect: 'error' }).catch(() => null);
  return answer && sentIn(answer.headers.get('date'), answer.headers.get('age'));
}
