// @ts-check
// Two things that a page cannot know when it is made: what a reader looks for, and today's date.
// Without this script every course and every date stands on the page all the same.
"use strict";

(() => {
  /** Applications that closed after the site was built no longer look open. */
  function closeApplications() {
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    for (const element of document.querySelectorAll("[data-closes]")) {
      if (!(element instanceof HTMLElement) || today <= (element.dataset["closes"] ?? "")) continue;
      const closed = document.createElement("span");
      closed.className = "standing standing--closed";
      closed.textContent = element.dataset["closed"] ?? "";
      element.replaceWith(closed);
    }
  }

  /**
   * Arabic and Urdu keyboards have different letters that look the same, and marks that searchers leave out.
   * @param {string} text
   */
  function searchable(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/ي|ى/g, "ی").replace(/ك/g, "ک").replace(/ه|ة/g, "ہ");
  }

  /** @param {HTMLFormElement} form */
  function filterCourses(form) {
    const wanted = new FormData(form);
    /** @param {string} name */
    const choice = (name) => String(wanted.get(name) ?? "");
    const words = searchable(choice("text")).split(/\s+/).filter((word) => word !== "");
    let shown = 0;
    for (const card of document.querySelectorAll(".course-card")) {
      if (!(card instanceof HTMLElement)) continue;
      const text = searchable(card.dataset["text"] ?? "");
      const audience = choice("audience");
      const fits =
        (choice("kind") === "" || card.dataset["kind"] === choice("kind")) &&
        (choice("department") === "" || card.dataset["department"] === choice("department")) &&
        (audience === "" || card.dataset["audience"] === audience || card.dataset["audience"] === "any") &&
        words.every((word) => text.includes(word));
      card.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const section of document.querySelectorAll(".department-courses")) {
      if (section instanceof HTMLElement) section.hidden = section.querySelector(".course-card:not([hidden])") === null;
    }
    const result = document.querySelector(".course-filter__result");
    if (result instanceof HTMLElement) {
      result.textContent = shown === 0 ? result.dataset["none"] ?? "" : (result.dataset["number"] ?? "").replace("%", String(shown));
    }
  }

  closeApplications();
  const form = document.querySelector(".course-filter");
  if (form instanceof HTMLFormElement) {
    form.hidden = false;
    form.addEventListener("input", () => filterCourses(form));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
})();
