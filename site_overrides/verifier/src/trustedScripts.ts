/** The scripts of this site that the page may load after itself. */
export type ScriptName = 'sw.js' | 'tools.js' | 'tool-words.js' | 'codeReader.js';

const NAMES: readonly string[] = ['sw.js', 'tools.js', 'tool-words.js', 'codeReader.js'] satisfies readonly ScriptName[];

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (name: string) => string }): { createScriptURL(name: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** Give the address of a script beside the page or inside it, in the type that a browser with Trusted Types asks for. */
export function scriptAddress(name: ScriptName): string {
  // Made when it is needed: most links are judged without any.
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('asnad-scripts', { createScriptURL: namedScript });
  return policy?.createScriptURL(name) ?? namedScript(name);
}

function namedScript(name: string): string {
  if (!NAMES.includes(name)) throw new Error(`expected one of ${NAMES.join(', ')}, got ${name}`);
  const inside = document.getElementById(name);
  return inside === null ? name : URL.createObjectURL(new Blob([inside.textContent], { type: 'text/javascript' }));
}
