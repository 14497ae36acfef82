/** Which editor a manifest's format has; all others are edited where people write versions. */
import type { Manifest } from "#model/package-manifest.ts";
import { editDeclared } from "./edit-declared.ts";
import type { PackageEditor } from "./package-editor.ts";

const editors: Readonly<Record<string, PackageEditor>> = {};

export function editorOf({ format }: Manifest): PackageEditor {
  return (Object.hasOwn(editors, format) ? editors[format] : undefined) ?? editDeclared;
}
