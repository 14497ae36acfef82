/** The kinds of checks that pipelines know, by the ids that they have everywhere, and what each must say of itself. */
import { bodyObject, textOf } from "../query-values.ts";
import { type Call, Refusal } from "../route.ts";

export const checkTypes = {
  approval: { id: "8c6f20a7-a545-4486-9777-f762fafe0d4d", name: "Approval" },
  task: { id: "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7", name: "Task Check" },
  extends: { id: "4020e66e-b0f3-47e1-bc88-48f3cc59b5f3", name: "ExtendsCheck" },
  exclusiveLock: { id: "2ef31ad6-baa0-403a-8b45-2cbc9b4e5563", name: "ExclusiveLock" },
} as const;

/** Checks that a task of the service makes. */
export const taskChecks = {
  branchControl: { id: "86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b", name: "evaluatebranchProtection", version: "0.0.1" },
  businessHours: { id: "445fde2f-6c39-441c-807f-8a59ff2e075f", name: "evaluateBusinessHours", version: "0.0.1" },
} as const;

type CheckType = (typeof checkTypes)[keyof typeof checkTypes];

export function requireCheckType(value: unknown): CheckType {
  const { id, name } = bodyObject({ body: value });
  const wanted = (textOf(id) ?? textOf(name) ?? "").toLowerCase();
  const found = Object.values(checkTypes).find((one) => one.id === wanted || one.name.toLowerCase() === wanted);
  if (found) return found;
  throw invalid(`Check type ${wanted || "(none)"} is not valid.`);
}

export function invalid(message: string): Refusal {
  return new Refusal(
    400,
    "InvalidCheckConfigurationException",
    message,
    "Microsoft.Azure.Pipelines.Checks.WebApi.InvalidCheckConfigurationException, Microsoft.Azure.Pipelines.Checks.WebApi",
  );
}

/** The settings of a body, refused where their kind cannot work with them. */
export function requireSettings(call: Pick<Call, "body">, type: CheckType): Readonly<Record<string, unknown>> {
  const settings = bodyObject({ body: bodyObject(call).settings });
  if (type === checkTypes.approval) {
    const { approvers } = settings;
    if (!Array.isArray(approvers) || approvers.length === 0) throw invalid("An approval needs at least one approver.");
  }
  if (type === checkTypes.task && textOf(bodyObject({ body: settings.definitionRef }).id) === undefined)
    throw invalid("A task check needs a definitionRef.");
  if (type === checkTypes.extends && !Array.isArray(settings.extendsChecks))
    throw invalid("A required template check needs extendsChecks.");
  return settings;
}
