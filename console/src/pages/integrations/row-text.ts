/** An instance as two lines of tab-separated text, names above values: what spreadsheets paste. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { methodLabels, switchLabels } from "../../ui/connection/words-of-rights.ts";
import { takesLabels } from "../../ui/words.ts";
import { stateOf } from "./instance-status.tsx";

export function rowText(row: InstanceRow): string {
  const switched = (Object.keys(switchLabels) as (keyof typeof switchLabels)[]).filter((name) => row.features[name]);
  const cells: readonly (readonly [string, string])[] = [
    ["Name", row.name],
    ["Vendor", "Azure DevOps"],
    ["Status", stateOf(row).label],
    ["Reasons", row.reasons.map((reason) => `${reason.cause} ${reason.remedy}`).join("; ")],
    ["Organizations", row.organizations.map((organization) => organization.name).join(", ")],
    ["Takes", takesLabels[row.takes]],
    ["Repositories chosen", String(row.repositories.chosen)],
    ["Repositories known", String(row.repositories.total)],
    ["Unscanned heads", String(row.heads.unscanned)],
    ["Oldest look at a head", row.heads.oldestCheck ?? ""],
    ["Open issues", String(row.issues)],
    ["Hooks healthy", String(row.hooks.healthy)],
    ["Hooks", String(row.hooks.total)],
    ["Signed in as", row.signIn?.account ?? ""],
    ["Sign-in", row.signIn === null ? "" : methodLabels[row.signIn.is]],
    ["Directory", row.signIn?.tenant ?? ""],
    ["Expires", row.signIn?.expires ?? ""],
    ["Credentials in good health", String(row.credentials.good)],
    ["Credentials", String(row.credentials.total)],
    ["Features", switched.map((name) => switchLabels[name].label).join(", ")],
    ["Paused since", row.pausedAt ?? ""],
    ["Created", row.createdAt],
    ["Id", row.id],
  ];
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, " ");
  return [cells.map(([name]) => name).join("\t"), cells.map(([, value]) => clean(value)).join("\t")].join("\n");
}
