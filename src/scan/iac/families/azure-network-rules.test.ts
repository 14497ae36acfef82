import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceFileOf } from "../../source-file-of.ts";
import { terraform } from "../languages/terraform/terraform.ts";
import { closedToInternet, includes, type Opening } from "./azure-network-rules.ts";

const type = "azurerm_network_security_rule";
const ssh: Opening = { protocol: /^(?:tcp|\*)$/i, ports: includes(22) };

function judge(lines: readonly string[], opening: Opening): string | undefined {
  const text = `resource "${type}" "r" {\n${lines.join("\n")}\n}\n`;
  const file = sourceFileOf("main.tf", "0", new TextEncoder().encode(text));
  const [rule] = terraform.read({ root: "", files: [file] }).resources;
  assert.ok(rule);
  return closedToInternet(opening)[`tf:${type}`]?.(rule.body, rule).is;
}

const open = {
  access: `"Allow"`,
  direction: `"Inbound"`,
  protocol: `"Tcp"`,
  destination_port_range: `"22"`,
  source_address_prefix: `"*"`,
};

const cases: readonly (readonly [change: Readonly<Record<string, string>>, expected: string])[] = [
  [{}, "fail"],
  [{ access: `"Deny"` }, "pass"],
  [{ direction: `"Outbound"` }, "pass"],
  [{ protocol: `"*"`, source_address_prefix: `"Internet"` }, "fail"],
  [{ protocol: `"Udp"` }, "pass"],
  [{ destination_port_range: "22" }, "fail"],
  [{ destination_port_range: `"*"` }, "fail"],
  [{ destination_port_range: `"20-30"` }, "fail"],
  [{ destination_port_range: `"23-30"` }, "pass"],
  [{ destination_port_range: "null", destination_port_ranges: `["443", "22"]` }, "fail"],
  [{ source_address_prefix: `"0.0.0.0/0"` }, "fail"],
  [{ source_address_prefix: `"::/0"` }, "fail"],
  [{ source_address_prefix: `"10.0.0.0/8"` }, "pass"],
  [{ source_address_prefix: "null", source_address_prefixes: `["10.0.0.0/8", "internet"]` }, "fail"],
  [{ source_address_prefix: `"VirtualNetwork"` }, "pass"],
  [{ source_address_prefix: "var.from" }, "unknown"],
  [{ source_address_prefix: "var.from", access: `"Deny"` }, "pass"],
  [{ source_address_prefix: "var.from", destination_port_range: `"443"` }, "pass"],
];

test("a rule is open if all its parts are; one part that closes it is enough", () => {
  for (const [change, expected] of cases) {
    const lines = Object.entries({ ...open, ...change }).map(([name, written]) => `  ${name} = ${written}`);
    assert.equal(judge(lines, ssh), expected, JSON.stringify(change));
  }
});
