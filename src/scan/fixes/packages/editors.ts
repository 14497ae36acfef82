/** Which editor a manifest's format has; all others are edited where people write versions. */
import type { Manifest } from "#model/package-manifest.ts";
import { editActions } from "./actions/edit-actions.ts";
import { editCargoLock } from "./cargo/edit-cargo-lock.ts";
import { editComposerLock } from "./composer/edit-composer-lock.ts";
import { editDeclared } from "./edit-declared.ts";
import { editGoMod } from "./go/edit-go-mod.ts";
import { editGradleLock } from "./gradle/edit-gradle-lock.ts";
import { editPackageLock } from "./npm/edit-package-lock.ts";
import { editPnpmLock } from "./npm/edit-pnpm-lock.ts";
import { editYarnLock } from "./npm/edit-yarn-lock.ts";
import { editNugetLock, editNugetProject } from "./nuget/edit-nuget-lock.ts";
import type { PackageEditor } from "./package-editor.ts";
import { editPdmLock } from "./pypi/edit-pdm-lock.ts";
import { editPipfileLock } from "./pypi/edit-pipfile-lock.ts";
import { editPoetryLock } from "./pypi/edit-poetry-lock.ts";
import { editRequirements } from "./pypi/edit-requirements.ts";
import { editUvLock } from "./pypi/edit-uv-lock.ts";
import { editGemfileLock } from "./rubygems/edit-gemfile-lock.ts";

const editors: Readonly<Record<string, PackageEditor>> = {
  "Cargo.lock": editCargoLock,
  "GitHub Actions workflow": editActions,
  "Gemfile.lock": editGemfileLock,
  "gems.locked": editGemfileLock,
  "composer.lock": editComposerLock,
  "go.mod": editGoMod,
  "gradle.lockfile": editGradleLock,
  "*.csproj": editNugetProject,
  "package-lock.json": editPackageLock,
  "packages.lock.json": editNugetLock,
  "pdm.lock": editPdmLock,
  "Pipfile.lock": editPipfileLock,
  "pnpm-lock.yaml": editPnpmLock,
  "poetry.lock": editPoetryLock,
  "requirements.txt": editRequirements,
  "uv.lock": editUvLock,
  "yarn.lock": editYarnLock,
};

export function editorOf({ format }: Manifest): PackageEditor {
  return (Object.hasOwn(editors, format) ? editors[format] : undefined) ?? editDeclared;
}
