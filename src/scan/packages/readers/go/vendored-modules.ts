/** `vendor/modules.txt`: the modules whose code lies in the repository. */
import type { Place, TextFile } from "../../../formats/text-file.ts";
import { linesOf, placeOfLine } from "../../reading/text-lines.ts";
import { withoutV } from "./go-version.ts";

export interface VendoredModule {
  readonly name: string;
  readonly version?: string;
  /** What replaces it: a folder of the repository. */
  readonly path?: string;
  /** Named in `go.mod` itself. */
  readonly isExplicit: boolean;
  readonly at: Place;
}

const heading = /^# (\S+)(?: (v\S+))?(?: => (\S+)(?: (v\S+))?)?\s*$/;

/** Modules without packages below them only say what is replaced, and are left out. */
export function vendoredModules(file: TextFile): readonly VendoredModule[] {
  const modules: VendoredModule[] = [];
  let last: VendoredModule | undefined;
  for (const line of linesOf(file.text)) {
    const found = heading.exec(line.text);
    if (found) {
      const [, name = "", version, replacement, replacedVersion] = found;
      const at = placeOfLine(file, line);
      const isPath = replacement !== undefined && replacedVersion === undefined;
      const used =
        replacement === undefined || isPath ? { name, version } : { name: replacement, version: replacedVersion };
      last = {
        name: used.name,
        ...(used.version && !isPath && { version: withoutV(used.version) }),
        ...(isPath && { path: replacement }),
        isExplicit: false,
        at,
      };
    } else if (last && /^##.*\bexplicit\b/.test(line.text)) {
      last = { ...last, isExplicit: true };
    } else if (last && /^[^#\s]/.test(line.text)) {
      modules.push(last);
      last = undefined;
    }
  }
  return modules;
}
