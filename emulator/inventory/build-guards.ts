/** Setting guards in a few lines: checks on resources, and which pipelines may use them. */
import { nextId, type OrganizationState, type ProjectState, type User, type World } from "../world.ts";
import { checkTypes, taskChecks } from "./check-types.ts";
import { inventoryOf, type PipelineCheck } from "./inventory.ts";
import { grantsOf, resourceName } from "./resources.ts";

/** A resource as people have it at hand. */
export interface GuardedResource {
  readonly type: string;
  readonly id: string | number;
}

export interface Place {
  readonly world: World;
  readonly organization: OrganizationState;
  readonly project: ProjectState;
  /** Who sets it. */
  readonly by: User;
}

function addCheck(
  { world, organization, project, by }: Place,
  resource: GuardedResource,
  type: PipelineCheck["type"],
  settings: Readonly<Record<string, unknown>>,
): PipelineCheck {
  const at = { type: resource.type, id: String(resource.id).toLowerCase() };
  const name = resourceName(world, organization, project.id, at);
  if (name === undefined) throw new Error(`${project.name} has no ${at.type} ${at.id}`);
  const now = world.clock.now();
  const check: PipelineCheck = {
    id: nextId(world, `pipeline check ${organization.id}`),
    projectId: project.id,
    type,
    resource: { ...at, name },
    settings,
    timeout: 43_200,
    isDisabled: false,
    createdBy: by.id,
    createdOn: now,
    modifiedBy: by.id,
    modifiedOn: now,
  };
  inventoryOf(world, organization).checks.push(check);
  return check;
}

/** Nobody's run may use the resource before somebody approves. */
export function addApprovalCheck(
  place: Place,
  resource: GuardedResource,
  options: {
    /** People or groups, by their ids. */
    readonly approvers: readonly { readonly id: string }[];
    readonly minimum?: number;
    readonly requesterMayApprove?: boolean;
  },
): PipelineCheck {
  return addCheck(place, resource, checkTypes.approval, {
    approvers: options.approvers.map(({ id }) => ({ id })),
    executionOrder: "anyOrder",
    minRequiredApprovers: options.minimum ?? 0,
    instructions: "",
    blockedApprovers: [],
    requesterCannotBeApprover: !(options.requesterMayApprove ?? false),
  });
}

/** Only runs of these branches may use the resource. */
export function addBranchControl(
  place: Place,
  resource: GuardedResource,
  options: {
    readonly branches: readonly string[];
    readonly ensuresProtection?: boolean;
    readonly allowsUnknownStatus?: boolean;
  },
): PipelineCheck {
  return addCheck(place, resource, checkTypes.task, {
    displayName: "Branch control",
    definitionRef: taskChecks.branchControl,
    inputs: {
      allowedBranches: options.branches.join(","),
      ensureProtectionOfBranch: String(options.ensuresProtection ?? false),
      allowUnknownStatusBranch: String(options.allowsUnknownStatus ?? false),
    },
    retryInterval: 5,
    linkedVariableGroup: null,
  });
}

/** Only pipelines that extend the template may use the resource. */
export function addRequiredTemplate(
  place: Place,
  resource: GuardedResource,
  template: { readonly repository: string; readonly ref: string; readonly path: string },
): PipelineCheck {
  const { repository, ref, path } = template;
  return addCheck(place, resource, checkTypes.extends, {
    extendsChecks: [{ repositoryType: "git", repositoryName: repository, repositoryRef: ref, templatePath: path }],
  });
}

export function addExclusiveLock(place: Place, resource: GuardedResource): PipelineCheck {
  return addCheck(place, resource, checkTypes.exclusiveLock, {});
}

export function addBusinessHours(place: Place, resource: GuardedResource): PipelineCheck {
  return addCheck(place, resource, checkTypes.task, {
    displayName: "Business hours",
    definitionRef: taskChecks.businessHours,
    inputs: {
      businessDays: "Monday, Tuesday, Wednesday, Thursday, Friday",
      timeZone: "UTC",
      startTime: "08:00",
      endTime: "17:00",
    },
    retryInterval: 5,
    linkedVariableGroup: null,
  });
}

/** Lets all pipelines of the project use a resource. */
export function openToAllPipelines({ world, organization, project, by }: Place, resource: GuardedResource): void {
  const at = { type: resource.type, id: String(resource.id) };
  grantsOf(world, organization, project.id, at).allPipelines = { by: by.id, on: world.clock.now() };
}

/** Lets one pipeline use a resource. */
export function openToPipeline(
  { world, organization, project, by }: Place,
  resource: GuardedResource,
  definition: { readonly id: number },
): void {
  const at = { type: resource.type, id: String(resource.id) };
  grantsOf(world, organization, project.id, at).pipelines.set(definition.id, { by: by.id, on: world.clock.now() });
}
