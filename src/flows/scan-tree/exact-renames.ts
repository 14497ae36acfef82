/** Files that were moved as they are, new path to old; where the same content went or came more than once, none. */
import type { TreeChange } from "#git/mirror.ts";
import type { Renames } from "#model/follow-renames.ts";

export function exactRenames(changes: readonly TreeChange[]): Renames {
  const went = countsOf(changes.map(({ change, oldObjectId }) => (change === "modified" ? undefined : oldObjectId)));
  const came = countsOf(changes.map(({ change, objectId }) => (change === "modified" ? undefined : objectId)));
  return new Map(
    changes.flatMap(({ path, oldPath, objectId, oldObjectId }) => {
      if (oldPath === undefined || objectId === undefined || objectId !== oldObjectId) return [];
      return went.get(objectId) === 1 && came.get(objectId) === 1 ? [[path, oldPath] as const] : [];
    }),
  );
}

function countsOf(ids: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
