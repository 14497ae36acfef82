/** Routers and switches: passwords in their configuration. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const password = (seed: string) => `gT${sample("base62", 9, seed)}7`;
const hidden = (seed: string) => `09${sample("hex", 18, seed).toUpperCase()}`;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/network-device-password",
    aliases: [],
    title: "Password in the configuration of a network device",
    provider: "Network devices",
    family: "password",
    severity: "high",
    why: "Whoever has it signs in to the router or switch, or reads and changes its settings; what is marked with 7 is only hidden from sight.",
    fix: "Change it on the device, keep it as a hash (`secret 9`, `algorithm-type scrypt`), and put the configuration together from a vault.",
    links: [
      "https://www.cisco.com/c/en/us/support/docs/security-vpn/remote-authentication-dial-user-service-radius/107614-64.html",
    ],
    anchors: [
      ...[
        "enable secret ",
        "enable password ",
        "snmp-server community ",
        "pre-shared-key ",
        "key-string ",
        "isakmp key ",
      ],
      ...["tacacs-server key ", "radius-server key ", "ospf authentication-key ", "ospf message-digest-key 1 md5 "],
      ...["privilege 15 secret ", "privilege 15 password ", "rocommunity ", "rwcommunity ", "wpa-psk "],
      ...["wpa-psk ascii ", "wpa-psk hex "],
      ...["password 0 ", "secret 0 ", "key 0 ", "password 7 ", "key 7 ", ")#password ", ")# password ", "username "],
    ].map((text) => ({ text })),
    shape: { is: "reader", reader: "network-device" },
    score: 70,
    loose: true,
    generic: true,
    examples: {
      bad: (seed) => [
        { path: "core1.cfg", text: `hostname core1\nenable secret 0 ${password(seed)}\n` },
        { path: "core1.txt", text: `username ops privilege 15 password 0 ${password(seed)}\n` },
        { path: "core1.txt", text: ` username ops password 7 ${hidden(seed)}\n` },
        { path: "core1.conf", text: `snmp-server community ${password(seed)} RW 12\n` },
        { path: "core1.cfg", text: `username ops privilege 15 secret ${password(seed)}\n` },
        { path: "core1.cfg", text: `tacacs-server key ${password(seed)}\n` },
        { path: "core1.cfg", text: ` ip ospf message-digest-key 1 md5 ${password(seed)}\n` },
        { path: "core1.cfg", text: ` ppp chap password 0 ${password(seed)}\n` },
        { path: "snmpd.conf", text: `rwcommunity ${password(seed)} 10.0.0.0/8\n` },
        { path: "core1.cfg", text: `snmp-server community ${password(seed)} 12\n` },
        { path: "core1.cfg", text: `enable secret ${password(seed)}à7x\n` },
        { path: "core1.cfg", text: `username opà password 0 ${password(seed)}à7x\n` },
        { path: "router.md", text: `- \`enable secret ${password(seed)}\`\n` },
        { path: "core1.conf", text: `crypto isakmp key ${password(seed)} address 10.1.2.3\n` },
        { path: "lab.txt", text: `R1(config)#enable secret ${password(seed)}\n` },
        { path: "lab.txt", text: "R1(config)#enable secret harborlight\n" },
        { path: "lab.md", text: `\`R1(config)# username ops secret ${password(seed)}\`\n` },
        { path: "core1.cfg", text: `username ops role admin password ${password(seed)}\n` },
        { path: "src/a.py", text: `device.send_config_set(["enable secret ${password(seed)}"])` },
        { path: "src/a.py", text: `tn.write(b"username ops privilege 15 secret ${password(seed)}\\n")` },
        { path: "src/a.py", text: `child.sendline('snmp-server community ${password(seed)} RO')` },
        { path: "site.yml", text: `lines:\n  - enable secret ${password(seed)}\n` },
        { path: "ap1.cfg", text: `dot11 ssid harbor\n wpa-psk ascii 0 ${password(seed)}\n` },
        { path: "ap1.cfg", text: ` wpa-psk ascii ${password(seed)}\n` },
        { path: "ap1.cfg", text: ` wpa-psk hex 0 ${sample("hexLower", 64, seed)}\n` },
        { path: "network/interfaces", text: `iface wlan0 inet dhcp\n    wpa-psk ${password(seed)}\n` },
        { path: "lab.txt", text: `Core1(config-line)#password ${password(seed)}\nCore1(config-line)# login\n` },
      ],
      good: () => [
        {
          path: "lab.txt",
          text: "R1(config)#enable secret class\nR1(config-line)#password cisco12345\nR1>enable password ?\n",
        },
        {
          path: "notes.md",
          text: "# enable secret scanning7\n> username shop or secret word\nusername and password harborlight\n",
        },
        {
          path: "core1.cfg",
          text: "enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0\nsnmp-server community public RO\n",
        },
        { path: "core1.cfg", text: "username ops secret 9 $9$abc\nenable password cisco\n" },
        { path: "snmpd.conf", text: "rocommunity public default\nThe rwcommunity statement7 says\n" },
        { path: "notes.md", text: "Then enable secret scanning7 for it, or the password 7 times.\n" },
        {
          path: "notes.md",
          text: "enable secret gT4kq0Zr8x17 rollout of the year\nenable secret gT4kq0Zr8x17 3 times\n",
        },
        {
          path: "src/a.py",
          text: `device.send_config_set(["enable secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0", f"enable secret {v}"])`,
        },
        { path: "src/a.js", text: 'help("enable secret scanning7 for it"); title = "enable secret scanning";' },
        { path: "src/a.py", text: "dev = {'device_type': 'cisco_ios', 'host': h, 'secret': 'cisco123'}" },
        { path: "notes.md", text: "- enable secret scanning7\n\nThe wpa-psk ascii v7 form\n" },
        { path: "src/a.py", text: 'print("enable password " + value7); key 0 gT4kq0Zr8x17\n' },
      ],
    },
  },
];
