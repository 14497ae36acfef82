/**
 * Raises a package in a package-lock.json and in the package.json files that ask for it, so that `npm ci` takes both. Without
 * the checksum and the dependencies of the new version nothing is written: half an edit would stop every build.
 */
import { folderOf } from "../../../packages/paths.ts";
import { commandFor } from "../../../vulnerabilities/fixes/lock-commands.ts";
import type { TextChange } from "../../text-edits.ts";
import { type EditAsked, type Edited, refused } from "../package-editor.ts";
import { formerTreeOf } from "./former-tree.ts";
import { lockChanges } from "./lock-changes.ts";
import { type LockTree, lockTreeOf } from "./lock-tree.ts";
import { askedChange, overrideChange, overridesOf, takesOverridden } from "./project-changes.ts";
import { type RaisedTree, raisedTree } from "./raised-tree.ts";

export function editPackageLock(asked: EditAsked): Edited {
  const { plan, manifest, textOf, raising } = asked;
  const text = textOf(manifest.path);
  const tree =
    text === undefined ? undefined : (lockTreeOf(plan, text) ?? formerTreeOf(text, textOf(projectOf(asked))));
  if (text === undefined || !tree) return notWritten(asked, "the lock file is of a format that is not edited here");
  const raised = raisedTree(tree, asked);
  if (typeof raised === "string") return notWritten(asked, raised);
  const inLock = lockChanges(text, tree, raised);
  if (typeof inLock === "string") return notWritten(asked, inLock);
  const byPath = new Map<string, TextChange[]>([[manifest.path, [...inLock]]]);
  const trouble = askAnew(asked, { text, raised, byPath }) ?? override(asked, { tree, raised, byPath });
  if (trouble !== undefined) return notWritten(asked, trouble);
  const [{ use, to }] = raising;
  const script = `${use.name} ${to} runs a script when it is installed; the old one did not.`;
  const gone = [...raised.gone].flatMap((path) => tree.nodes.get(path)?.name ?? []);
  const { adds } = raised;
  const beside = [...gone, ...adds.map((one) => one.slice(0, one.lastIndexOf("@")))];
  return { is: "edited", changes: byPath, stale: [], said: raised.runsScript ? [script] : [], beside, adds };
}

interface Writing {
  readonly raised: RaisedTree;
  readonly byPath: Map<string, TextChange[]>;
}

/** In the project's file and where the lock file repeats it: npm compares the two. */
function askAnew({ manifest, textOf }: EditAsked, { text, raised, byPath }: Writing & { readonly text: string }) {
  const folder = folderOf(manifest.path);
  for (const { project, edge, step } of raised.asked) {
    const path = [folder, project.path, "package.json"].filter((part) => part !== "").join("/");
    const own = textOf(path);
    if (own === undefined) return `${path}, which asks for it, is not there`;
    const about = { section: edge.section, name: edge.name, step };
    const there = askedChange(own, 0, about);
    const here = project.slice && askedChange(text, project.slice.start, about);
    if (!there || (project.slice && there.text !== here?.text))
      return `${path} asks for ${edge.range}, which is not raised here`;
    byPath.set(path, [...(byPath.get(path) ?? []), there]);
    if (here) byPath.get(manifest.path)?.push(here);
  }
  return undefined;
}

/** One version for everybody is right only if everybody who has another one gets the same. */
function override(asked: EditAsked, { tree, raised, byPath }: Writing & { readonly tree: LockTree }) {
  const [{ use, to }] = asked.raising;
  const { name } = use;
  const path = projectOf(asked);
  const isAskedHere = raised.asked.some(({ project }) => project.path === "");
  const standing = tree.slices ? overridesOf(asked.textOf(path), name) : [];
  if (standing.some(({ isForAll }) => isForAll) && isAskedHere)
    return `${path} asks for it and overrides it, and npm wants both to say the same`;
  const refusing = standing.find((one) => !takesOverridden(one, to));
  if (refusing?.isForAll === false) return `${path} overrides it in a way of its own`;
  if (raised.refusedBy === undefined && !refusing) return undefined;
  const asks = raised.refusedBy === undefined ? `${path} overrides it` : `${raised.refusedBy} asks for another version`;
  if (!tree.slices) return `${asks}, and npm up to version 6, whose lock file this is, knows no overrides`;
  const others = [...tree.nodes.values()].filter((node) => node.name === name && !node.isProject);
  const isForAll = others.every((node) => String((raised.entries.get(node) ?? node.value).version) === to);
  if (!isForAll) return `${asks}, and the versions of ${name} differ, so one override would not be right for all`;
  if (isAskedHere) return `${asks}, and what the project asks for itself cannot be overridden`;
  const changes = overrideChange(asked, { path, name, to });
  if (typeof changes === "string") return `${asks}, and ${changes}`;
  byPath.set(path, [...(byPath.get(path) ?? []), ...changes]);
  return undefined;
}

function projectOf({ manifest }: EditAsked): string {
  const folder = folderOf(manifest.path);
  return folder === "" ? "package.json" : `${folder}/package.json`;
}

function notWritten({ manifest, raising }: EditAsked, why: string): Edited {
  const [{ use, to }] = raising;
  const command = commandFor("npm install NAME@VERSION", use.name, to);
  const how =
    use.relation === "direct" && command !== undefined
      ? `Run \`${command}\``
      : `Write "${use.name}": "${to}" under \`overrides\` in package.json, run \`npm install\``;
  return refused(`${use.name} is left as it is in ${manifest.path}: ${why}. ${how}, and commit what it changes.`);
}
