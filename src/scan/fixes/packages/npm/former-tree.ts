/**
 * The entries of a package-lock.json of version 1, in the form of the later ones. It nests its modules as they are nested on
 * disk, and leaves to package.json what the project asks for. Where it does not say who requires what, nothing is read.
 */
import { modules } from "../../../packages/readers/npm/module-path.ts";
import { npmSpecOf } from "../../../packages/readers/npm/npm-spec.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, jsonValue, slicesOf } from "../../../packages/reading/json-slices.ts";
import { memberIn, valueIn } from "../json-members.ts";
import { emptyTree, type LockTree, longestPath, putNode } from "./lock-tree.ts";

export function formerTreeOf(text: string, project: string | undefined): LockTree | undefined {
  const saysAll = memberSays(text, "lockfileVersion") === 1 && memberSays(text, "requires") === true;
  const own = project === undefined ? undefined : objectOf(jsonValue(project));
  const dependencies = memberIn(text, 0, "dependencies");
  if (!saysAll || !own || !dependencies) return undefined;
  const tree = emptyTree();
  putNode(tree, { path: "", name: "", slice: undefined, value: own, isProject: true });
  const open: (readonly [folder: string, list: JsonSlice])[] = [["", dependencies]];
  for (const [folder, list] of open) {
    const { slices, trouble } = slicesOf(text, list.start, list.end);
    if (trouble) return undefined;
    for (const slice of slices) {
      const path = `${folder}${modules}${slice.key}`;
      if (path.length > longestPath || tree.nodes.has(path)) return undefined;
      const members = slicesOf(text, slice.start, slice.end).slices;
      const nested = members.findLast(({ key }) => key === "dependencies");
      const read = members.filter((member) => member.key !== "dependencies");
      const value = laterForm(Object.fromEntries(read.map((member) => [member.key, valueIn(text, member)])));
      const name = typeof value.name === "string" ? value.name : slice.key;
      putNode(tree, { path, name, slice, value, isProject: false });
      if (nested) open.push([`${path}/`, nested]);
    }
  }
  return tree;
}

function memberSays(text: string, key: string): unknown {
  const member = memberIn(text, 0, key);
  return member && valueIn(text, member);
}

/** `npm:name@1.0.0` is the version of an alias. */
function laterForm({ version, requires, bundled, ...rest }: JsonObject): JsonObject {
  const spec = typeof version === "string" ? npmSpecOf(version) : undefined;
  const alias =
    spec?.is === "registry" && spec.name !== undefined ? { name: spec.name, version: spec.range } : undefined;
  const dependencies = objectOf(requires);
  return {
    ...(alias ?? { version }),
    ...rest,
    ...(bundled === true && { inBundle: true }),
    ...(dependencies && { dependencies }),
  };
}
