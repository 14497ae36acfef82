/** Where code of others lies in a repository, and which package a folder in there is. A project's own folders are none. */
import { fileNameOf, folderOf } from "../../paths.ts";

export interface VendoredFolder {
  /** The folder below the one for others' code: `zlib`, `@scope/name`, `github.com/a/b`. */
  readonly name: string;
  readonly version?: string;
}

const vendoring = /(?:^|\/)(?:vendor|vendors|vendored|third[_-]?party|3rd[_-]?party|externals?|deps|node_modules)\//i;
/** `packages/` is a folder of one's own in many repositories; NuGet's old one has versions in it. */
const nugetFolder = /(?:^|\/)packages\/([A-Za-z][\w.-]*?)\.(\d+(?:\.\d+){1,3}(?:-[\w.-]+)?)(?:\/|$)/;
const versioned = /^(.+?)[-_.]v?(\d+(?:\.\d+)+(?:[-+][\w.-]+)?)$/;

/** `licenses.md` and `third-party-notices.txt` are prose about many packages. */
const licenseFile =
  /^(?:(?:un)?licen[sc]e(?:[-_.][\w.-]*)?|copying(?:[-_.][\w.-]*)?|copyright|notice|[\w.]+[-_]licen[sc]e)(?:\.(?:txt|md|rst|markdown))?$/i;
const program =
  /\.(?:[cm]?[jt]sx?|json|ya?ml|cs|py|java|go|rb|php|h|c|cpp|rs|sh|xml|html?|css|map|lock|toml|svg|png|cfg|conf|config|ini|properties|csv|tpl|tmpl|in|header)$/i;

/** True for a file with the licence of a package of others. */
export function isVendoredLicense(path: string): boolean {
  const name = fileNameOf(path);
  return licenseFile.test(name) && !program.test(name) && vendoredFolder(folderOf(path)) !== undefined;
}

/** Undefined for folders of the project itself. */
export function vendoredFolder(folder: string): VendoredFolder | undefined {
  const nuget = nugetFolder.exec(folder);
  if (nuget?.[1] !== undefined && nuget[2] !== undefined) return { name: nuget[1], version: nuget[2] };
  const rest = belowVendoring(folder);
  if (rest === undefined || rest === "") return undefined;
  const found = versioned.exec(rest);
  return found?.[1] === undefined || found[2] === undefined ? { name: rest } : { name: found[1], version: found[2] };
}

/** Below the innermost of them: `vendor/a/third_party/b` is `b`. */
function belowVendoring(folder: string): string | undefined {
  let rest: string | undefined;
  let left = `${folder}/`;
  for (let depth = 0; depth < 50; depth++) {
    const found = vendoring.exec(left);
    if (!found) break;
    left = left.slice(found.index + found[0].length);
    rest = left.replace(/\/$/, "");
  }
  return rest;
}
