/** DigitalOcean: buckets, droplets and firewalls. */
import { value } from "../../condition.ts";
import { tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const links = ["https://docs.digitalocean.com/products/"];

export const policies: readonly Policy[] = [
  {
    id: "iac/digitalocean-bucket-without-versions",
    aliases: ["CKV_DIO_1", "AVD-DIG-0007"],
    title: "Spaces bucket keeps no versions",
    severity: "low",
    controls: "deletion-protection",
    why: "What is overwritten or deleted, by mistake or by an intruder, is lost.",
    fix: "Add `versioning { enabled = true }`.",
    links,
    on: { "tf:digitalocean_spaces_bucket": value("versioning.enabled").is(true) },
    examples: {
      bad: [tfResource("digitalocean_spaces_bucket", 'name = "data"')],
      good: [tfResource("digitalocean_spaces_bucket", "versioning {", "  enabled = true", "}")],
    },
  },
  {
    id: "iac/digitalocean-droplet-without-key",
    aliases: ["CKV_DIO_2", "AVD-DIG-0004"],
    title: "Droplet is entered by password",
    severity: "medium",
    controls: "administrative-access",
    why: "Passwords are guessed by programs that try day and night.",
    fix: "List keys in `ssh_keys`.",
    links,
    on: { "tf:digitalocean_droplet": value("ssh_keys").exists() },
    examples: {
      bad: [tfResource("digitalocean_droplet", 'image = "ubuntu-24-04-x64"')],
      good: [tfResource("digitalocean_droplet", "ssh_keys = [digitalocean_ssh_key.operators.id]")],
    },
  },
  {
    id: "iac/digitalocean-bucket-public",
    aliases: ["CKV_DIO_3", "AVD-DIG-0006"],
    title: "Spaces bucket can be read by everybody",
    severity: "high",
    controls: "public-data",
    why: "Every object can be fetched by anybody on the internet.",
    fix: 'Set `acl = "private"`.',
    links,
    on: { "tf:digitalocean_spaces_bucket": value("acl", { edit: "private" }).not("public-read") },
    examples: {
      bad: [tfResource("digitalocean_spaces_bucket", 'acl = "public-read"')],
      good: [tfResource("digitalocean_spaces_bucket", 'acl = "private"')],
    },
  },
  {
    id: "iac/digitalocean-firewall-open",
    aliases: ["CKV_DIO_4", "AVD-DIG-0001"],
    title: "Firewall lets everybody in",
    severity: "high",
    controls: "network-exposure",
    why: "Anybody on the internet can try what runs behind it.",
    fix: "Limit `source_addresses` to the networks that need access.",
    links,
    on: { "tf:digitalocean_firewall": value("inbound_rule.source_addresses").not("0.0.0.0/0", "::/0") },
    examples: {
      bad: [tfResource("digitalocean_firewall", "inbound_rule {", '  source_addresses = ["0.0.0.0/0", "::/0"]', "}")],
      good: [tfResource("digitalocean_firewall", "inbound_rule {", '  source_addresses = ["10.0.0.0/8"]', "}")],
    },
  },
];
