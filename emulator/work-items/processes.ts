/** The four processes of the product: their types of work items, with states and fields. An inherited one adds fields of a project's own. */
export interface WorkItemTypeData {
  readonly name: string;
  readonly referenceName: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  readonly states: readonly WorkItemStateData[];
  /** Reference names beside those that every type has. */
  readonly fields: readonly string[];
}

export interface WorkItemStateData {
  readonly name: string;
  readonly color: string;
  readonly category: "Proposed" | "InProgress" | "Resolved" | "Completed" | "Removed";
}

export const processNames = ["Agile", "Scrum", "CMMI", "Basic"] as const;
export type ProcessName = (typeof processNames)[number];

const grey = "b2b2b2";
const blue = "007acc";
const green = "339933";
const state = {
  new: { name: "New", color: grey, category: "Proposed" },
  active: { name: "Active", color: blue, category: "InProgress" },
  resolved: { name: "Resolved", color: "ff9d00", category: "Resolved" },
  closed: { name: "Closed", color: green, category: "Completed" },
  removed: { name: "Removed", color: "ffffff", category: "Removed" },
  approved: { name: "Approved", color: grey, category: "Proposed" },
  committed: { name: "Committed", color: blue, category: "InProgress" },
  done: { name: "Done", color: green, category: "Completed" },
  toDo: { name: "To Do", color: grey, category: "Proposed" },
  doing: { name: "Doing", color: blue, category: "InProgress" },
  inProgress: { name: "In Progress", color: blue, category: "InProgress" },
  proposed: { name: "Proposed", color: grey, category: "Proposed" },
} as const satisfies Record<string, WorkItemStateData>;

const severity = "Microsoft.VSTS.Common.Severity";
const reproSteps = "Microsoft.VSTS.TCM.ReproSteps";

const bugWords =
  "Describes a divergence between required and actual behavior, and tracks the work done to correct the defect and verify the correction.";

const look = {
  Bug: ["CC293D", "icon_insect", bugWords, "Bug"],
  Task: ["F2CB1D", "icon_clipboard", "Tracks work that needs to be done.", "Task"],
  "User Story": [
    "009CCC",
    "icon_book",
    "Tracks an activity the user will be able to perform with the product",
    "UserStory",
  ],
  "Product Backlog Item": [
    "009CCC",
    "icon_list",
    "Tracks an activity the user will be able to perform with the product",
    "ProductBacklogItem",
  ],
  Requirement: ["009CCC", "icon_book", "Captures and tracks the development of a requirement.", "Requirement"],
  Issue: ["B4009E", "icon_traffic_cone", "Tracks an obstacle to progress.", "Issue"],
  Impediment: ["B4009E", "icon_traffic_cone", "Tracks an obstacle to progress.", "Impediment"],
  Feature: ["773B93", "icon_trophy", "Tracks a feature that will be released with the product", "Feature"],
  Epic: ["FF7B00", "icon_crown", "Epics help teams effectively manage and groom their product backlog", "Epic"],
} as const;

function type(
  name: keyof typeof look,
  states: readonly WorkItemStateData[],
  fields: readonly string[] = [],
): WorkItemTypeData {
  const [color, icon, description, reference] = look[name];
  const referenceName = `Microsoft.VSTS.WorkItemTypes.${reference}`;
  return { name, referenceName, description, color, icon, states, fields };
}

const { active, approved, closed, committed, doing, done, inProgress, proposed, removed, resolved, toDo } = state;
const agile = [state.new, active, resolved, closed];
const scrum = [state.new, approved, committed, done, removed];
const cmmi = [proposed, active, resolved, closed];
const basic = [toDo, doing, done];

export const processes: Readonly<Record<ProcessName, readonly WorkItemTypeData[]>> = {
  Agile: [
    type("Bug", agile, [severity, reproSteps]),
    type("Task", [state.new, active, closed, removed]),
    type("User Story", [...agile, removed]),
    type("Issue", [active, closed]),
    type("Feature", [...agile, removed]),
    type("Epic", [...agile, removed]),
  ],
  Scrum: [
    type("Bug", scrum, [severity, reproSteps]),
    type("Task", [toDo, inProgress, done, removed]),
    type("Product Backlog Item", scrum),
    type("Impediment", [{ ...state.new, name: "Open" }, { ...closed }]),
    type("Feature", [state.new, inProgress, done, removed]),
    type("Epic", [state.new, inProgress, done, removed]),
  ],
  CMMI: [
    type("Bug", cmmi, [severity, reproSteps]),
    type("Task", cmmi),
    type("Requirement", cmmi),
    type("Issue", cmmi),
    type("Feature", cmmi),
    type("Epic", cmmi),
  ],
  Basic: [type("Issue", basic), type("Task", basic), type("Epic", basic)],
};
