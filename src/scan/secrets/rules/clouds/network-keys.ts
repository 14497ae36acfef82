/** Keys of services for domains and their names, content delivery, private networks and proxies, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  keyOf,
  lower,
  mixed,
  of,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["BuddyNS", "www.buddyns.com/", [hex(32)]],
  ["CDN77", "client.cdn77.com/support/api/", [mixed(32)]],
  ["ClouDNS", "www.cloudns.net/wiki/", [mixed(20, 40)]],
  ["Constellix", "api-docs.constellix.com/", [...uuidParts]],
  ["deSEC", "desec.readthedocs.io/", [url(28)]],
  ["DNS Check", "www.dnscheck.co/api", [hex(32)], ["dnscheck", "dns_check", "dns-check", "dns check"]],
  ["DNS Made Easy", "api-docs.dnsmadeeasy.com/", [...uuidParts], ["dnsmadeeasy", ...keyOf("dme")]],
  ["DNSPod", "docs.dnspod.com/", [hex(32)]],
  ["Domeneshop", "api.domeneshop.no/docs/", [mixed(40, 64)]],
  ["DuckDNS", "www.duckdns.org/spec.jsp", [...uuidParts], ["duckdns", "duck dns"]],
  ["Dynadot", "www.dynadot.com/domain/api", [mixed(30, 44)]],
  ["Dynu", "www.dynu.com/support/api", [mixed(32)], keyOf("dynu")],
  ["easyDNS", "docs.sandbox.rest.easydns.net/", [hex(16, 32)]],
  ["Edgio", "docs.edg.io/", [mixed(32)]],
  ["Gcore", "gcore.com/docs/", [of("digits", 1, 8), "$", hex(64, 160)], ["gcore"], "permanent token"],
  ["KeyCDN", "www.keycdn.com/api", [mixed(32)]],
  ["LuaDNS", "www.luadns.com/api.html", [hex(32)]],
  ["name.com", "docs.name.com/", [hex(40)], ["name.com", "namecom"]],
  ["Namecheap", "www.namecheap.com/support/api/", [hex(32)]],
  ["NameSilo", "www.namesilo.com/api-reference", [hex(20, 28)]],
  ["NetBox", "netboxlabs.com/docs/", [hex(40)], ["netbox", "nautobot"]],
  ["NextDNS", "nextdns.github.io/api/", [hex(40)]],
  ["Njalla", "njal.la/api/", [hex(40)]],
  ["NordVPN", "support.nordvpn.com/", [hex(64)]],
  ["NS1", "developer.ibm.com/apis/catalog/ns1", [mixed(20)], ["ns1", "nsone"]],
  ["OpenProvider", "docs.openprovider.com/", [hex(32)]],
  ["OpenVPN", "openvpn.net/cloud-docs/", [url(40, 64)], ["openvpn", "cloudconnexa"]],
  ["OPNsense", "docs.opnsense.org/", [of("base64", 80)]],
  ["Perimeter 81", "support.perimeter81.com/", [mixed(40, 90)], ["perimeter81", "perimeter 81"]],
  ["Pi-hole", "docs.pi-hole.net/", [hex(64)], ["pihole", "pi-hole"]],
  ["Proxy6", "proxy6.net/en/developers", [hex(10), "-", hex(10), "-", hex(10)]],
  ["ResellerClub", "manage.resellerclub.com/kb/", [mixed(32)], ["resellerclub"]],
  ["Spaceship", "docs.spaceship.dev/", [mixed(20, 64)], keyOf("spaceship")],
  ["StackPath", "stackpath.dev/docs/", [hex(64)]],
  ["Twingate", "www.twingate.com/docs/", [url(80, 120)]],
  ["Webhook Relay", "docs.webhookrelay.com/", [...uuidParts]],
  ["Webshare", "apidocs.webshare.io/", [lower(40)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Cloudflare Turnstile", "developers.cloudflare.com/turnstile/", ["0x4AAA", url(29)], { kind: "secret key" }],
  [
    "FreeDNS",
    "freedns.afraid.org/",
    ["freedns.afraid.org/dynamic/update.php?", mixed(40, 48)],
    { kind: "update address" },
  ],
  ["NetBird", "docs.netbird.io/api/", ["nbp_", mixed(36)]],
  ["NetBox", "netboxlabs.com/docs/", ["nbt_", mixed(12), ".", mixed(40)]],
  ["Porkbun", "porkbun.com/api/json/v3/documentation", [["pk1_", "sk1_"], hex(64)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
