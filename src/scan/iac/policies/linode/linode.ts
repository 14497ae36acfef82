/** Linode: machines, users and firewalls. */
import { value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import { type Policy, tf } from "../../policy.ts";

const links = ["https://techdocs.akamai.com/cloud-computing/docs/welcome"];

export const policies: readonly Policy[] = [
  {
    id: "iac/linode-provider-with-token",
    aliases: ["CKV_LIN_1"],
    title: "Access token is written in the provider",
    severity: "critical",
    controls: "secret-handling",
    why: "Everybody who reads the repository can act in the account.",
    fix: "Take the token from the environment variable LINODE_TOKEN.",
    links,
    on: { "tf:provider.linode": value("token", { edit: false }).absent() },
    examples: {
      bad: [tf('provider "linode" {\n  token = "not a real one"\n}\n')],
      good: [tf('provider "linode" {\n  api_version = "v4"\n}\n')],
    },
  },
  {
    id: "iac/linode-machine-without-key",
    aliases: ["CKV_LIN_2"],
    title: "Machine is entered by password",
    severity: "medium",
    controls: "administrative-access",
    why: "Passwords are guessed by programs that try day and night.",
    fix: "List public keys in `authorized_keys`.",
    links,
    on: { "tf:linode_instance": value("authorized_keys").exists() },
    examples: {
      bad: [tfResource("linode_instance", 'root_pass = "not a real one"')],
      good: [tfResource("linode_instance", "authorized_keys = [var.public_key]")],
    },
  },
  ...(
    [
      ["CKV_LIN_3", "email", "e-mail address"],
      ["CKV_LIN_4", "username", "name"],
    ] as const
  ).map(
    ([alias, attribute, what]): Policy => ({
      id: `iac/linode-user-without-${attribute}`,
      aliases: [alias],
      title: `User has no ${what}`,
      severity: "low",
      controls: "governance",
      why: "Nobody can tell whose account it is.",
      fix: `Set \`${attribute}\`.`,
      links,
      on: { "tf:linode_user": value(attribute).exists() },
      examples: {
        bad: [tfResource("linode_user", "restricted = true")],
        good: [tfResource("linode_user", `${attribute} = "someone"`)],
      },
    }),
  ),
  ...(
    [
      ["CKV_LIN_5", "inbound", "in"],
      ["CKV_LIN_6", "outbound", "out"],
    ] as const
  ).map(
    ([alias, direction, word]): Policy => ({
      id: `iac/linode-firewall-${direction}-open`,
      aliases: [alias],
      title: `Firewall lets ${word} what no rule names`,
      severity: direction === "inbound" ? "high" : "low",
      controls: "network-exposure",
      why: "A service that was forgotten, or started by an intruder, is reachable at once.",
      fix: `Set \`${direction}_policy = "DROP"\` and name what is wanted.`,
      links,
      on: { "tf:linode_firewall": value(`${direction}_policy`).is("DROP") },
      examples: {
        bad: [tfResource("linode_firewall", `${direction}_policy = "ACCEPT"`)],
        good: [tfResource("linode_firewall", `${direction}_policy = "DROP"`)],
      },
    }),
  ),
];
