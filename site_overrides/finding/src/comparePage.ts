// The page that compares courses: asks this site for the facts of each, and lays them side by side.
import { askedCourses, comparisonQuery, type CourseFacts, differ, type Line, linesOn, readFacts } from "./comparison.ts";

/** Facts of a course; or that there is no such course; or that they could not be had. */
type Answer = CourseFacts | "unknown" | "unreadable";

export function startComparePage(document: Document, day: string): void {
  const page = document.getElementById("comparison");
  const table = page?.querySelector("table");
  if (page && table) void showComparison(page, table, day);
}

async function showComparison(page: HTMLElement, table: HTMLTableElement, day: string): Promise<void> {
  const asked = askedCourses(location.search);
  const answers = await Promise.all(asked.ids.map((id) => load(page.dataset["courses"] ?? "", id)));
  const courses = answers.filter((answer) => typeof answer === "object");
  const say = (name: string, value = "") => (page.dataset[name] ?? "").replace("%", () => value);
  const notes = [
    ...asked.strange.map((id) => say("unknown", id)),
    ...asked.ids.flatMap((id, at) => (typeof answers[at] === "string" ? [say(answers[at], id)] : [])),
    ...(asked.tooMany.length > 0 ? [say("tooMany", asked.tooMany.join(", "))] : []),
    ...(courses.length < 2 ? [say(courses.length === 0 ? "none" : "one")] : []),
  ];
  const list = page.querySelector("[data-notes]");
  list?.replaceChildren(...notes.map((text) => made(page.ownerDocument, "p", "notice", text)));
  const region = table.parentElement;
  if (region) region.hidden = courses.length === 0;
  fill(page, table, courses, day);
  for (const link of page.ownerDocument.querySelectorAll<HTMLAnchorElement>(".languages a[hreflang]")) {
    link.search = comparisonQuery(asked.ids);
  }
}

async function load(folder: string, id: string): Promise<Answer> {
  try {
    const answer = await fetch(`${folder}${id}/facts.json`);
    if (answer.status === 404) return "unknown";
    return answer.ok ? (readFacts(await answer.json(), id) ?? "unknown") : "unreadable";
  } catch {
    return "unreadable";
  }
}

function fill(page: HTMLElement, table: HTMLTableElement, courses: readonly CourseFacts[], day: string): void {
  const { ownerDocument: document } = page;
  const ids = courses.map(({ id }) => id);
  const head = table.tHead?.rows[0];
  while (head !== undefined && head.cells.length > 1) head.deleteCell(1);
  for (const course of courses) {
    const cell = document.createElement("th");
    cell.scope = "col";
    const link = document.createElement("a");
    link.href = `${page.dataset["courses"] ?? ""}${course.id}/`;
    link.append(shown(document, course.title));
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "comparison__remove";
    remove.textContent = "×";
    remove.setAttribute("aria-label", (page.dataset["remove"] ?? "%").replace("%", () => link.textContent ?? ""));
    remove.addEventListener("click", () => {
      history.replaceState(null, "", location.pathname + comparisonQuery(ids.filter((id) => id !== course.id)));
      void showComparison(page, table, day).then(() => (table.querySelector<HTMLElement>("button") ?? page).focus());
    });
    cell.append(link, remove);
    head?.append(cell);
  }
  for (const row of table.tBodies[0]?.rows ?? []) {
    const name = row.dataset["row"] ?? "";
    while (row.cells.length > 1) row.deleteCell(1);
    const differs = courses.length > 1 && differ(courses, name);
    row.classList.toggle("comparison__differs", differs);
    const mark = row.cells[0]?.querySelector<HTMLElement>("[data-differs]");
    if (mark) mark.hidden = !differs;
    for (const course of courses) row.append(cellOf(page, course, name, day));
  }
}

function cellOf(page: HTMLElement, course: CourseFacts, row: string, day: string): HTMLElement {
  const { ownerDocument: document } = page;
  const cell = document.createElement("td");
  const lines = linesOn(course, row, day, page.dataset["began"] ?? "", page.dataset["closed"] ?? "");
  if (row === "kind") {
    const badge = page.querySelector(`[data-badge="${CSS.escape(course.kind)}"] > *`);
    cell.append(badge?.cloneNode(true) ?? shown(document, lines[0] ?? ""));
  } else {
    for (const line of lines) {
      const paragraph = document.createElement("p");
      paragraph.append(shown(document, line));
      cell.append(paragraph);
    }
  }
  return cell;
}

function shown(document: Document, line: Line): Node {
  if (typeof line === "string") return document.createTextNode(line);
  const marked = document.createElement("bdi");
  marked.lang = line.lang;
  marked.textContent = line.text;
  return marked;
}

function made(document: Document, tag: string, className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
