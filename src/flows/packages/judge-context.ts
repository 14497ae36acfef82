import type { FileImports } from "#model/file-imports.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Manifest } from "#model/package-manifest.ts";
import { evidenceOf } from "#scan/imports/evidence.ts";
import type { JudgeContext } from "#scan/package-judge.ts";
import { defaultPackageSettings } from "#scan/settings/package-settings.ts";
import { parsePackageSettings } from "#scan/settings/parse-package-settings.ts";
import type { Db } from "#store/database.ts";
import { findPackageSettings } from "#store/package-settings.ts";
import type { App } from "../app.ts";

/** What judging one repository needs. Settings that do not read (written by an older version) are the default ones. */
export async function judgeContext(
  { knowledge }: Pick<App, "knowledge">,
  db: Db,
  given: {
    readonly instanceId: InstanceId;
    readonly manifests: readonly Manifest[];
    readonly imports: readonly FileImports[];
    readonly at: Date;
  },
): Promise<JudgeContext> {
  const { instanceId, manifests, imports, at } = given;
  const text = (await findPackageSettings(db, instanceId))?.text;
  const parsed = text === undefined ? undefined : parsePackageSettings(text);
  return {
    knowledge: knowledge.current(),
    settings: parsed?.is === "settings" ? parsed.settings : defaultPackageSettings,
    today: at.toISOString().slice(0, 10),
    use: evidenceOf(imports, manifests),
  };
}
