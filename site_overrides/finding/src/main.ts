// What a page of the catalogue cannot know when it is made: the day on which it is read, and what its reader looks for.
// Without this script every course and every date stands on the pages all the same.
import { renewStandings } from "./applications.ts";
import { dayAt } from "./centreDay.ts";
import { startComparePage } from "./comparePage.ts";
import { startCompareTray } from "./compareTray.ts";
import { startCourseList } from "./courseList.ts";

const script = document.currentScript;
const day = dayAt(new Date(), script instanceof HTMLElement ? script.dataset["timeZone"] : undefined);
renewStandings(document, day);
startCompareTray(document);
startCourseList(document, day);
startComparePage(document, day);
