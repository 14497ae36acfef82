/** What an image says it listens on. */
import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { onEach } from "../../families/commands.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, passAt, unknownAt } from "../../verdict.ts";

const links = ["https://docs.docker.com/reference/dockerfile/#expose"] as const;

/** Ports by which machines are administered, with what listens there. */
const administration: Readonly<Record<number, string>> = {
  23: "Telnet",
  2375: "Docker without TLS",
  2376: "Docker",
  3389: "remote desktop",
  5900: "VNC",
  10250: "the kubelet",
};

interface Range {
  readonly first: number;
  readonly last: number;
  readonly isUdp: boolean;
}

/** `22`, `22/tcp`, `8000-8010`. */
function rangeOf(text: string): Range | undefined {
  const found = /^(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text.trim());
  if (!found) return undefined;
  const first = Number(found[1]);
  return {
    first,
    last: found[2] === undefined ? first : Number(found[2]),
    isUdp: found[3]?.toLowerCase() === "udp",
  };
}

function ports(isBad: (range: Range) => string | undefined): Condition {
  return (node) => {
    let unknown: Node | undefined;
    for (const word of itemsOf(child(node, "words"))) {
      if (word.is === "unknown") unknown = word;
      const range = rangeOf(textOf(word) ?? "");
      const why = range && isBad(range);
      if (why !== undefined) return failAt(word, why);
    }
    return unknown?.is === "unknown" ? unknownAt(unknown.at, unknown.reason) : passAt(node.at);
  };
}

const holds = ({ first, last }: Range, port: number) => first <= port && port <= last;

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-exposes-ssh",
    aliases: ["CKV_DOCKER_1", "AVD-DS-0004"],
    title: "The image opens port 22 for SSH",
    severity: "medium",
    why: "An SSH server in a container is one more way in, with keys and patches that nobody looks after.",
    fix: "Remove port 22 and the SSH server. Use docker exec or kubectl exec to look into a container.",
    links,
    controls: "administrative-access",
    on: onEach(
      ["EXPOSE"],
      ports((range) => (holds(range, 22) && !range.isUdp ? "port 22 is that of SSH" : undefined)),
    ),
    examples: {
      bad: [docker("FROM alpine:3.20\nEXPOSE 8080 22/tcp\n")],
      good: [docker("FROM alpine:3.20\nEXPOSE 8080 2222 22/udp\n")],
    },
  },
  {
    id: "iac/docker-exposes-administration-port",
    aliases: [],
    title: "The image opens a port for administration",
    severity: "medium",
    why: "Whoever reaches such a port can try to take the container over, and with Docker's own port the host too.",
    fix: "Remove the port, and the server behind it if nothing else needs it.",
    links,
    controls: "administrative-access",
    on: onEach(
      ["EXPOSE"],
      ports((range) => {
        const found = Object.entries(administration).find(([port]) => holds(range, Number(port)));
        return found && `port ${found[0]} is that of ${found[1]}`;
      }),
    ),
    examples: {
      bad: [docker("FROM alpine:3.20\nEXPOSE 2375\n")],
      good: [docker("FROM alpine:3.20\nEXPOSE 8080/tcp\n")],
    },
  },
  {
    id: "iac/docker-exposes-impossible-port",
    aliases: ["AVD-DS-0008"],
    title: "A port that cannot exist",
    severity: "low",
    why: "Ports end at 65535. What was meant is not opened, and rules made from the image hold for the wrong port.",
    fix: "Write the port on which the program listens, from 1 to 65535.",
    links,
    controls: "image-hygiene",
    on: onEach(
      ["EXPOSE"],
      ports(({ first, last }) =>
        Math.max(first, last) > 65_535 || first === 0 ? "ports go from 1 to 65535" : undefined,
      ),
    ),
    examples: {
      bad: [docker("FROM alpine:3.20\nEXPOSE 65536\n")],
      good: [docker("FROM alpine:3.20\nEXPOSE 65535\n")],
    },
  },
];
