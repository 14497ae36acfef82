/** The work-item types of the Agile process, which every project of the emulator has. */
export interface WorkItemTypeData {
  readonly name: string;
  readonly referenceName: string;
  readonly description: string;
  readonly color: string;
  readonly icon: string;
  readonly states: readonly WorkItemStateData[];
}

export interface WorkItemStateData {
  readonly name: string;
  readonly color: string;
  readonly category: "Proposed" | "InProgress" | "Resolved" | "Completed" | "Removed";
}

const states = {
  new: { name: "New", color: "b2b2b2", category: "Proposed" },
  active: { name: "Active", color: "007acc", category: "InProgress" },
  resolved: { name: "Resolved", color: "ff9d00", category: "Resolved" },
  closed: { name: "Closed", color: "339933", category: "Completed" },
  removed: { name: "Removed", color: "ffffff", category: "Removed" },
} as const;

const withResolved = [states.new, states.active, states.resolved, states.closed] as const;

export const workItemTypes: readonly WorkItemTypeData[] = [
  {
    name: "Bug",
    referenceName: "Microsoft.VSTS.WorkItemTypes.Bug",
    description:
      "Describes a divergence between required and actual behavior, and tracks the work done to correct the defect and verify the correction.",
    color: "CC293D",
    icon: "icon_insect",
    states: withResolved,
  },
  {
    name: "Task",
    referenceName: "Microsoft.VSTS.WorkItemTypes.Task",
    description: "Tracks work that needs to be done.",
    color: "F2CB1D",
    icon: "icon_clipboard",
    states: [states.new, states.active, states.closed, states.removed],
  },
  {
    name: "User Story",
    referenceName: "Microsoft.VSTS.WorkItemTypes.UserStory",
    description: "Tracks an activity the user will be able to perform with the product",
    color: "009CCC",
    icon: "icon_book",
    states: [...withResolved, states.removed],
  },
  {
    name: "Issue",
    referenceName: "Microsoft.VSTS.WorkItemTypes.Issue",
    description: "Tracks an obstacle to progress.",
    color: "B4009E",
    icon: "icon_traffic_cone",
    states: [states.active, states.closed],
  },
  {
    name: "Feature",
    referenceName: "Microsoft.VSTS.WorkItemTypes.Feature",
    description: "Tracks a feature that will be released with the product",
    color: "773B93",
    icon: "icon_trophy",
    states: [...withResolved, states.removed],
  },
  {
    name: "Epic",
    referenceName: "Microsoft.VSTS.WorkItemTypes.Epic",
    description: "Epics help teams effectively manage and groom their product backlog",
    color: "FF7B00",
    icon: "icon_crown",
    states: [...withResolved, states.removed],
  },
];

export function findWorkItemType(name: string): WorkItemTypeData | undefined {
  const wanted = name.toLowerCase();
  return workItemTypes.find(
    (type) => type.name.toLowerCase() === wanted || type.referenceName.toLowerCase() === wanted,
  );
}

/** Fields by reference name, with their kind. */
export const workItemFields: Readonly<
  Record<string, { readonly name: string; readonly type: string; readonly readOnly?: boolean }>
> = {
  "System.Id": { name: "ID", type: "integer", readOnly: true },
  "System.Rev": { name: "Rev", type: "integer", readOnly: true },
  "System.Title": { name: "Title", type: "string" },
  "System.State": { name: "State", type: "string" },
  "System.Reason": { name: "Reason", type: "string" },
  "System.WorkItemType": { name: "Work Item Type", type: "string", readOnly: true },
  "System.TeamProject": { name: "Team Project", type: "string", readOnly: true },
  "System.AreaPath": { name: "Area Path", type: "treePath" },
  "System.IterationPath": { name: "Iteration Path", type: "treePath" },
  "System.AssignedTo": { name: "Assigned To", type: "string" },
  "System.CreatedBy": { name: "Created By", type: "string", readOnly: true },
  "System.CreatedDate": { name: "Created Date", type: "dateTime", readOnly: true },
  "System.ChangedBy": { name: "Changed By", type: "string", readOnly: true },
  "System.ChangedDate": { name: "Changed Date", type: "dateTime", readOnly: true },
  "System.CommentCount": { name: "Comment Count", type: "integer", readOnly: true },
  "System.Description": { name: "Description", type: "html" },
  "System.History": { name: "History", type: "history" },
  "System.Tags": { name: "Tags", type: "plainText" },
  "Microsoft.VSTS.TCM.ReproSteps": { name: "Repro Steps", type: "html" },
  "Microsoft.VSTS.Common.Priority": { name: "Priority", type: "integer" },
  "Microsoft.VSTS.Common.Severity": { name: "Severity", type: "string" },
  "Microsoft.VSTS.Common.StateChangeDate": { name: "State Change Date", type: "dateTime" },
};
