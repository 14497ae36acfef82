/** Reads what a Python index says of a project: the JSON of the simple API (PEP 691, with 700, 740 and 792). */
import { type Loose, looseList, looseObject, looseText } from "../loose-json.ts";
import { withPlausibleDates } from "./plausible-dates.ts";
import type { PartFacts } from "./source-part.ts";

export const pypiAccept = "application/vnd.pypi.simple.v1+json";

const most = { files: 50_000, versions: 10_000 };

export function readPypiProject(project: Loose): PartFacts {
  const versions = new Map<string, Files>();
  // The oldest stand first, in both lists.
  for (const version of looseList(project.versions).slice(-most.versions))
    if (typeof version === "string") versions.set(version, noFiles());
  const areListed = versions.size > 0;
  const name = looseText(project.name) ?? "";
  for (const file of looseList(project.files).slice(-most.files).map(looseObject)) {
    const version = versionOfFile(looseText(file.filename) ?? "", name);
    if (version === undefined || (areListed && !versions.has(version))) continue;
    const known = versions.get(version) ?? noFiles();
    versions.set(version, known);
    addFile(known, file);
  }
  const facts = [...versions].map(([version, { published, yanked, files, hasProvenance }]) => ({
    version,
    ...(published !== undefined && { published }),
    // Yanked is a version whose files are all yanked.
    ...(files > 0 && yanked.length === files && { withdrawn: yanked.find((reason) => reason !== "") ?? "" }),
    ...(hasProvenance !== undefined && { hasProvenance }),
  }));
  return { versions: withPlausibleDates(facts), ...statusOf(project) };
}

interface Files {
  published: string | undefined;
  files: number;
  readonly yanked: string[];
  hasProvenance: boolean | undefined;
}

function noFiles(): Files {
  return { published: undefined, files: 0, yanked: [], hasProvenance: undefined };
}

function addFile(known: Files, file: Loose): void {
  known.files += 1;
  const { yanked } = file;
  if (yanked === true || typeof yanked === "string") known.yanked.push(yanked === true ? "" : yanked);
  const uploaded = looseText(file["upload-time"]);
  if (uploaded !== undefined && (known.published === undefined || uploaded < known.published))
    known.published = uploaded;
  if (file.provenance !== undefined) known.hasProvenance = known.hasProvenance === true || file.provenance !== null;
}

/** `name-1.0.tar.gz`, `name-1.0-py3-none-any.whl`, `name-1.0.zip`. Of old sources the version may hold hyphens, as the name may: `a-b-1.0-1.zip`. */
export function versionOfFile(filename: string, project: string): string | undefined {
  if (filename.length > 500) return undefined;
  if (filename.endsWith(".whl")) return filename.split("-")[1];
  const [stem] = /^.*(?=\.(?:tar\.gz|tgz|tar\.bz2|tar\.xz|zip)$)/.exec(filename) ?? [];
  if (stem === undefined) return undefined;
  const hyphens = [...stem.matchAll(/-/g)].map(({ index }) => index);
  const end = hyphens.find((at) => alike(stem.slice(0, at)) === alike(project)) ?? hyphens.at(-1);
  return end === undefined ? undefined : stem.slice(end + 1);
}

/** Of a project's name, what PEP 503 compares. */
function alike(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, "-");
}

function statusOf(project: Loose): Pick<PartFacts, "abandoned" | "isArchived"> {
  const { status, reason } = looseObject(project["project-status"]);
  if (status === "archived") return { isArchived: true };
  return status === "deprecated" ? { abandoned: { reason: looseText(reason) ?? "" } } : {};
}
