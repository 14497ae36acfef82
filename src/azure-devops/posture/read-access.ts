/**
 * Who may do what with the code, pipelines, task groups and classic releases of a project: the lists as they stand, from the
 * project down to single branches and definitions. What they amount to is worked out by rules.
 */
import type { AccessFacts, AccessSpace, AccessSpaceName } from "#model/posture/access-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type AccessList, gitNamespace, listAccess, listAllActions, type PermissionAction } from "../access-control.ts";
import type { OrganizationClient } from "../organization-client.ts";
import type { CollectingProject } from "./collector.ts";
import { resolveSubjects, type Subject } from "./subjects.ts";

type Given = Pick<CollectingProject, "known" | "project" | "once">;

/** The same in every organization. */
const namespaces = {
  git: { id: gitNamespace, prefix: "repoV2/" },
  build: { id: "33344d9c-fc72-4d6f-aba5-fa317101a7e9", prefix: "" },
  taskGroups: { id: "f6a4de49-dbe2-4704-86dc-f8ec1a294436", prefix: "" },
  releases: { id: "c788c23e-1b46-4162-8f5e-d7585343b5de", prefix: "" },
} as const satisfies Readonly<Record<AccessSpaceName, { readonly id: string; readonly prefix: string }>>;

/** Of one namespace in a project. Part of them would show less than is allowed, or more than is refused. */
const mostLists = 50_000;

export async function readAccess(client: OrganizationClient, given: Given): Promise<AccessFacts> {
  const { actions, everywhere } = await wideAccess(client, given);
  const listsOf = async (name: AccessSpaceName) => {
    const { id, prefix } = namespaces[name];
    const lists = await listAccess(client, id, { token: `${prefix}${given.project.id}`, recurse: "true" });
    if (lists.length > mostLists) {
      const message = `The project ${given.project.name} has more than ${mostLists} lists of permissions; they are not read.`;
      throw new RemoteError("unexpected", message, { details: { namespace: name, count: lists.length } });
    }
    return lists;
  };
  const [git, build, taskGroups, releases] = await Promise.all([
    listsOf("git"),
    listsOf("build"),
    listsOf("taskGroups"),
    listsOf("releases"),
  ]);
  const all = { git: [...everywhere, ...git], build, taskGroups, releases };
  const named = Object.values(all).flatMap((lists) =>
    lists.flatMap(({ entries }) => entries.map((one) => one.descriptor)),
  );
  const subjects = await resolveSubjects(client, named, given.known.people);
  const space = (name: AccessSpaceName) => spaceOf(actions.get(namespaces[name].id) ?? [], all[name], subjects);
  return { git: space("git"), build: space("build"), taskGroups: space("taskGroups"), releases: space("releases") };
}

interface WideAccess {
  readonly actions: ReadonlyMap<string, readonly PermissionAction[]>;
  /** What is written above all projects: only Git has such a place. */
  readonly everywhere: readonly AccessList[];
}

/** The same for all projects of one collection. */
function wideAccess(client: OrganizationClient, { once }: Given): Promise<WideAccess> {
  const read = async () => {
    const [actions, everywhere] = await Promise.all([
      listAllActions(client),
      listAccess(client, gitNamespace, { token: "repoV2", recurse: "false" }),
    ]);
    return { actions, everywhere };
  };
  return once ? once("permissions of an organization", read) : read();
}

function spaceOf(
  actions: readonly PermissionAction[],
  lists: readonly AccessList[],
  subjects: ReadonlyMap<string, Subject>,
): AccessSpace {
  return {
    actions: Object.fromEntries(actions.map(({ name, bit }) => [name, bit])),
    lists: lists.flatMap(({ token, inherits, entries }) => {
      if (entries.length === 0 && inherits) return [];
      const named = entries.map(({ descriptor, allow, deny }) => {
        const { subject, name } = subjects.get(descriptor) ?? { subject: descriptor, name: descriptor };
        return { subject, name, allow, deny };
      });
      return [{ token, inherits, entries: named }];
    }),
  };
}
