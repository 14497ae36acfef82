/**
 * Settings of database servers on Azure. Server parameters of MySQL and PostgreSQL: each is a resource that carries its
 * name and its value. For a policy on one of them the others are fine in Terraform, where they share a type, and of no
 * concern in ARM.
 */
import type { Node } from "../../formats/node.ts";
import { type Condition, check, has, nodeAt, unclearAt, value } from "../condition.ts";
import { literalText } from "../literal-text.ts";
import type { ResourceKey } from "../policy.ts";
import { failAt, notApplicable, passAt, passed, unknownAt, type Verdict } from "../verdict.ts";

const resources = {
  postgresql: ["tf:azurerm_postgresql_configuration", "arm:Microsoft.DBforPostgreSQL/servers/configurations"],
  "postgresql-flexible": [
    "tf:azurerm_postgresql_flexible_server_configuration",
    "arm:Microsoft.DBforPostgreSQL/flexibleServers/configurations",
  ],
  "mysql-flexible": [
    "tf:azurerm_mysql_flexible_server_configuration",
    "arm:Microsoft.DBforMySQL/flexibleServers/configurations",
  ],
} as const satisfies Record<string, readonly ResourceKey[]>;

const older = value("ssl_enforcement").is("Enabled");
const newer = value("ssl_enforcement_enabled").is(true);

/** Of a single server in Terraform; version 1 of the provider knew it under another name. */
export const takesOnlyTls: Condition = (node, resource) =>
  (has(node, "ssl_enforcement") && !has(node, "ssl_enforcement_enabled") ? older : newer)(node, resource);

/** `on` of a policy: wherever this parameter is set, its value must match. */
export function parameterMatches(
  server: keyof typeof resources,
  name: string,
  pattern: RegExp,
): Readonly<Partial<Record<ResourceKey, Condition>>> {
  const [terraform, arm] = resources[server];
  return {
    [terraform]: matches(name, "value", pattern, passed),
    [arm]: matches(name, "properties.value", pattern, notApplicable),
  };
}

function matches(name: string, path: string, pattern: RegExp, otherwise: Verdict): Condition {
  return check((_, node) => {
    const named = nodeAt(node, "name");
    if (named?.is === "unknown" && parameterIn(named) === undefined) return unknownAt(named.at, named.reason);
    if (named === undefined || parameterIn(named) !== name) return otherwise;
    const found = nodeAt(node, path);
    if (found?.is === "unknown") return unknownAt(found.at, found.reason);
    if (found?.is === "scalar" && pattern.test(String(found.value))) return passAt(found.from ?? found.at);
    const unclear = found ? undefined : unclearAt(node, path);
    return unclear ?? failAt(found ?? node, `${name} is ${found ? literalText(found) : "not set"}`);
  });
}

/** Children in ARM are named `server/parameter`. Undefined if it is not known. */
function parameterIn(node: Node): string | undefined {
  const text = node.is === "unknown" ? node.text : node.is === "scalar" ? String(node.value) : undefined;
  const last = text?.toLowerCase().split("/").at(-1);
  return last?.includes("${") ? undefined : last;
}
