import type { FileImports } from "#model/file-imports.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Manifest } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { evidenceOf } from "#scan/imports/evidence.ts";
import type { JudgeContext } from "#scan/package-judge.ts";
import { defaultPackageSettings } from "#scan/settings/package-settings.ts";
import { parsePackageSettings } from "#scan/settings/parse-package-settings.ts";
import type { Db } from "#store/database.ts";
import { findPackageSettings } from "#store/packages/package-settings.ts";
import type { App } from "../app.ts";

/** What judging one repository needs. Where the settings do not read (another version wrote them), the default ones hold, and it is said. */
export async function judgeContext(
  { knowledge }: Pick<App, "knowledge">,
  db: Db,
  given: {
    readonly instanceId: InstanceId;
    readonly manifests: readonly Manifest[];
    readonly imports: readonly FileImports[];
    readonly at: Date;
  },
): Promise<{ readonly context: JudgeContext; readonly problems: readonly Problem[] }> {
  const { instanceId, manifests, imports, at } = given;
  const text = (await findPackageSettings(db, instanceId))?.text;
  const parsed = text === undefined ? undefined : parsePackageSettings(text);
  const context = {
    knowledge: knowledge.current(),
    settings: parsed?.is === "settings" ? parsed.settings : defaultPackageSettings,
    today: at.toISOString().slice(0, 10),
    use: evidenceOf(imports, manifests),
  };
  return { context, problems: parsed?.is === "mistakes" ? [unreadSettings] : [] };
}

const unreadSettings: Problem = {
  scanner: "scan",
  code: "unread-settings",
  message:
    "The instance's package settings do not read in this version, so packages were judged by the default ones. Save them again in the instance's settings, which show the line.",
};
