/** Files from elsewhere: fetched over TLS, checked, and looked at before they are run. */

import { child, itemsOf, type Node, textOf } from "../../../formats/node.ts";
import type { Condition } from "../../condition.ts";
import { type Command, isPip, noCommand, onEach, type Word } from "../../families/commands.ts";
import { docker, type Policy } from "../../policy.ts";
import { failAt, notApplicable, passAt } from "../../verdict.ts";

const fetching = /^(?:curl|wget|iwr|Invoke-WebRequest)$/;
const running = /^(?:(?:ba|da|a|z|k|fi)?sh|python[\d.]*|perl|ruby|node|php|source|\.|eval|pwsh)$/;
const fetchedWord = /^(?:<\(|\$\(|`)\s*(?:sudo\s+)?(?:curl|wget)\b/;

/** `curl ... | sh`, `bash <(curl ...)`, `sh -c "$(curl ...)"`, `eval "$(wget ...)"`. */
function runsDownload({ program, words, pipedFrom }: Command): boolean | Word | undefined {
  if (!running.test(program)) return undefined;
  // python -m json.tool, node -e "..." and the like read data from the pipe, not a program.
  const readsProgram = words.every(({ text }) => text === "-" || text === "/dev/stdin" || /^-(?!-$|[mec]$)/.test(text));
  const isShell = /^(?:ba|da|a|z|k|fi)?sh$/.test(program);
  const takesProgram = isShell ? !words.some(({ text }) => /^-\w*c$/.test(text)) && !runsFile(words) : readsProgram;
  if (pipedFrom.some((name) => fetching.test(name)) && takesProgram) return true;
  return words.find(({ text }) => fetchedWord.test(text));
}

/** `sh script.sh` reads the script; `bash -s -- --yes` and `sh -` read what is piped. */
function runsFile(words: readonly Word[]): boolean {
  const first = words.find(({ text }) => !text.startsWith("-") || text === "-");
  const fromPipe = words.some(({ text }) => /^-\w*s$/.test(text) || text === "-" || text === "--");
  return first !== undefined && !fromPipe && first.text !== "/dev/stdin";
}

const reference = "https://docs.docker.com/reference/dockerfile/#add";
const remote = /^(?:https?|ftp):\/\//i;
const repository = /^(?:git@|ssh:|git:)|^https?:\/\/[^?]*\.git(?:[?#]|$)/i;
const archive = /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|tlz|tzst|gz|bz2|xz|zst|lz4?)(?:["']|$)/i;

function sourceTexts(node: Node): readonly { readonly text: string; readonly node: Node }[] {
  return itemsOf(child(node, "sources")).map((one) => ({
    text: (one.is === "unknown" ? one.text : textOf(one)) ?? "",
    node: one,
  }));
}

const remoteIsChecked: Condition = (node) => {
  const checksum = child(child(node, "flags"), "checksum");
  for (const { text, node: source } of sourceTexts(node)) {
    if (remote.test(text) && !repository.test(text) && !checksum) return failAt(source, "no --checksum is given");
    // A whole commit is its own checksum.
    const pinned = /#[0-9a-f]{40}|[?&](?:checksum|commit)=[0-9a-f]{40}/i.test(text);
    if (repository.test(text) && !checksum && !pinned) return failAt(source, "no commit is named");
  }
  return passAt(node.at);
};

/** Globs, folders and unknown names may be archives. */
const addIsNeeded: Condition = (node) => {
  for (const { text, node: source } of sourceTexts(node)) {
    if (remote.test(text) || repository.test(text) || archive.test(text)) continue;
    if (source.is === "unknown" && text.endsWith("}")) return notApplicable;
    return failAt(source, "COPY does the same here, and nothing else");
  }
  return passAt(node.at);
};

/** Addresses on the same machine do not cross a network. */
const plainHttp = /^http:\/\/(?!(?:localhost|127\.|\[::1\]|0\.0\.0\.0))/i;
const checks = /^(?:sha\d*sum|shasum|gpgv?|md5sum|b2sum|cosign|minisign|openssl|rpmkeys|apt-key)$/;

function fetchesPlain(command: Command, all: readonly Command[]): Word | undefined {
  const { program, words } = command;
  const fetches = /^(?:curl|wget|aria2c)$/.test(program) || isPip(command) || /^(?:npm|yarn|pnpm|gem)$/.test(program);
  if (!fetches || all.some((other) => checks.test(other.program))) return undefined;
  return words.find(({ text }) => plainHttp.test(text.replace(/^--?[\w-]+=/, "")));
}

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-adds-unchecked-download",
    aliases: ["CKV_DOCKER_4"],
    title: "ADD fetches a file without checking it",
    severity: "medium",
    why: "Whoever controls the server, now or later, decides what becomes part of the image.",
    fix: "Name what is expected: ADD --checksum=sha256:... for a file, the whole commit for a repository.",
    links: [reference],
    controls: "supply-chain",
    on: onEach(["ADD"], remoteIsChecked),
    examples: {
      bad: [docker("FROM alpine:3.20\nADD https://files.example/tool.tar.gz /opt/\n")],
      good: [
        docker(`FROM alpine:3.20\nADD --checksum=sha256:${"0".repeat(64)} https://files.example/tool.tar.gz /opt/\n`),
      ],
    },
  },
  {
    id: "iac/docker-adds-what-copy-would",
    aliases: ["CKV_DOCKER_4", "AVD-DS-0005"],
    title: "ADD where COPY would do",
    severity: "low",
    why: "ADD also fetches addresses and unpacks archives. A changed source does something that nobody meant.",
    fix: "Write COPY. Keep ADD for archives that are to be unpacked and for addresses with a checksum.",
    links: [reference],
    controls: "image-hygiene",
    on: onEach(["ADD"], addIsNeeded),
    examples: {
      bad: [docker("FROM alpine:3.20\nADD app.jar /opt/\n")],
      good: [docker("FROM alpine:3.20\nADD app.tar.gz /opt/\n")],
    },
  },
  {
    id: "iac/docker-runs-download",
    aliases: [],
    title: "A download is run without looking at it",
    severity: "medium",
    why: "What the server sends runs as root in the build. Nothing checks that it is what it was yesterday, or that it came whole.",
    fix: "Fetch the file, compare its sha256 with the one that you looked at, then run it; or install a package instead.",
    links: ["https://docs.docker.com/build/building/best-practices/#using-pipes"],
    controls: "supply-chain",
    on: { "docker:RUN": noCommand(runsDownload, "the output of a download is run at once") },
    examples: {
      bad: [
        docker("FROM alpine:3.20\nRUN curl -fsSL https://files.example/install.sh | sh\n"),
        docker('FROM debian:12\nRUN bash -c "$(wget -qO- https://files.example/install.sh)"\n'),
      ],
      good: [
        docker(
          'FROM alpine:3.20\nRUN curl -fsSLO https://files.example/install.sh && echo "$SUM  install.sh" | sha256sum -c && sh install.sh\n',
        ),
      ],
    },
  },
  {
    id: "iac/docker-downloads-without-tls",
    aliases: [],
    title: "Files or packages are fetched without TLS",
    severity: "medium",
    why: "Anybody on the way can put a file of their own into the image.",
    fix: "Write https. If the server knows only http, check the file against a checksum in the same RUN.",
    links: ["https://docs.docker.com/build/building/best-practices/"],
    controls: "encryption-in-transit",
    on: { "docker:RUN": noCommand(fetchesPlain, "the address begins with http") },
    examples: {
      bad: [
        docker("FROM alpine:3.20\nRUN wget http://files.example/tool\n"),
        docker("FROM python:3.12\nRUN pip install --index-url=http://packages.example/simple flask\n"),
      ],
      good: [docker("FROM alpine:3.20\nRUN wget https://files.example/tool\n")],
    },
  },
];
