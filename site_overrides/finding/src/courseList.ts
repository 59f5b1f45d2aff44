// The page of all courses: searches, chooses and sorts the cards that stand on it. Without this script all of them show.
import { cleanQuery, orderOf, readState, type State, writeState } from "./addressState.ts";
import { type Batch, isOpen, nextStart } from "./centreDay.ts";
import { type Chosen, type Facet, fitting, type Held } from "./filters.ts";
import { indexOf, readSearchIndex, scores, type SearchIndex } from "./searchIndex.ts";
import { OrderedList } from "./orderedList.ts";
import { isOrder, sorted, type Sortable } from "./sorting.ts";

/** What `course_finder.py` writes into the page. */
interface Data {
  readonly facets: readonly [string, string[]][];
  readonly courses: readonly [
    id: string, choices: number[][], batches: Batch[], days: number, fee: [number, number] | null, hours: number,
  ][];
}

/** The facet whose choice depends on the day. */
const OPEN = "open";
/** Milliseconds without a letter after which the address takes up what was typed; browsers count how often it changes. */
const PAUSE = 200;

interface Parts {
  readonly form: HTMLFormElement;
  readonly query: HTMLInputElement;
  readonly order: HTMLSelectElement;
  readonly chips: HTMLElement;
  readonly clear: HTMLButtonElement;
  readonly result: HTMLElement;
  readonly flat: HTMLElement;
}

export function startCourseList(document: Document, day: string): void {
  const parts = findParts(document);
  const block = document.getElementById("finder-data");
  if (parts !== null && block !== null) new CourseList(parts, JSON.parse(block.textContent ?? "") as Data, day).start();
}

function findParts(document: Document): Parts | null {
  const find = <T extends HTMLElement>(id: string, kind: new () => T) => {
    const found = document.getElementById(id);
    return found instanceof kind ? found : null;
  };
  const form = find("finder", HTMLFormElement);
  const query = find("finder-query", HTMLInputElement);
  const order = find("finder-order", HTMLSelectElement);
  const chips = find("finder-chips", HTMLElement);
  const clear = find("finder-clear", HTMLButtonElement);
  const result = find("finder-result", HTMLElement);
  const flat = find("finder-list", HTMLElement);
  if (!form || !query || !order || !chips || !clear || !result || !flat) return null;
  return { form, query, order, chips, clear, result, flat };
}

/** A department on the page, and the places of its courses. */
interface Group {
  readonly section: HTMLElement;
  readonly places: readonly number[];
}

class CourseList {
  readonly #parts: Parts;
  readonly #document: Document;
  readonly #facets: readonly Facet[];
  readonly #held: Held;
  readonly #courses: readonly Sortable[];
  readonly #ids: readonly string[];
  readonly #cards: readonly HTMLElement[];
  readonly #groups: readonly Group[];
  readonly #ordered: OrderedList;
  readonly #boxes = new Map<string, HTMLInputElement>();
  readonly #numbers: readonly (readonly (HTMLElement | null)[])[];
  readonly #collator: Intl.Collator;
  #index: SearchIndex | null = null;
  #asked = false;
  #timer = 0;
  #state: State;

