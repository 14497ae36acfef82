/** What a check on a resource asks for. The types of checks have the same ids everywhere; their texts are named by people. */
import type { CheckSettings } from "#model/posture/resource-facts.ts";
import { inner, isWire, optionalNumber, optionalText, type Wire } from "../read-wire.ts";

const approval = "8c6f20a7-a545-4486-9777-f762fafe0d4d";
const task = "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7";
const requiredTemplate = "4020e66e-b0f3-47e1-bc88-48f3cc59b5f3";
const exclusiveLock = "2ef31ad6-baa0-403a-8b45-2cbc9b4e5563";
const branchControlTask = "86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b";
const businessHoursTask = "445fde2f-6c39-441c-807f-8a59ff2e075f";

interface WireCheck {
  readonly typeId: string;
  readonly typeName: string;
  readonly settings: unknown;
}

/** Undefined if it cannot be known without settings, and there are none. */
export function readCheckSettings({ typeId, typeName, settings }: WireCheck): CheckSettings | undefined {
  const id = typeId.toLowerCase();
  if (id === exclusiveLock) return { is: "exclusive-lock", name: typeName };
  const isTold = [approval, task, requiredTemplate].includes(id);
  if (!isWire(settings)) return isTold ? undefined : { is: "other", name: typeName };
  if (id === approval) return readApproval(settings);
  if (id === requiredTemplate) return readTemplates(settings);
  return id === task ? readTask(settings, typeName) : { is: "other", name: typeName };
}

function readApproval(settings: Wire): CheckSettings {
  const approvers: readonly unknown[] = Array.isArray(settings.approvers) ? settings.approvers : [];
  return {
    is: "approval",
    approvers: approvers.filter(isWire).map(readApprover),
    minimum: optionalNumber(settings, "minRequiredApprovers") ?? 0,
    requesterMayApprove: settings.requesterCannotBeApprover !== true,
  };
}

function readApprover(wire: Wire): Extract<CheckSettings, { is: "approval" }>["approvers"][number] {
  const id = optionalText(wire, "id") ?? "";
  const descriptor = optionalText(wire, "descriptor");
  const isGroup = wire.isContainer === true || /^(vssgp|aadgp)\./i.test(descriptor ?? "");
  return {
    id: id.toLowerCase(),
    name: optionalText(wire, "displayName") ?? id,
    ...(descriptor !== undefined && { descriptor }),
    ...(isGroup && { isGroup }),
  };
}

function readTemplates(settings: Wire): CheckSettings {
  const templates: readonly unknown[] = Array.isArray(settings.extendsChecks) ? settings.extendsChecks : [];
  return {
    is: "required-template",
    templates: templates.filter(isWire).map((wire) => ({
      repositoryType: optionalText(wire, "repositoryType") ?? "",
      repository: optionalText(wire, "repositoryName") ?? "",
      ref: optionalText(wire, "repositoryRef") ?? "",
      path: optionalText(wire, "templatePath") ?? "",
    })),
  };
}

/** Branch control and business hours are tasks that the service brings; people call them as they like. */
function readTask(settings: Wire, typeName: string): CheckSettings {
  const definition = inner(settings, "definitionRef");
  const id = optionalText(definition, "id")?.toLowerCase();
  const name = optionalText(definition, "name")?.toLowerCase() ?? "";
  const inputs = inner(settings, "inputs");
  const title = optionalText(settings, "displayName") ?? typeName;
  if (id === branchControlTask || name === "evaluatebranchprotection" || "allowedBranches" in inputs) {
    return {
      is: "branch-control",
      allowedBranches: (optionalText(inputs, "allowedBranches") ?? "")
        .split(",")
        .map((branch) => branch.trim())
        .filter((branch) => branch !== ""),
      ensuresProtection: isTrue(inputs.ensureProtectionOfBranch),
      allowsUnknownStatus: isTrue(inputs.allowUnknownStatusBranch),
    };
  }
  const isHours = id === businessHoursTask || name === "evaluatebusinesshours";
  return { is: isHours ? "business-hours" : "other", name: title };
}

/** Inputs of tasks are texts. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}
