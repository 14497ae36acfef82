/** Which types of work items a project has, and the fields that they know. */
import type { ProjectState } from "../world.ts";
import { processes, type WorkItemTypeData } from "./processes.ts";

export function typesOf(project: ProjectState | undefined): readonly WorkItemTypeData[] {
  return processes[project?.process ?? "Agile"];
}

export function findWorkItemType(project: ProjectState | undefined, name: string): WorkItemTypeData | undefined {
  const wanted = name.toLowerCase();
  return typesOf(project).find(
    (type) => type.name.toLowerCase() === wanted || type.referenceName.toLowerCase() === wanted,
  );
}

/** Fields that only some types have. */
const ofSomeTypes: readonly string[] = ["Microsoft.VSTS.Common.Severity", "Microsoft.VSTS.TCM.ReproSteps"];

/** A field of a type, as a project sees it. */
export interface TypeField {
  readonly referenceName: string;
  readonly name: string;
  readonly isRequired: boolean;
  readonly allowedValues?: readonly string[];
  readonly defaultValue?: unknown;
}

const severities = ["1 - Critical", "2 - High", "3 - Medium", "4 - Low"];

export function fieldsOf(project: ProjectState | undefined, type: WorkItemTypeData): readonly TypeField[] {
  const own = Object.entries(workItemFields).filter(
    ([name]) => !ofSomeTypes.includes(name) || type.fields.includes(name),
  );
  return [
    ...own.map(([referenceName, { name }]): TypeField => {
      const isRequired = ["System.Title", "System.State", "System.AreaId", "System.IterationId"].includes(
        referenceName,
      );
      if (referenceName === "System.State") {
        const allowedValues = type.states.map((state) => state.name);
        return { referenceName, name, isRequired, allowedValues, defaultValue: allowedValues[0] };
      }
      if (referenceName === "Microsoft.VSTS.Common.Priority")
        return { referenceName, name, isRequired, allowedValues: ["1", "2", "3", "4"], defaultValue: 2 };
      if (referenceName === "Microsoft.VSTS.Common.Severity")
        return { referenceName, name, isRequired, allowedValues: severities, defaultValue: "3 - Medium" };
      return { referenceName, name, isRequired };
    }),
    ...(project?.customFields ?? []).filter((field) => field.type === type.name),
  ];
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