  constructor(parts: Parts, data: Data, day: string) {
    this.#parts = parts;
    this.#document = parts.form.ownerDocument;
    this.#facets = data.facets.map(([name, choices]) => ({ name, choices }));
    const open = this.#facets.findIndex(({ name }) => name === OPEN);
    this.#held = data.courses.map(([, choices, batches]) =>
      choices.map((own, facet) => (facet === open ? (batches.some((batch) => isOpen(batch, day)) ? [0] : []) : own)),
    );
    this.#cards = [...this.#document.querySelectorAll<HTMLElement>(".course-card")];
    this.#ids = data.courses.map(([id]) => id);
    this.#courses = data.courses.map(([, , batches, days, fee, hours], place) => ({
      title: this.#cards[place]?.querySelector("h3")?.textContent?.trim() ?? "",
      start: nextStart(batches, day),
      days,
      fee,
      hours,
    }));
    const placeOf = new Map(this.#cards.map((card, place) => [card, place]));
    this.#groups = [...this.#document.querySelectorAll<HTMLElement>(".department-courses")].map((section) => {
      const cards = section.querySelectorAll<HTMLElement>(".course-card");
      return { section, places: [...cards].flatMap((card) => placeOf.get(card) ?? []) };
    });
    this.#ordered = new OrderedList(parts.flat, this.#cards);
    for (const box of parts.form.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) {
      this.#boxes.set(`${box.name} ${box.value}`, box);
    }
    this.#numbers = this.#facets.map(({ name, choices }) =>
      choices.map((choice) => this.#box(name, choice)?.closest("label")?.querySelector<HTMLElement>("[data-count]") ?? null),
    );
    this.#collator = new Intl.Collator(this.#document.documentElement.lang, { sensitivity: "base", numeric: true });
    this.#state = readState(location.search, this.#facets);
  }

  start(): void {
    const { form, query, clear } = this.#parts;
    form.hidden = false;
    // On a wide screen there is room for the filters beside the list.
    const filters = form.querySelector<HTMLDetailsElement>(".finder__filters");
    if (filters !== null && matchMedia("(min-width: 60em)").matches) filters.open = true;
    query.addEventListener("focus", () => this.#askForIndex());
    query.addEventListener("input", () => this.#change({ ...this.#state, query: cleanQuery(query.value) }, "replace"));
    form.addEventListener("change", (event) => {
      if (event.target !== query) this.#change(this.#stateOfForm(), "push");
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#parts.result.scrollIntoView({ block: "nearest" });
    });
    clear.addEventListener("click", () => {
      this.#change({ query: "", chosen: new Map(), order: this.#state.order }, "push");
      this.#fillForm();
      query.focus();
    });
    addEventListener("popstate", () => this.#restore());
    for (const header of this.#document.querySelectorAll<HTMLFormElement>(".site-header form[role=search]")) {
      header.addEventListener("submit", (event) => {
        event.preventDefault();
        const typed = header.querySelector<HTMLInputElement>("input[name=q]");
        this.#change({ ...this.#state, query: cleanQuery(typed?.value ?? "") }, "push");
        this.#fillForm();
        if (typed) typed.value = "";
        query.focus();
      });
    }
    this.#restore();
  }

  #restore(): void {
    this.#state = readState(location.search, this.#facets);
    this.#fillForm();
    this.#show();
    this.#carryToOtherLanguages();
  }

  #box(name: string, value: string): HTMLInputElement | undefined {
    return this.#boxes.get(`${name} ${value}`);
  }

  #fillForm(): void {
    this.#parts.query.value = this.#state.query;
    for (const box of this.#boxes.values()) {
      box.checked = this.#state.chosen.get(box.name)?.has(box.value) ?? false;
      const filter = box.closest("details");
      if (box.checked && filter) filter.open = true;
    }
  }

  #stateOfForm(): State {
    const chosen = new Map<string, Set<string>>();
    for (const box of this.#boxes.values()) {
      if (box.checked) chosen.set(box.name, (chosen.get(box.name) ?? new Set()).add(box.value));
    }
    const order = this.#parts.order.value;
    return { query: cleanQuery(this.#parts.query.value), chosen, order: this.#orderChosen(order) };
  }

  /** Keep out of the address what the page would choose by itself. */
  #orderChosen(order: string): State["order"] {
    if (!isOrder(order)) return null;
    return orderOf({ ...this.#state, order: null }) === order ? null : order;
  }

  #change(state: State, way: "push" | "replace"): void {
    this.#state = state;
    this.#show();
    clearTimeout(this.#timer);
    if (way === "push") this.#keepInAddress("push");
    else this.#timer = setTimeout(() => this.#keepInAddress("replace"), PAUSE) as unknown as number;
  }

  #keepInAddress(way: "push" | "replace"): void {
    const address = location.pathname + writeState(this.#state, this.#facets);
    if (way === "push") history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    this.#carryToOtherLanguages();
  }

  /** The same list in another language. */
  #carryToOtherLanguages(): void {
    const written = writeState(this.#state, this.#facets);
    for (const link of this.#document.querySelectorAll<HTMLAnchorElement>(".languages a[hreflang]")) link.search = written;
  }

  #show(): void {
    const searching = this.#state.query.trim() !== "";
    if (searching) this.#askForIndex();
    const points = searching ? scores(this.#searched(), this.#state.query, this.#ids.length) : null;
    const found = (place: number) => points === null || (points[place] ?? 0) > 0;
    const { shown, counts } = fitting(this.#facets, this.#held, this.#state.chosen, found);
    const places = this.#ids.flatMap((_, place) => (shown[place] ? [place] : []));
    const order = orderOf(this.#state);
    if (order === "department") {
      this.#ordered.show([]);
      this.#cards.forEach((card, place) => hide(card, !shown[place]));
      for (const { section, places: own } of this.#groups) hide(section, !own.some((place) => shown[place]));
    } else {
      for (const { section } of this.#groups) hide(section, true);
      this.#ordered.show(sorted(places, this.#courses, order, { scores: points, collator: this.#collator }));
    }
    counts.forEach((numbers, facet) =>
      numbers.forEach((number, choice) => write(this.#numbers[facet]?.[choice] ?? null, `(${number})`)),
    );
    const { result, clear, order: select } = this.#parts;
    const none = places.length === 0;
    write(result, none ? (result.dataset["none"] ?? "") : (result.dataset["shown"] ?? "").replace("%", String(places.length)));
    const relevance = select.querySelector<HTMLOptionElement>("option[value=relevance]");
    if (relevance) relevance.hidden = relevance.disabled = !searching;
    select.value = order;
    clear.hidden = !searching && this.#state.chosen.size === 0;
    this.#showChips();
  }

  #showChips(): void {
    const { chips } = this.#parts;
    const remove = chips.dataset["remove"] ?? "%";
    const chosen = [...this.#boxes.values()].filter((box) => this.#chosen(this.#state.chosen, box));
    chips.hidden = chosen.length === 0;
    // The list is drawn again when the index has come; whoever stands on a chip by then must not be thrown off it.
    const shown = [...chips.querySelectorAll<HTMLElement>("[data-of]")].map((chip) => chip.dataset["of"]);
    if (shown.join("\n") === chosen.map(({ name, value }) => `${name} ${value}`).join("\n")) return;
    const made = chosen.map((box) => {
      const label = box.closest("label")?.querySelector("[data-label]")?.textContent ?? box.value;
      const chip = this.#document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.dataset["of"] = `${box.name} ${box.value}`;
      chip.textContent = label;
      chip.setAttribute("aria-label", remove.replace("%", () => `${box.dataset["facet"] ?? ""}: ${label}`));
      chip.addEventListener("click", () => this.#takeOut(box));
      const item = this.#document.createElement("li");
      item.append(chip);
      return item;
    });
    chips.replaceChildren(...made);
  }

  #chosen(chosen: Chosen, box: HTMLInputElement): boolean {
    return chosen.get(box.name)?.has(box.value) ?? false;
  }

  #takeOut(box: HTMLInputElement): void {
    const at = [...this.#parts.chips.querySelectorAll("button")].findIndex((chip) => chip === this.#document.activeElement);
    box.checked = false;
    this.#change(this.#stateOfForm(), "push");
    // Whoever takes out with the keyboard goes on where the chip was.
    const left = this.#parts.chips.querySelectorAll("button");
    (left[Math.min(Math.max(at, 0), left.length - 1)] ?? this.#parts.query).focus();
  }

  #searched(): SearchIndex {
    this.#index ??= indexOf(
      this.#cards.map((card, place) => ({
        title: `${this.#courses[place]?.title ?? ""} ${card.dataset["code"] ?? ""}`,
        text: card.querySelector(".course-card__summary")?.textContent ?? "",
      })),
    );
    return this.#index;
  }

  /** Fetch the index of all words when somebody is about to search; until it is here the cards' own words do. */
  #askForIndex(): void {
    const address = this.#parts.form.dataset["index"];
    if (this.#asked || address === undefined) return;
    this.#asked = true;
    fetch(address)
      .then(async (answer) => (answer.ok ? readSearchIndex(await answer.json(), this.#ids) : null))
      .then((index) => {
        if (index === null) return;
        this.#index = index;
        if (this.#state.query.trim() !== "") this.#show();
      })
      .catch(() => {
        // Without a connection the words on the cards are searched; the next visit tries again.
        this.#asked = false;
      });
  }
}

function hide(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

function write(element: HTMLElement | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}
