// @ts-check
// A code's address whose # some program turned into %23: offer the address as it was printed.
"use strict";

(() => {
  const [before, code] = location.pathname.split(/%23/i);
  if (before === undefined || code === undefined || !/\/v\/?$/.test(before) || !/^[0-9 -]+$/.test(decodeURIComponent(code))) return;
  const mended = `${before.replace(/\/?$/, "/")}#${code}`;
  for (const paragraph of document.querySelectorAll(".not-found__mended")) {
    const link = paragraph.querySelector("a");
    if (!(paragraph instanceof HTMLElement) || link === null) continue;
    link.href = mended;
    paragraph.hidden = false;
  }
})();
