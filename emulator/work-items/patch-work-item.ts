/** Applies a JSON patch document to a work item: fields and relations, checked as the real service checks them. */
import { isRecord, plain } from "../pull-requests/request-body.ts";
import { type Call, Refusal } from "../route.ts";
import { identityRef } from "../shapes.ts";
import type { ProjectState, WorkItemState, World } from "../world.ts";
import { workItemRefusal } from "./find-work-item.ts";
import type { WorkItemTypeData } from "./processes.ts";
import { fieldsOf, findWorkItemType, workItemFields } from "./work-item-types.ts";

export interface PatchResult {
  readonly fields: Record<string, unknown>;
  readonly relations: Record<string, unknown>[];
  /** A comment that came as `System.History`. */
  readonly history?: string;
}

/** The operations of a request; anything but a JSON patch is refused by its content type. */
export function patchDocument(call: Call): Record<string, unknown>[] {
  const type = (call.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json-patch+json")
    throw new Refusal(
      415,
      "VssRequestContentTypeNotSupportedException",
      `The request indicated a Content-Type of "${type}" for method type "${call.method}" which is not supported. Valid content types for this method are: application/json-patch+json.`,
      "Microsoft.VisualStudio.Services.WebApi.VssRequestContentTypeNotSupportedException, Microsoft.VisualStudio.Services.WebApi",
    );
  if (!Array.isArray(call.body) || call.body.length === 0)
    throw new Refusal(
      400,
      "VssPropertyValidationException",
      "You must pass a valid patch document in the body of the request.",
      "Microsoft.VisualStudio.Services.Common.VssPropertyValidationException, Microsoft.VisualStudio.Services.Common",
    );
  return call.body.filter(isRecord);
}

export function applyPatch(
  call: Call,
  world: World,
  item: Pick<WorkItemState, "rev" | "fields" | "relations" | "projectId">,
  operations: readonly Record<string, unknown>[],
): PatchResult {
  const fields = { ...item.fields };
  const relations = [...item.relations];
  const doomed = new Set<Record<string, unknown>>();
  let history: string | undefined;
  for (const { op, path, value } of operations) {
    const [, root = "", name = ""] = String(path).split("/");
    const isRemove = op === "remove" || op === 1;
    if (op === "test" || op === 5) testRevision(root, value, item.rev);
    else if (root === "fields") {
      if (name === "System.History") history = String(value);
      else if (isRemove) delete fields[name];
      else fields[name] = fieldValue(call, world, name, value);
    } else if (root === "relations") {
      if (!isRemove) relations.push(relation(value));
      else {
        const target = item.relations[Number(name)];
        if (!target)
          throw workItemRefusal(
            400,
            "WorkItemResourceLinkNotFoundException",
            `TF401349: The relation ${name} does not exist.`,
          );
        doomed.add(target);
      }
    } else throw workItemRefusal(400, "InvalidPatchFieldNameException", `TF51535: Cannot find field ${String(path)}.`);
  }
  checkFields(call.organization.projects.get(item.projectId), fields);
  return {
    fields,
    relations: relations.filter((one) => !doomed.has(one)),
    ...(history === undefined ? {} : { history }),
  };
}

function testRevision(root: string, value: unknown, rev: number): void {
  if (root !== "rev" || value === rev) return;
  throw new Refusal(
    412,
    "TestPatchOperationFailedException",
    "VS403351: Test Operation for path /rev failed.",
    "Microsoft.VisualStudio.Services.WebApi.Patch.TestPatchOperationFailedException, Microsoft.VisualStudio.Services.WebApi",
  );
}

function fieldValue(call: Call, world: World, name: string, value: unknown): unknown {
  if (name === "System.AssignedTo") return assignee(call, world, value);
  const known = workItemFields[name];
  if (!known && !/^(System|Microsoft\.VSTS|Custom)\.[\w.]+$/.test(name))
    throw workItemRefusal(400, "InvalidFieldReferenceException", `TF51535: Cannot find field ${name}.`);
  if (known?.type === "integer" && typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  return value;
}

function assignee(call: Call, world: World, value: unknown): unknown {
  const wanted = String(isRecord(value) ? (value.uniqueName ?? value.id ?? value.displayName) : value).toLowerCase();
  const user = [...world.users.values()].find((one) =>
    [one.id, one.mail.toLowerCase(), one.displayName.toLowerCase()].includes(wanted),
  );
  if (user) return identityRef(world, user, call.organization);
  throw workItemRefusal(
    400,
    "RuleValidationException",
    "TF401320: Rule Error for field Assigned To. Error code: InvalidNotOldValue.",
  );
}

function relation(value: unknown): Record<string, unknown> {
  if (!isRecord(value) || typeof value.rel !== "string" || typeof value.url !== "string")
    throw workItemRefusal(400, "WorkItemLinkInvalidException", "TF401350: A relation needs rel and url.");
  return { rel: value.rel, url: value.url, attributes: isRecord(value.attributes) ? value.attributes : {} };
}

function checkFields(project: ProjectState | undefined, fields: Readonly<Record<string, unknown>>): void {
  const title = fields["System.Title"];
  if (typeof title !== "string" || title.trim() === "")
    throw workItemRefusal(
      400,
      "RuleValidationException",
      "TF401320: Rule Error for field Title. Error code: Required, HasValues, LimitedToValues, AllowsOldValue, InvalidEmpty.",
    );
  if (title.length > 255)
    throw workItemRefusal(400, "RuleValidationException", "TF401324: Value for field 'System.Title' is too long.");
  const type = findWorkItemType(project, String(fields["System.WorkItemType"]));
  if (type) checkOwnFields(project, type, fields);
  if (!type?.states.some((state) => state.name === fields["System.State"]))
    throw workItemRefusal(
      400,
      "RuleValidationException",
      `TF401320: Rule Error for field State. Error code: HasValues, LimitedToValues, AllowsOldValue, InvalidNotOldValue. The value '${String(fields["System.State"])}' is not supported.`,
    );
}

/** What a type demands beside, and the values that it takes. */
function checkOwnFields(
  project: ProjectState | undefined,
  type: WorkItemTypeData,
  fields: Readonly<Record<string, unknown>>,
): void {
  checkPath(project, "Area", project?.areas, fields["System.AreaPath"]);
  checkPath(project, "Iteration", project?.iterations, fields["System.IterationPath"]);
  for (const field of fieldsOf(project, type)) {
    const { referenceName, name, isRequired, allowedValues, defaultValue } = field;
    if (referenceName === "System.State" || referenceName === "System.Title") continue;
    const value = fields[referenceName];
    const text = isRecord(value) ? "an object" : plain(value);
    if (text === "" && isRequired && defaultValue === undefined) throw ruleError(name, "Required, InvalidEmpty.");
    if (text !== "" && allowedValues && !allowedValues.includes(text)) {
      const codes = "HasValues, LimitedToValues, AllowsOldValue, InvalidNotOldValue.";
      throw ruleError(name, `${codes} The value '${text}' is not supported.`);
    }
  }
}

function ruleError(field: string, codes: string): Refusal {
  return workItemRefusal(
    400,
    "RuleValidationException",
    `TF401320: Rule Error for field ${field}. Error code: ${codes}`,
  );
}

function checkPath(
  project: ProjectState | undefined,
  kind: "Area" | "Iteration",
  under: readonly string[] = [],
  value: unknown,
): void {
  const known = project ? [project.name, ...under.map((path) => `${project.name}\\${path}`)] : [];
  if (known.some((path) => path.toLowerCase() === String(value).toLowerCase())) return;
  throw workItemRefusal(
    400,
    "WorkItemFieldInvalidTreeNameException",
    `TF401347: Invalid tree name given for work item -1, field 'System.${kind}Path'.`,
  );
}
