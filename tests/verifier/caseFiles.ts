/** The table of cases in tests/cases: reading a case and what a verifier holds in it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { IssuerTrust, SeenVersions, Trust } from '../../site_overrides/verifier/src/trust.ts';
import type { Input } from '../../site_overrides/verifier/src/verify.ts';

const CASES = join(import.meta.dirname, '..', 'cases');
const SITES = join(CASES, 'sites');

export interface Case {
  readonly comment: string;
  readonly input: Input;
  readonly trust: Trust;
  /** Seconds since 1970. */
  readonly at: number;
}

export interface Expected {
  readonly outcome: string;
  /** Reasons by the checks that fail. */
  readonly failed: Readonly<Record<string, string>>;
  readonly asOf?: string | null;
}

interface CaseFile {
  readonly comment: string;
  readonly input: string;
  readonly at: string;
  readonly trust: readonly { readonly did: string; readonly rootKeys: readonly string[]; readonly site: string }[];
  readonly seen?: Readonly<Record<string, SeenVersions>>;
  /** Names of files in `d` of the trusted sites; all where absent. */
  readonly dictionaries?: readonly string[];
}

export function caseNames(): readonly string[] {
  return readdirSync(CASES).filter((name) => existsSync(join(CASES, name, 'case.json')));
}

export function readCase(name: string): Case {
  const described = readJson(join(CASES, name, 'case.json')) as CaseFile;
  assertMembers(described, ['comment', 'input', 'at', 'trust'], ['seen', 'dictionaries']);
  const bytes = new Uint8Array(readFileSync(join(CASES, name, described.input)));
  assert.ok(described.input === 'credential.json' || described.input === 'digits.txt');
  return {
    comment: described.comment,
    input: described.input === 'credential.json' ? { document: bytes } : { digits: new TextDecoder().decode(bytes) },
    trust: trustOf(described),
    at: Date.parse(described.at) / 1000,
  };
}

export function readExpected(name: string): Expected {
  const expected = readJson(join(CASES, name, 'expected.json')) as Expected;
  assertMembers(expected, ['outcome', 'failed'], ['asOf']);
  return expected;
}

function trustOf({ trust, seen, dictionaries }: CaseFile): Trust {
  const issuers = trust.map((trusted): IssuerTrust => {
    assertMembers(trusted, ['did', 'rootKeys', 'site'], []);
    const { did, rootKeys, site } = trusted;
    return { did, rootKeys, files: filesOf(join(SITES, site)), seen: seen?.[did] ?? null };
  });
  const held = issuers.flatMap(({ files }) => [...files].filter(([path]) => path.startsWith('d/')));
  const named = held.filter(([path]) => dictionaries?.includes(path.slice('d/'.length)) ?? true);
  return { issuers, dictionaries: named.map(([, bytes]) => bytes) };
}

function filesOf(site: string): ReadonlyMap<string, Uint8Array> {
  const entries = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [relative(site, path).split(sep).join('/'), new Uint8Array(readFileSync(path))]));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf-8'));
}

function assertMembers(object: object, required: readonly string[], optional: readonly string[]): void {
  const members = Object.keys(object);
  assert.deepEqual(
    required.filter((member) => !members.includes(member)),
    [],
  );
  assert.deepEqual(
    members.filter((member) => !required.includes(member) && !optional.includes(member)),
    [],
  );
}
