/** Which resources of a module tree belong together: by reference in either direction, or by name. */
import { type Connections, noConnections } from "../../resource.ts";
import type { LocatedResource } from "./located-resource.ts";

export function connectionsOf(
  _resources: readonly LocatedResource[],
): (resource: LocatedResource, types: readonly string[]) => Connections {
  return () => noConnections;
}
