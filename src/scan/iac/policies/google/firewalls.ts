/** Firewall rules of Google Cloud: ports and protocols that the whole internet reaches. */
import { tfResource } from "../../families/examples.ts";
import { closedPort, closedToAllProtocols } from "../../families/google-firewall.ts";
import type { Example, Policy } from "../../policy.ts";

const links = ["https://cloud.google.com/firewall/docs/firewalls"];

const rule = (allow: string, range: string): Example =>
  tfResource(
    "google_compute_firewall",
    `name    = "allow-in"`,
    "network = google_compute_network.main.name",
    `allow {\n  ${allow}\n}`,
    `source_ranges = ["${range}"]`,
  );

const closed = (port: number): Pick<Policy, "controls" | "links" | "on" | "examples"> => ({
  controls: "network-exposure",
  links,
  on: { "tf:google_compute_firewall": closedPort(port) },
  examples: {
    bad: [
      rule(`protocol = "tcp"\n  ports    = ["${port}"]`, "0.0.0.0/0"),
      rule(`protocol = "tcp"\n  ports    = ["8443", "1-${port + 5}"]`, "::/0"),
      rule(`protocol = "all"`, "0.0.0.0/0"),
    ],
    good: [
      rule(`protocol = "tcp"\n  ports    = ["${port}"]`, "10.0.0.0/8"),
      rule(`protocol = "tcp"\n  ports    = ["443"]`, "0.0.0.0/0"),
    ],
  },
});

export const policies: readonly Policy[] = [
  {
    id: "iac/google-firewall-opens-ssh",
    aliases: ["CKV_GCP_2", "AVD-GCP-0071"],
    title: "Firewall rule lets the whole internet in on SSH (port 22)",
    severity: "high",
    why: "Everybody can try passwords and stolen keys, and the next hole in the SSH server is open to all within hours.",
    fix: "Allow port 22 only from 35.235.240.0/20, the range of Identity-Aware Proxy, or from your own network.",
    ...closed(22),
  },
  {
    id: "iac/google-firewall-opens-rdp",
    aliases: ["CKV_GCP_3", "AVD-GCP-0070"],
    title: "Firewall rule lets the whole internet in on Remote Desktop (port 3389)",
    severity: "high",
    why: "Remote Desktop is the most common way in for ransomware: passwords are guessed around the clock.",
    fix: "Allow port 3389 only from 35.235.240.0/20, the range of Identity-Aware Proxy, or from your own network.",
    ...closed(3389),
  },
  {
    id: "iac/google-firewall-opens-ftp",
    aliases: ["CKV_GCP_75"],
    title: "Firewall rule lets the whole internet in on FTP (port 21)",
    severity: "high",
    why: "FTP sends names, passwords and files in clear; everybody can try passwords on it.",
    fix: "Use SFTP or a storage bucket instead, or limit the rule to the networks that need it.",
    ...closed(21),
  },
  {
    id: "iac/google-firewall-opens-ftp-data",
    aliases: ["CKV_GCP_77"],
    title: "Firewall rule lets the whole internet in on the data port of FTP (port 20)",
    severity: "medium",
    why: "FTP sends files in clear, and its data port can be used to reach other machines through the server.",
    fix: "Use SFTP or a storage bucket instead, or limit the rule to the networks that need it.",
    ...closed(20),
  },
  {
    id: "iac/google-firewall-opens-http",
    aliases: ["CKV_GCP_106"],
    title: "Firewall rule lets the whole internet in on HTTP (port 80)",
    severity: "low",
    why: "What goes over port 80 is not encrypted: somebody on the path reads and changes it.",
    fix: "Serve HTTPS through a load balancer, and allow port 80 only from the ranges of that load balancer.",
    ...closed(80),
  },
  {
    id: "iac/google-firewall-opens-mysql",
    aliases: ["CKV_GCP_88"],
    title: "Firewall rule lets the whole internet in on MySQL (port 3306)",
    severity: "high",
    why: "Everybody can try passwords on the database and use holes in its server.",
    fix: "Limit the rule to the networks of the applications that use the database.",
    ...closed(3306),
  },
  {
    id: "iac/google-firewall-allows-all-traffic",
    aliases: ["CKV2_GCP_12"],
    title: "Firewall rule lets the whole internet in with every protocol",
    severity: "high",
    controls: "network-exposure",
    why: "Whatever listens on a machine of this network, also what was never meant for others, is open to everybody.",
    fix: "Name the protocols and ports that are needed, and the ranges they are needed from.",
    links,
    on: { "tf:google_compute_firewall": closedToAllProtocols },
    examples: {
      bad: [rule(`protocol = "all"`, "0.0.0.0/0")],
      good: [rule(`protocol = "all"`, "10.0.0.0/8"), rule(`protocol = "tcp"\n  ports    = ["443"]`, "0.0.0.0/0")],
    },
  },
];
