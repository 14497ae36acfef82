/** Where a package.json can decide the version of what others bring in: among its overrides, or where they would stand. */
import type { PinPlace } from "#model/package-manifest.ts";
import { spanOf } from "../../../formats/text-file.ts";
import type { OverrideSection, ProjectFile } from "./project-file.ts";

/** By the lock file's format; pnpm has several places for it, of which only its own file tells the one that counts. */
const sectionOf: Readonly<Record<string, OverrideSection>> = {
  "package-lock.json": "overrides",
  "bun.lock": "overrides",
  "yarn.lock": "resolutions",
};

export function pinPlace(project: ProjectFile, format: string): PinPlace | undefined {
  const section = Object.hasOwn(sectionOf, format) ? sectionOf[format] : undefined;
  if (section === undefined || project.problems.length > 0) return undefined;
  return project.overridesAt[section] ? amongOverrides(project, section) : besideDependencies(project, section);
}

const entry = '"NAME": "VERSION"';

function amongOverrides({ overridesAt }: ProjectFile, section: OverrideSection): PinPlace | undefined {
  const place = overridesAt[section];
  if (place?.file.text[place.start] !== "{") return undefined;
  const { file, start, end } = place;
  const first = start + 1;
  const [blanks = ""] = /^\s*/.exec(file.text.slice(first, end)) ?? [];
  const isEmpty = first + blanks.length >= end - 1;
  return { at: spanOf({ file, start: first, end: first }), text: isEmpty ? entry : `${blanks}${entry},` };
}

/** Behind the dependencies, in the way in which they are written. */
function besideDependencies({ dependenciesAt }: ProjectFile, section: OverrideSection): PinPlace | undefined {
  if (!dependenciesAt) return undefined;
  const { file, start, end } = dependenciesAt;
  const [blanks = ""] = /\s*$/.exec(file.text.slice(Math.max(0, start - mostBlanks), start)) ?? [];
  // One step further in than the section itself, which stands one step in.
  const step = blanks.slice(blanks.lastIndexOf("\n") + 1);
  const isBroken = blanks.includes("\n");
  const inner = isBroken ? `${blanks}${step}${entry}${blanks}` : ` ${entry} `;
  const before = isBroken ? blanks : " ";
  return { at: spanOf({ file, start: end, end }), text: `,${before}"${section}": {${inner}}` };
}

const mostBlanks = 40;
