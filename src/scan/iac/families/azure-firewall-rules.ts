/** Rule sets of Azure's web application firewalls: whether they still stop the hole in Log4j (rule 944240). */

import { child, itemsOf, type Node } from "../../formats/node.ts";
import { type Condition, check, nodeAt, nodesAt, unclearAt } from "../condition.ts";
import { plainOf } from "../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../verdict.ts";

/** How one kind of firewall spells its rule sets. */
export interface RuleSetNames {
  readonly sets: string;
  readonly type: string;
  readonly version: string;
  readonly overrides: string;
  readonly group: string;
  /** The rules of an override, each a block; under them its id and whether it is on. */
  readonly rules: string;
  readonly id: string;
  readonly isOn: string;
  readonly action: string;
  /** A list of ids that are off, in older versions. */
  readonly off?: string;
}

const log4j = "944240";

/** One of the sets covers the hole, and no override takes it away. */
export function stopsLog4j(
  names: RuleSetNames,
  covers: (type: string, version: string) => boolean,
  options: { readonly group: RegExp; readonly mustBlock: boolean; readonly typeByDefault?: string },
): Condition {
  return check((_, node) => {
    const sets = nodesAt(node, names.sets);
    const covering = sets.find((set) =>
      covers(textAt(set, names.type) ?? options.typeByDefault ?? "", textAt(set, names.version) ?? ""),
    );
    if (!covering) {
      const named = sets.flatMap((set) => [child(set, names.type), child(set, names.version)]);
      const unclear = [nodeAt(node, names.sets), ...sets, ...named].find(isUnclear);
      if (unclear) return unknownAt(unclear.at, "the rule sets are not known");
      return unclearAt(node, names.sets) ?? failAt(node, "no managed rule set stops the hole in Log4j");
    }
    const taken = nodesAt(covering, names.overrides)
      .filter((override) => options.group.test(textAt(override, names.group) ?? ""))
      .map((override) => takenAway(override, names, options.mustBlock))
      .find(Boolean);
    if (!taken) return unclearAt(covering, names.overrides) ?? passAt(covering.at);
    const unclear = [taken, child(taken, names.isOn), child(taken, names.action)].find(isUnclear);
    if (unclear) return unknownAt(unclear.at, `whether rule ${log4j} blocks is not known`);
    return failAt(taken, `rule ${log4j} is off or does not block`);
  });
}

function isUnclear(node: Node | undefined): boolean {
  return node?.is === "unknown" || (node?.is === "list" && node.open !== undefined);
}

function takenAway(override: Node, names: RuleSetNames, mustBlock: boolean): Node | undefined {
  const off = names.off === undefined ? [] : nodesAt(override, names.off);
  const listed = off.find((one) => String(plainOf(one)) === log4j) ?? off.find(isUnclear);
  if (listed) return listed;
  return nodesAt(override, names.rules).find((rule) => {
    if (textAt(rule, names.id) !== log4j) return false;
    const isOn = /^(?:true|enabled)$/i.test(textAt(rule, names.isOn) ?? "false");
    const blocks = !mustBlock || /^(?:block|redirect)$/i.test(textAt(rule, names.action) ?? "block");
    return !isOn || !blocks;
  });
}

function textAt(node: Node, key: string): string | undefined {
  const [value] = itemsOf(child(node, key));
  const plain = plainOf(value);
  return plain === undefined || plain === null ? undefined : String(plain);
}
