// Cards in another order than that of the page. They are copies: to move a thousand cards takes longer than a keystroke.

/** More cards than one sees at once; they stand there as soon as the list changes. */
const AT_ONCE = 40;
/** How many follow in each of the moments after that. */
const FOLLOWING = 80;

export class OrderedList {
  readonly #section: HTMLElement;
  readonly #cards: readonly HTMLElement[];
  #list: HTMLElement;
  #waiting: readonly number[] = [];
  #timer = 0;

  constructor(section: HTMLElement, cards: readonly HTMLElement[]) {
    this.#section = section;
    this.#cards = cards;
    this.#list = section.querySelector<HTMLElement>(".course-cards") ?? section;
    // Paper has all of them.
    addEventListener("beforeprint", () => this.#append(this.#waiting.length));
  }

  /** Show these cards in this order, or nothing at all. */
  show(places: readonly number[]): void {
    clearTimeout(this.#timer);
    const fresh = this.#list.cloneNode(false) as HTMLElement;
    this.#list.replaceWith(fresh);
    this.#list = fresh;
    this.#waiting = places;
    this.#section.hidden = places.length === 0;
    this.#append(AT_ONCE);
  }

  #append(number: number): void {
    const copies = this.#waiting.slice(0, number).flatMap((place) => {
      const copy = this.#cards[place]?.cloneNode(true) as HTMLElement | undefined;
      if (copy === undefined) return [];
      copy.hidden = false;
      return [copy];
    });
    this.#list.append(...copies);
    this.#waiting = this.#waiting.slice(number);
    this.#section.setAttribute("aria-busy", String(this.#waiting.length > 0));
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#append(FOLLOWING), 16) as unknown as number;
  }
}
