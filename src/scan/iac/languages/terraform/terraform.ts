/** Terraform and OpenTofu: a unit is a root module with all modules that it calls in the same repository. */
import type { Language } from "../../language.ts";
import { linksOf } from "./module-links.ts";
import { moduleUnits } from "./module-units.ts";
import { readModuleTree } from "./read-module-tree.ts";
import { isWorthReading, kindOfFile, mayBeRead } from "./terraform-file.ts";

export const terraform: Language = {
  name: "terraform",
  selects: (path) => kindOfFile(path) !== undefined || mayBeRead(path),
  recognizes: isWorthReading,
  links: linksOf,
  units: moduleUnits,
  read: readModuleTree,
};
