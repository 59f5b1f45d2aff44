/** The scripts of this site that the page may load after itself. */
export type ScriptName = 'sw.js' | 'tools.js' | 'tool-words.js' | 'codeReader.js';

const NAMES: readonly string[] = ['sw.js', 'tools.js', 'tool-words.js', 'codeReader.js'] satisfies readonly ScriptName[];

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (name: string) => string }): { createScriptURL(name: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Give the address of a script beside the page, in the type that a browser with Trusted Types asks for. */
export function scriptAddress(name: ScriptName): string {
  // Made when it is needed: the page in one file loads nothing, and its security policy admits none.
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('asnad-scripts', { createScriptURL: namedScript });
  return policy?.createScriptURL(name) ?? namedScript(name);
}

function namedScript(name: string): string {
  if (!NAMES.includes(name)) throw new Error(`expected one of ${NAMES.join(', ')}, got ${name}`);
  return name;
}
