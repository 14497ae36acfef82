/** What an instance says of gates that people want and that do not hold: one reason per organization. */

import type { InstanceId } from "#model/ids.ts";
import type { StateReason } from "#model/instance.ts";
import type { Db } from "#store/database.ts";
import { type GateRow, listFailingGates } from "#store/pull-requests/gates.ts";

export const gateReasonCode = "gates-not-effective";

const mostNamed = 3;

export async function gateReasons(db: Db, instance: InstanceId): Promise<readonly Omit<StateReason, "since">[]> {
  const failing = Map.groupBy(await listFailingGates(db, instance), ({ organizationName }) => organizationName);
  return [...failing].map(([organization, gates]) => ({
    code: gateReasonCode,
    level: "warning",
    organization,
    cause: causeOf(gates),
    affects: "Pull requests into these branches can be completed whatever a scan finds.",
    remedy: "Each branch says what to do under Gates: most often, install the gate again.",
    action: "sync",
  }));
}

function causeOf(gates: readonly GateRow[]): string {
  const named = gates.slice(0, mostNamed).map(({ repositoryName, projectName, ref, flaws }) => {
    const branch = ref.replace(/^refs\/heads\//, "");
    return `${branch} of ${projectName}/${repositoryName}: ${flaws[0]?.said ?? "It could not be looked at."}`;
  });
  const more = gates.length - named.length;
  const begin =
    gates.length === 1
      ? "A gate that is wanted does not hold a red scan back"
      : `${gates.length} gates that are wanted do not hold a red scan back`;
  return `${begin}. ${named.join(" ")}${more > 0 ? ` And ${more} more.` : ""}`;
}
