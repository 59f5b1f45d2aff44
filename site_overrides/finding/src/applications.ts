// What was true of a batch on the day of the build and is not on the day of reading.

/** Say of applications that have closed or opened since, and of batches that have begun, that they have. */
export function renewStandings(document: Document, day: string): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-closes]")) {
    if (day > (element.dataset["closes"] ?? "")) element.replaceWith(standing(document, "closed", element.dataset["closed"]));
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-opens]")) {
    const { opens, until, opened, closed } = element.dataset;
    if (until !== undefined && day > until) element.replaceWith(standing(document, "closed", closed));
    else if (opens !== undefined && day >= opens) element.replaceWith(standing(document, "open", opened));
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-starts]")) {
    if (day >= (element.dataset["starts"] ?? "")) element.textContent = element.dataset["began"] ?? "";
  }
}

function standing(document: Document, name: string, text: string | undefined): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `standing standing--${name}`;
  mark.textContent = text ?? "";
  return mark;
}
