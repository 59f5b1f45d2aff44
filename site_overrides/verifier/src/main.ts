import { sha256 } from '@noble/hashes/sha2.js';
import { hexOf } from './bytes.ts';
import type { Freshness } from './freshness.ts';
import { type Centre, issuerLists, judge, meetCentre } from './judgement.ts';
import { forgetFetched } from './loader.ts';
import { preferredLanguage, speakTo } from './languageChoice.ts';
import { type Reader, readerOf } from './messages.ts';
import { pinnedIssuers } from './pinnedIssuers.ts';
import { timeZoneOf } from './result.ts';
import { type Core, type OpenTool, toolbox, type ToolName } from './toolbox.ts';
import { scriptAddress } from './trustedScripts.ts';
import { type Actions, drawHeader, drawScene, drawSurroundings, lackingView, layPage, type Scene } from './view.ts';
import { digitsInFragment, type Given } from './ways.ts';

const issuers = pinnedIssuers();
const page = layPage(document.getElementById('asnad-verifier') ?? document.body);
const framed = window.top !== window;
let scene: Scene = framed ? { kind: 'framed' } : { kind: 'start' };
let centre: Centre | null = null;
let language = preferredLanguage();
/** Counts what was given, so that a late judgement never takes the place of a newer one. */
let turn = 0;
let tool: OpenTool | null = null;
let freshness: Freshness | null = null;

const actions: Actions = {
  give(given) {
    remember('pushState', given);
    void check(given);
  },
  startAgain() {
    remember('pushState', null);
    start();
  },
  open(name) {
    void openTool(name);
  },
  speak(chosen) {
    language = chosen;
    // A language in the address would win again at the next load.
    if (!framed) remember('replaceState', history.state as Given | null, location.pathname);
    greet();
    draw();
  },
};

const core: Core = {
  reader: () => readerOf(language),
  give: actions.give,
  open: actions.open,
  judge: (input) => judge(input, issuers),
  lists: () => issuerLists(issuers),
  forget: forgetFetched,
  digest: (bytes) => hexOf(sha256(bytes)),
  close: start,
  scriptAddress,
};

function greet(): void {
  const reader = readerOf(language);
  speakTo(reader);
  drawHeader(page, reader, actions);
}

function draw(): void {
  const reader = readerOf(language);
  document.title = scene.kind === 'result' ? reader.messages.outcome[scene.judgement.report.outcome].word : reader.messages.title;
  if (tool === null) drawScene(page, scene, reader, actions);
  else tool.redraw();
  void complete(reader);
  surround();
}

/** Add what the verdict does not wait for: every signed field, what can be done with the certificate, how old the lists are. */
async function complete(reader: Reader): Promise<void> {
  if (framed || scene.kind === 'checking') return;
  // The scene of now: another may stand before the tools have come.
  const judged = scene.kind === 'result' ? scene : null;
  const article = page.scene.querySelector('[data-outcome]');
  const tools = await toolbox().catch(() => null);
  if (tools === null) {
    article?.append(lackingView(reader, draw));
    return;
  }
  if (judged !== null) article?.append(tools.result({ ...judged, reader, timeZone: timeZoneOf(judged.judgement.report), open: actions.open }));
  freshness ??= tools.freshness(core, page);
  freshness.redraw();
}

function surround(): void {
  drawSurroundings(page, scene, centre, readerOf(language));
}

function show(next: Scene): void {
  tool?.close();
  tool = null;
  scene = next;
  draw();
  scrollTo(0, 0);
  focusTitle();
}

/** Let screen readers begin at the outcome or the title; the address above it stays in sight. */
function focusTitle(): void {
  document.querySelector<HTMLElement>('h1[tabindex]')?.focus({ preventScroll: true });
}

async function openTool(name: ToolName): Promise<void> {
  turn += 1;
  const mine = turn;
  show({ kind: 'start' });
  const tools = await toolbox().catch(() => null);
  if (mine !== turn) return;
  if (tools === null) {
    show({ kind: 'start', lacking: name });
    return;
  }
  tool = tools[name](core);
  page.scene.replaceChildren(tool.view);
  focusTitle();
}

function start(): void {
  void openTool('start');
}

async function check(given: Given): Promise<void> {
  turn += 1;
  const mine = turn;
  show({ kind: 'checking' });
  const next = await judge(given.input, issuers).then(
    (judgement): Scene => ({ kind: 'result', judgement, given }),
    (): Scene => ({ kind: 'fault' }),
  );
  if (mine !== turn) return;
  if (next.kind === 'result') centre = next.judgement.centre ?? centre;
  try {
    show(next);
  } catch {
    show({ kind: 'fault' });
  }
}

/** Take a certificate out of the address, so that it is neither bookmarked nor copied by chance; a reload keeps it. */
function takeFragment(): boolean {
  const digits = digitsInFragment(location.hash);
  if (digits === '') return false;
  const given = { input: { digits }, host: null };
  remember('replaceState', given);
  void check(given);
  return true;
}

function resume(): void {
  const state = history.state as (Given & { readonly tool?: ToolName }) | null;
  if (state?.input) void check(state);
  else actions.open(state?.tool ?? 'start');
}

function remember(how: 'pushState' | 'replaceState', given: Given | null, address = location.pathname + location.search): void {
  try {
    history[how](given, '', address);
  } catch {
    // Some browsers keep no such history for a file; the check goes on without it.
  }
}

greet();
if (framed) {
  draw();
} else {
  addEventListener('hashchange', takeFragment);
  addEventListener('popstate', () => {
    // A new fragment is also announced by hashchange, which comes after and takes it.
    if (location.hash.length < 2) resume();
  });
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  if (!takeFragment()) resume();
  void meetCentre(issuers).then((met) => {
    centre ??= met;
    surround();
  });
}
