/** An instance as two lines of tab-separated text, names above values: what spreadsheets paste. */
import type { InstanceRow } from "#api/instances/contract.ts";
import { instanceStates, takesLabels } from "../../ui/words.ts";
import { signInLabels } from "./signed-in-as.tsx";

export function rowText(row: InstanceRow): string {
  const cells: readonly (readonly [string, string])[] = [
    ["Name", row.name],
    ["Vendor", "Azure DevOps"],
    ["Status", instanceStates[row.state].label],
    ["Reasons", row.reasons.map((reason) => reason.message).join("; ")],
    ["Organizations", row.organizations.map((organization) => organization.name).join(", ")],
    ["Takes", takesLabels[row.takes]],
    ["Repositories chosen", String(row.repositories.chosen)],
    ["Repositories known", String(row.repositories.total)],
    ["Open issues", String(row.issues)],
    ["Hooks healthy", String(row.hooks.healthy)],
    ["Hooks", String(row.hooks.total)],
    ["Signed in as", row.signIn?.account ?? ""],
    ["Sign-in", row.signIn === null ? "" : signInLabels[row.signIn.is]],
    ["Expires", row.signIn?.expires ?? ""],
    ["Created", row.createdAt],
    ["Id", row.id],
  ];
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, " ");
  return [cells.map(([name]) => name).join("\t"), cells.map(([, value]) => clean(value)).join("\t")].join("\n");
}
