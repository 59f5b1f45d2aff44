// The courses that somebody has chosen to compare: ticked at a course, kept in this tab alone, sent nowhere.
import { comparisonQuery, MOST } from "./comparison.ts";

const KEPT_AS = "asnad-compare";

interface Chosen {
  readonly id: string;
  readonly title: string;
}

export function startCompareTray(document: Document): void {
  const tray = document.getElementById("compare-tray");
  if (tray === null || document.querySelector("[data-compare]") === null) return;
  const [number, list, said] = ["number", "list", "said"].map((name) => tray.querySelector<HTMLElement>(`[data-tray=${name}]`));
  const link = tray.querySelector<HTMLAnchorElement>("a[data-tray=go]");
  const clear = tray.querySelector<HTMLButtonElement>("button[data-tray=clear]");
  if (!number || !list || !said || !link || !clear) return;
  let chosen = read();

  const show = () => {
    for (const box of boxes(document)) box.checked = chosen.some(({ id }) => id === box.dataset["compare"]);
    tray.hidden = chosen.length === 0;
    number.textContent = (tray.dataset["number"] ?? "").replace("%", String(chosen.length));
    link.search = comparisonQuery(chosen.map(({ id }) => id));
    list.replaceChildren(
      ...chosen.map(({ id, title }) => {
        const chip = document.createElement("button");
        chip.type = "button";
        chip.className = "chip";
        chip.textContent = title;
        chip.setAttribute("aria-label", (tray.dataset["remove"] ?? "%").replace("%", () => title));
        chip.addEventListener("click", () => {
          choose(chosen.filter((other) => other.id !== id));
          (list.querySelector("button") ?? document.querySelector<HTMLElement>("main, [role=main], body"))?.focus();
        });
        const item = document.createElement("li");
        item.append(chip);
        return item;
      }),
    );
  };
  const choose = (next: readonly Chosen[]) => {
    chosen = next;
    said.textContent = "";
    keep(chosen);
    show();
  };
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.dataset["compare"] === undefined) return;
    const id = target.dataset["compare"];
    const others = chosen.filter((other) => other.id !== id);
    if (target.checked && others.length >= MOST) {
      target.checked = false;
      // Said anew each time, also where the same words stand there.
      said.textContent = "";
      setTimeout(() => (said.textContent = tray.dataset["full"] ?? ""), 50);
      return;
    }
    choose(target.checked ? [...others, { id, title: titleOf(target) }] : others);
  });
  clear.addEventListener("click", () => {
    const first = boxes(document).find((box) => box.checked && box.isConnected);
    choose([]);
    first?.focus();
  });
  addEventListener("pageshow", () => {
    chosen = read();
    show();
  });
  document.documentElement.classList.add("can-compare");
  show();
}

function boxes(document: Document): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>("input[data-compare]")];
}

function titleOf(box: HTMLInputElement): string {
  return box.closest("label")?.querySelector("[data-title]")?.textContent?.trim() ?? box.dataset["compare"] ?? "";
}

function read(): readonly Chosen[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter((item): item is Chosen => typeof item?.id === "string" && typeof item?.title === "string").slice(0, MOST);
  } catch {
    // A browser may keep nothing at all.
    return [];
  }
}

function keep(chosen: readonly Chosen[]): void {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(chosen));
  } catch {
    // Then the choice holds on this page alone.
  }
}
