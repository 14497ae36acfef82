/** Which editor a manifest's format has; all others are edited where people write versions. */
import type { Manifest } from "#model/package-manifest.ts";
import { editDeclared } from "./edit-declared.ts";
import { editPackageLock } from "./npm/edit-package-lock.ts";
import type { PackageEditor } from "./package-editor.ts";

const editors: Readonly<Record<string, PackageEditor>> = {
  "package-lock.json": editPackageLock,
};

export function editorOf({ format }: Manifest): PackageEditor {
  return (Object.hasOwn(editors, format) ? editors[format] : undefined) ?? editDeclared;
}
