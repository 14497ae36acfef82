/** Environments that pipelines deploy to. Clients find them under `pipelines` and, older ones, under `distributedtask`. */
import { bodyObject, textOf } from "../query-values.ts";
import { requireGroup } from "../rights.ts";
import { type Answer, type Call, Refusal, type Route } from "../route.ts";
import { identityRef, requireProject } from "../shapes.ts";
import { nextId, type World } from "../world.ts";
import { type Environment, inventoryOf } from "./inventory.ts";
import { missing, pageAfterToken } from "./page.ts";

function shape(call: Call, world: World, environment: Environment): Record<string, unknown> {
  const by = identityRef(world, environment.createdBy, call.organization);
  const at = environment.createdOn.toISOString();
  return {
    id: environment.id,
    name: environment.name,
    description: environment.description,
    createdBy: by,
    createdOn: at,
    lastModifiedBy: by,
    lastModifiedOn: at,
    project: { id: environment.projectId },
  };
}

function environmentsOf(call: Call, world: World): Environment[] {
  const project = requireProject(call, world);
  return inventoryOf(world, call.organization).environments.filter((one) => one.projectId === project.id);
}

function listEnvironments(call: Call, world: World): Answer {
  const name = call.query("name")?.toLowerCase();
  const found = environmentsOf(call, world).filter((one) => name === undefined || one.name.toLowerCase() === name);
  return pageAfterToken(call, found, (one) => shape(call, world, one));
}

function getEnvironment(call: Call, world: World): Answer {
  const found = environmentsOf(call, world).find((one) => String(one.id) === call.params.environmentId);
  if (found) return { body: { ...shape(call, world, found), resources: [] } };
  throw missing(
    "EnvironmentNotFoundException",
    `Environment with id ${call.params.environmentId} does not exist or you do not have permission to access it.`,
  );
}

function createEnvironment(call: Call, world: World): Answer {
  const project = requireProject(call, world);
  requireGroup(call, "contributors", project, "Create environment");
  const { name, description } = bodyObject(call);
  const title = textOf(name)?.trim();
  if (!title) throw new Refusal(400, "ArgumentNullException", "Value cannot be null.\r\nParameter name: name");
  if (environmentsOf(call, world).some((one) => one.name.toLowerCase() === title.toLowerCase()))
    throw new Refusal(409, "EnvironmentExistsException", `Environment ${title} already exists.`);
  const environment: Environment = {
    id: nextId(world, `environment ${call.organization.id}`),
    projectId: project.id,
    name: title,
    description: textOf(description) ?? "",
    createdBy: call.user.id,
    createdOn: world.clock.now(),
  };
  inventoryOf(world, call.organization).environments.push(environment);
  return { body: shape(call, world, environment) };
}

// documented with a scope of its own; the scope of builds contains reading them
const read = ["build", "environment_manage"];

export const environmentRoutes: readonly Route[] = ["pipelines", "distributedtask"].flatMap((area): Route[] => {
  const at = `/{organization}/{project}/_apis/${area}/environments`;
  return [
    { method: "GET", path: at, scopes: read, handle: listEnvironments },
    { method: "POST", path: at, scopes: ["environment_manage"], handle: createEnvironment },
    { method: "GET", path: `${at}/{environmentId}`, scopes: read, handle: getEnvironment },
  ];
});
