/**
 * Raises a crate in a Cargo.lock, so that `cargo metadata --locked` takes it, and in the manifests that ask for less. Where
 * anything else would have to move the lock file is left to Cargo.
 */
import { projectChanges } from "../edit-declared.ts";
import { leftToTool } from "../left-to-tool.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { replacedPart } from "../replaced-part.ts";
import { type CrateLock, crateLockOf, crateLockText } from "./crate-lock.ts";
import { raisedCrates } from "./raised-crates.ts";

const mostSteps = 20;

export function editCargoLock(asked: EditAsked): Edited {
  const { plan, manifest, textOf, raising, known } = asked;
  const text = textOf(manifest.path);
  const read = text === undefined ? undefined : crateLockOf(plan, text);
  if (text === undefined || !read) return leftToTool(asked, "it is of a form that is not written here");
  const requirementsOf = requirementsIn(asked);
  let lock: CrateLock = read;
  let needsProjects = false;
  let gone: ReadonlySet<number> = new Set();
  const [{ use, to }] = raising;
  const steps: Parameters<typeof raisedCrates>[1][] = raising.map(({ from, to: next }) => ({
    ...{ name: use.name, from, to: next },
  }));
  for (const step of steps) {
    const raised = raisedCrates(lock, step, { known, requirementsOf });
    if (typeof raised === "string") return leftToTool(asked, raised);
    lock = { ...lock, crates: raised.crates };
    needsProjects ||= raised.needsProjects;
    gone = raised.gone;
    if (steps.push(...raised.companions) > mostSteps) return leftToTool(asked, "too much would have to go up with it");
  }
  const companions = steps.slice(raising.length);
  if (needsProjects && companions.length > 0) return leftToTool(asked, "more than one crate would have to go up");
  const isAlone = lock.crates.filter(({ name }) => name === use.name).length === 1;
  if (needsProjects && !isAlone) return leftToTool(asked, `it has several ${use.name}`);
  const inProjects = needsProjects ? projectChanges(asked) : undefined;
  if (needsProjects && !inProjects) return leftToTool(asked, `what asks for less than ${to} is not raised here`);
  const change = replacedPart(text, crateLockText(lock, gone));
  const beside = [
    ...[...gone].flatMap((position) => lock.crates[position]?.name ?? []),
    ...companions.map(({ name }) => name),
  ];
  const said = companions.map(
    (one) => `${one.name} goes to ${one.to} with it: ${use.name} asks for that version alone.`,
  );
  const changes = new Map([...(inProjects ?? []), [manifest.path, change] as const]);
  return { is: "edited", changes, stale: [], said, beside };
}

/** By crate of the repository. A name in several lines is asked for several times. */
function requirementsIn({ alone }: EditAsked) {
  const all = new Map(alone().flatMap((manifest) => (manifest.root ? [[manifest.root.name, manifest] as const] : [])));
  return (member: string, name: string): readonly string[] | undefined =>
    all
      .get(member)
      ?.packages.flatMap((one) => (one.name === name && one.requirement !== undefined ? [one.requirement] : []));
}
