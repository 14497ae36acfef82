import type { OrganizationId } from "#model/ids.ts";
import { listPosture, type PostureOverview } from "#store/posture/list-posture.ts";
import type { Parts } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import type { Viewer } from "../viewer.ts";

/** The organization, if the viewer may see it. */
export async function organizationFor(
  { app }: Pick<Parts, "app">,
  { scope }: Viewer,
  id: string,
): Promise<PostureOverview> {
  const [organization] = await listPosture(app.db, scope, id as OrganizationId);
  if (!organization) throw notFound("organization");
  return organization;
}
