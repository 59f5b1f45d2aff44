/** Give what was remembered under a name; null where there is nothing, or where the browser refuses to tell. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remember a text on this device. Where the browser refuses, the next visit is like a first one. */
export function remember(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Nothing is claimed that rests on it.
  }
}
