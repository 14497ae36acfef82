/** Private endpoints: resources of their own that give another resource an address in a private network. */
import { type Condition, connected } from "../condition.ts";
import { bicep, type Policy, type ResourceKey, tf } from "../policy.ts";
import { bicepBlock, inProperties, tfBlock, tfResource } from "./examples.ts";

const hasEndpointInTerraform: Condition = connected("azurerm_private_endpoint");
const hasEndpointInArm: Condition = connected("Microsoft.Network/privateEndpoints");

interface Reachable {
  readonly id: `iac/${string}`;
  readonly aliases: readonly string[];
  /** With a capital letter: "Storage account". */
  readonly what: string;
  readonly terraform: string;
  /** Full type and a version, for the examples. */
  readonly arm?: `${string}@${string}`;
  readonly link: string;
  /** What serves instead of an endpoint, or why none is needed. */
  readonly unless?: { readonly terraform?: Condition; readonly arm?: Condition };
}

/** The policy that a resource is reached over a private endpoint. */
export function withoutPrivateEndpoint({ id, aliases, what, terraform, arm, link, unless }: Reachable): Policy {
  const inTerraform: ResourceKey = `tf:${terraform}`;
  return {
    id,
    aliases,
    title: `${what} has no private endpoint`,
    severity: "low",
    controls: "network-segmentation",
    why: "Clients reach it at a public address only, so traffic leaves the private network and the public door has to stay open.",
    fix: "Add a private endpoint in the network of the clients with its private DNS zone, then close public access.",
    links: [link],
    on: {
      [inTerraform]: either(hasEndpointInTerraform, unless?.terraform),
      ...(arm && { [`arm:${arm.split("@")[0]}`]: either(hasEndpointInArm, unless?.arm) }),
    },
    examples: {
      bad: [tfResource(terraform, `name = "orders"`), ...(arm ? [bicep(bicepBlock(arm, "orders"))] : [])],
      good: [tf(tfPair(terraform)), ...(arm ? [bicep(bicepPair(arm))] : [])],
    },
  };
}

function either(endpoint: Condition, other: Condition | undefined): Condition {
  if (!other) return endpoint;
  return (node, resource) => {
    const verdict = other(node, resource);
    return verdict.is === "pass" ? verdict : endpoint(node, resource);
  };
}

function tfPair(type: string): string {
  return (
    tfBlock(type, "orders", `name = "orders"`) +
    tfBlock(
      "azurerm_private_endpoint",
      "orders",
      "subnet_id = azurerm_subnet.data.id",
      `private_service_connection {\n  name                           = "orders"\n  private_connection_resource_id = ${type}.orders.id\n}`,
    )
  );
}

function bicepPair(type: string): string {
  const connection =
    "privateLinkServiceConnections: [\n  {\n    name: 'orders'\n    properties: {\n      privateLinkServiceId: orders.id\n    }\n  }\n]";
  return (
    bicepBlock(type, "orders") +
    bicepBlock("Microsoft.Network/privateEndpoints@2024-05-01", "endpoint", ...inProperties([connection]))
  );
}
