/** What a project is called, and its own version where the files tell it. */
import type { Manifest } from "#model/package-manifest.ts";
import { fileNameOf } from "../../paths.ts";
import { withoutExtension } from "./msbuild-files.ts";
import type { Project } from "./project-evaluations.ts";

export function projectRoot({ path, evaluations }: Project): NonNullable<Manifest["root"]> {
  const properties = evaluations[0]?.evaluated.properties;
  const text = (name: string) => {
    const value = properties?.get(name);
    return value?.isKnown && value.unset === undefined && value.text.trim() !== "" ? value.text.trim() : undefined;
  };
  const version = text("version") ?? text("versionprefix");
  const name = text("packageid") ?? text("assemblyname") ?? withoutExtension(fileNameOf(path));
  return version === undefined ? { name } : { name, version };
}
