import type { InstanceId } from "#model/ids.ts";
import { getInstanceOverview, type InstanceOverview } from "#store/instances/instances.ts";
import type { Parts } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import type { Viewer } from "../viewer.ts";

/** The instance, if the viewer may see it. */
export async function instanceFor(
  { app }: Pick<Parts, "app">,
  { scope }: Viewer,
  id: string,
): Promise<InstanceOverview> {
  const instance = await getInstanceOverview(app.db, scope, id as InstanceId);
  if (!instance) throw notFound("instance");
  return instance;
}
