/** Where issues about settings live: a row of repositories for each project, and one for what belongs to the organization itself. */
import { sql } from "kysely";
import type { OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import type { ProjectVisibility } from "#model/repository.ts";
import type { Db } from "../database.ts";
import type { OrganizationRow } from "../instances/organizations.ts";

/** The one branch that settings have: they are as they are. */
export const settingsBranch = "settings";

interface Given {
  readonly organization: Pick<OrganizationRow, "id" | "instanceId" | "name">;
  /** Where the organization's pages begin, without a slash at the end. */
  readonly url: string;
  readonly projects: readonly {
    readonly id: ProjectId;
    readonly name: string;
    readonly visibility?: ProjectVisibility;
  }[];
  readonly at: Date;
}

/** Makes the rows say what projects there are. Gives them. */
export async function saveSettingsPlaces(tx: Db, given: Given): Promise<ReadonlySet<RepositoryId>> {
  const { organization, url, projects, at } = given;
  const { id, instanceId, name } = organization;
  await sql`
    insert into projects (id, instance_id, organization_id, name, kind)
    values (${id}, ${instanceId}, ${id}, ${name}, 'organization')
    on conflict (id) do update set name = excluded.name where projects.kind = 'organization'`.execute(tx);
  await sql`
    update projects p set visibility = given.visibility
    from unnest(${projects.map((one) => one.id)}::uuid[], ${projects.map((one) => one.visibility ?? "private")}::text[])
      as given (id, visibility)
    where p.id = given.id and p.organization_id = ${id} and p.visibility <> given.visibility`.execute(tx);
  const places = [
    { id: id as string, name, url: `${url}/_settings/` },
    ...projects.map((one) => ({
      id: one.id as string,
      name: one.name,
      url: `${url}/${encodeURIComponent(one.name)}/_settings/`,
    })),
  ];
  const ids = places.map((place) => place.id);
  await sql`
    insert into repositories (id, instance_id, organization_id, project_id, name, default_branch, size, remote_url, web_url, is_disabled,
      is_fork, added_at, kind)
    select p.id, ${instanceId}, ${id}, p.id, 'Settings of ' || given.name, ${settingsBranch}, 0, '', given.url, false, false, ${at}, 'settings'
    from unnest(${ids}::uuid[], ${places.map((place) => place.name)}::text[], ${places.map((place) => place.url)}::text[])
      as given (id, name, url)
    join projects p on p.id = given.id and p.organization_id = ${id}
    on conflict (id) do update set name = excluded.name, web_url = excluded.web_url, gone_at = null
      where repositories.kind = 'settings'`.execute(tx);
  await sql`update repositories set gone_at = ${at}
    where organization_id = ${id} and kind = 'settings' and gone_at is null and id <> all(${ids}::uuid[])`.execute(tx);
  return listSettingsPlaces(tx, id);
}

/** Those that can hold issues. */
export async function listSettingsPlaces(db: Db, id: OrganizationId): Promise<ReadonlySet<RepositoryId>> {
  const { rows } = await sql<{ id: RepositoryId }>`
    select id from repositories where organization_id = ${id} and kind = 'settings' and gone_at is null`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Azure DevOps' ids are GUIDs: that of a project names its settings, too. */
export function settingsPlaceOf(organization: OrganizationId, project: string | undefined): RepositoryId {
  return (project ?? organization) as string as RepositoryId;
}
