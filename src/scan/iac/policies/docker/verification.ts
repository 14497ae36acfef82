/** Images are built from what was verified: package signatures and certificates are checked. */

import { type Command, does, isPip, neverSets, noCommand, option, type Word } from "../../families/commands.ts";
import { docker, type Policy } from "../../policy.ts";

const links = ["https://docs.docker.com/build/building/best-practices/"] as const;
const isFalse = (value: string) => /^(?:false|0|no|off)$/i.test(value);

export const policies: readonly Policy[] = [
  {
    id: "iac/docker-curl-skips-certificate-check",
    aliases: ["CKV2_DOCKER_2"],
    title: "curl does not check the server's certificate",
    severity: "high",
    why: "Whoever sits between the build and the server can hand out a file of their own, which then becomes part of the image.",
    fix: "Remove -k or --insecure. Where the server has a certificate of your own authority, install that authority's certificate in the image first.",
    links,
    controls: "encryption-in-transit",
    on: { "docker:RUN": noCommand((command) => curlIsInsecure(command), "curl is told to accept any certificate") },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN curl -fsSkL -o tool https://files.example/tool\n")],
      good: [docker("FROM alpine:3.20\nRUN curl -fsSL -o tool https://files.example/tool\n")],
    },
  },
  {
    id: "iac/docker-wget-skips-certificate-check",
    aliases: ["CKV2_DOCKER_3"],
    title: "wget does not check the server's certificate",
    severity: "high",
    why: "Whoever sits between the build and the server can hand out a file of their own, which then becomes part of the image.",
    fix: "Remove --no-check-certificate. Install the package ca-certificates if the image has no authorities yet.",
    links,
    controls: "encryption-in-transit",
    on: {
      "docker:RUN": noCommand(
        (command) => command.program === "wget" && option(command, "--no-check-certificate"),
        "wget is told to accept any certificate",
      ),
    },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN wget --no-check-certificate https://files.example/tool\n")],
      good: [docker("FROM alpine:3.20\nRUN wget https://files.example/tool\n")],
    },
  },
  {
    id: "iac/docker-pip-trusts-host",
    aliases: ["CKV2_DOCKER_4"],
    title: "pip trusts a host without checking its certificate",
    severity: "high",
    why: "Packages run code when they are installed. Without the certificate check anybody on the way can put code into the image.",
    fix: "Remove --trusted-host. Give pip the certificate of your own authority with --cert, if the index uses one.",
    links,
    controls: "encryption-in-transit",
    on: {
      "docker:RUN": noCommand(
        (command) => isPip(command) && option(command, "--trusted-host"),
        "pip is told not to check the certificate of this host",
      ),
    },
    examples: {
      bad: [docker("FROM python:3.12\nRUN pip install --trusted-host packages.example flask\n")],
      good: [docker("FROM python:3.12\nRUN pip install --cert /etc/ssl/own.pem flask\n")],
    },
  },
  {
    id: "iac/docker-pip-trusts-host-by-variable",
    aliases: ["CKV2_DOCKER_16"],
    title: "PIP_TRUSTED_HOST switches pip's certificate check off",
    severity: "high",
    why: "Every pip in the build, and in containers of the image, takes packages from that host without knowing who answers.",
    fix: "Remove PIP_TRUSTED_HOST. Set PIP_CERT to the certificate of your own authority, if the index uses one.",
    links,
    controls: "encryption-in-transit",
    on: neverSets(["PIP_TRUSTED_HOST"], (value) => value !== "", "pip does not check the certificate of this host"),
    examples: {
      bad: [docker("FROM python:3.12\nENV PIP_TRUSTED_HOST=packages.example\n")],
      good: [docker("FROM python:3.12\nENV PIP_CERT=/etc/ssl/own.pem\n")],
    },
  },
  {
    id: "iac/docker-python-skips-certificate-check",
    aliases: ["CKV2_DOCKER_5"],
    title: "PYTHONHTTPSVERIFY switches Python's certificate check off",
    severity: "high",
    why: "Python programs then talk to whoever answers; passwords and data can be read and changed on the way.",
    fix: "Remove the variable. Install the certificate of your own authority, if that was the reason.",
    links,
    controls: "encryption-in-transit",
    on: neverSets(["PYTHONHTTPSVERIFY"], (value) => value === "0", "Python does not check certificates"),
    examples: {
      bad: [
        docker("FROM python:2.7\nENV PYTHONHTTPSVERIFY=0\n"),
        docker("FROM python:2.7\nRUN PYTHONHTTPSVERIFY=0 python get.py\n"),
      ],
      good: [docker("FROM python:2.7\nENV PYTHONHTTPSVERIFY=1\nRUN python get.py\n")],
    },
  },
  {
    id: "iac/docker-node-skips-certificate-check",
    aliases: ["CKV2_DOCKER_6"],
    title: "NODE_TLS_REJECT_UNAUTHORIZED switches Node's certificate check off",
    severity: "high",
    why: "Node programs then talk to whoever answers; passwords and data can be read and changed on the way.",
    fix: "Remove the variable. Set NODE_EXTRA_CA_CERTS to the certificate of your own authority, if that was the reason.",
    links,
    controls: "encryption-in-transit",
    on: neverSets(["NODE_TLS_REJECT_UNAUTHORIZED"], (value) => value === "0", "Node does not check certificates"),
    examples: {
      bad: [docker("FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n")],
      good: [docker("FROM node:22\nENV NODE_EXTRA_CA_CERTS=/etc/ssl/own.pem\n")],
    },
  },
  {
    id: "iac/docker-npm-skips-certificate-check-by-variable",
    aliases: ["CKV2_DOCKER_12"],
    title: "NPM_CONFIG_STRICT_SSL switches npm's certificate check off",
    severity: "high",
    why: "npm runs the scripts of packages. Without the certificate check anybody on the way can put code into the image.",
    fix: "Remove the variable. Set NPM_CONFIG_CAFILE to the certificate of your own authority, if the registry uses one.",
    links,
    controls: "encryption-in-transit",
    on: neverSets(
      ["NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl"],
      (value) => /^(?:false|0)$/.test(value),
      "npm does not check certificates",
    ),
    examples: {
      bad: [docker("FROM node:22\nENV NPM_CONFIG_STRICT_SSL=false\n")],
      good: [docker("FROM node:22\nENV NPM_CONFIG_STRICT_SSL=true\n")],
    },
  },
  {
    id: "iac/docker-npm-skips-certificate-check",
    aliases: ["CKV2_DOCKER_13"],
    title: "npm or yarn is told not to check certificates",
    severity: "high",
    why: "Package managers run the scripts of packages. Without the certificate check anybody on the way can put code into the image.",
    fix: "Remove the setting strict-ssl. Set cafile to the certificate of your own authority, if the registry uses one.",
    links,
    controls: "encryption-in-transit",
    on: { "docker:RUN": noCommand((command) => npmIsInsecure(command), "strict-ssl is set to false") },
    examples: {
      bad: [docker("FROM node:22\nRUN npm config set strict-ssl false && npm ci\n")],
      good: [docker("FROM node:22\nRUN npm config set strict-ssl true && npm ci\n")],
    },
  },
  {
    id: "iac/docker-git-skips-certificate-check-by-variable",
    aliases: ["CKV2_DOCKER_14"],
    title: "GIT_SSL_NO_VERIFY switches git's certificate check off",
    severity: "high",
    why: "git looks only at whether the variable is there, so even 0 means: take source code from whoever answers.",
    fix: "Remove the variable. Set GIT_SSL_CAINFO to the certificate of your own authority, if the server uses one.",
    links,
    controls: "encryption-in-transit",
    on: neverSets(["GIT_SSL_NO_VERIFY"], () => true, "git does not check certificates while the variable is there"),
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN GIT_SSL_NO_VERIFY=1 git clone https://git.example/a.git\n")],
      good: [docker("FROM alpine:3.20\nRUN git clone https://git.example/a.git\n")],
    },
  },
  {
    id: "iac/docker-git-skips-certificate-check",
    aliases: [],
    title: "git is told not to check certificates",
    severity: "high",
    why: "Whoever sits between the build and the server can hand out source code of their own.",
    fix: "Remove http.sslVerify. Set http.sslCAInfo to the certificate of your own authority, if the server uses one.",
    links,
    controls: "encryption-in-transit",
    on: { "docker:RUN": noCommand((command) => gitIsInsecure(command), "http.sslVerify is set to false") },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN git config --global http.sslVerify false\n")],
      good: [docker("FROM alpine:3.20\nRUN git config --global http.sslCAInfo /etc/ssl/own.pem\n")],
    },
  },
  {
    id: "iac/docker-apk-allows-untrusted",
    aliases: ["CKV2_DOCKER_7"],
    title: "apk installs packages without a trusted signature",
    severity: "high",
    why: "The signature is what tells a package of the distribution from one that somebody put in its place.",
    fix: "Remove --allow-untrusted, and put the public key of your own repository into /etc/apk/keys.",
    links,
    controls: "supply-chain",
    on: {
      "docker:RUN": noCommand(
        (command) => command.program === "apk" && option(command, "--allow-untrusted"),
        "apk is told to accept packages without a trusted signature",
      ),
    },
    examples: {
      bad: [docker("FROM alpine:3.20\nRUN apk add --allow-untrusted ./tool.apk\n")],
      good: [docker("FROM alpine:3.20\nRUN apk add --no-cache tool\n")],
    },
  },
  {
    id: "iac/docker-apt-allows-unauthenticated",
    aliases: ["CKV2_DOCKER_8"],
    title: "apt-get installs packages without a valid signature",
    severity: "high",
    why: "The signature is what tells a package of the distribution from one that somebody put in its place.",
    fix: "Remove --allow-unauthenticated, and name the key of the repository with signed-by in its source line.",
    links,
    controls: "supply-chain",
    on: {
      "docker:RUN": noCommand(
        (command) => isApt(command) && (option(command, "--allow-unauthenticated") ?? aptOption(command)),
        "apt is told to accept packages without a valid signature",
      ),
    },
    examples: {
      bad: [docker("FROM debian:12\nRUN apt-get install -y --allow-unauthenticated tool\n")],
      good: [docker("FROM debian:12\nRUN apt-get install -y --no-install-recommends tool\n")],
    },
  },
  {
    id: "iac/docker-apt-forces-yes",
    aliases: ["CKV2_DOCKER_11"],
    title: "apt-get is forced past all its warnings",
    severity: "high",
    why: "--force-yes also goes on where a package is not signed or is older than the one that it replaces.",
    fix: "Replace --force-yes with -y; allow the one thing that is needed (--allow-downgrades) if anything is.",
    links,
    controls: "supply-chain",
    on: {
      "docker:RUN": noCommand(
        (command) => isApt(command) && option(command, "--force-yes"),
        "--force-yes installs without asking, signed or not",
      ),
    },
    examples: {
      bad: [docker("FROM debian:12\nRUN apt-get install --force-yes tool\n")],
      good: [docker("FROM debian:12\nRUN apt-get install -y tool\n")],
    },
  },
  {
    id: "iac/docker-yum-skips-signature-check",
    aliases: ["CKV2_DOCKER_9"],
    title: "yum, dnf or zypper installs packages without checking signatures",
    severity: "high",
    why: "The signature is what tells a package of the distribution from one that somebody put in its place.",
    fix: "Remove the option, and import the key of your own repository with rpm --import.",
    links,
    controls: "supply-chain",
    on: {
      "docker:RUN": noCommand(
        (command) =>
          (isYum(command) && option(command, "--nogpgcheck")) ||
          (command.program === "zypper" && option(command, "--no-gpg-checks")),
        "signatures of packages are not checked",
      ),
    },
    examples: {
      bad: [docker("FROM fedora:40\nRUN dnf install -y --nogpgcheck tool\n")],
      good: [docker("FROM fedora:40\nRUN dnf install -y tool && dnf clean all\n")],
    },
  },
  {
    id: "iac/docker-yum-skips-certificate-check",
    aliases: ["CKV2_DOCKER_15"],
    title: "yum or dnf does not check certificates",
    severity: "high",
    why: "Whoever sits between the build and the repository can hand out lists and packages of their own.",
    fix: "Remove sslverify from the options. Name the certificate of your own authority with sslcacert, if the repository uses one.",
    links,
    controls: "encryption-in-transit",
    on: { "docker:RUN": noCommand((command) => yumSkipsCertificates(command), "sslverify is switched off") },
    examples: {
      bad: [docker("FROM fedora:40\nRUN dnf config-manager --save --setopt=own.sslverify=0\n")],
      good: [docker("FROM fedora:40\nRUN dnf config-manager --save --setopt=own.sslverify=1\n")],
    },
  },
  {
    id: "iac/docker-rpm-skips-signature-check",
    aliases: ["CKV2_DOCKER_10"],
    title: "rpm installs packages without checking them",
    severity: "high",
    why: "Signature and digest are what tells a package of its maker from one that somebody put in its place.",
    fix: "Remove the options --nosignature, --nodigest, --noverify and --nofiledigest, and import the maker's key with rpm --import.",
    links,
    controls: "supply-chain",
    on: {
      "docker:RUN": noCommand(
        ({ program, words }) =>
          program === "rpm" && words.find(({ text }) => /^--no(?:digest|signature|verify|filedigest)$/.test(text)),
        "rpm is told not to check the package",
      ),
    },
    examples: {
      bad: [docker("FROM fedora:40\nRUN rpm -i --nosignature tool.rpm\n")],
      good: [docker("FROM fedora:40\nRUN rpm -i tool.rpm\n")],
    },
  },
  {
    id: "iac/docker-go-skips-module-check",
    aliases: [],
    title: "Go takes modules without checking their checksums",
    severity: "medium",
    why: "The checksum database is what notices that a module was changed after its release.",
    fix: "Remove GONOSUMCHECK, GONOSUMDB=*, GOINSECURE and GOFLAGS=-insecure; name only your own modules in GOPRIVATE.",
    links,
    controls: "supply-chain",
    on: neverSets(
      ["GOINSECURE", "GONOSUMDB", "GONOSUMCHECK", "GOSUMDB", "GOFLAGS"],
      (value) => /^(?:off|\*|1)$|(?:^|\s)-insecure\b/.test(value),
      "Go does not check what it downloads",
    ),
    examples: {
      bad: [docker("FROM golang:1.23\nENV GOSUMDB=off\n")],
      good: [docker("FROM golang:1.23\nENV GOPRIVATE=git.example/team\n")],
    },
  },
];

/** Letters of curl that take a value: what follows one in a cluster is no option any more. */
const curlTakesValue = "AbCcDdEeFHhKmoPQrTtUuwXxYyz";

function curlIsInsecure({ program, words }: Command): Word | undefined {
  if (program !== "curl") return undefined;
  return words.find(({ text }) => {
    if (text === "--insecure" || text === "--proxy-insecure") return true;
    if (!/^-[^-]/.test(text)) return false;
    for (const letter of text.slice(1)) {
      if (letter === "k") return true;
      if (curlTakesValue.includes(letter)) return false;
    }
    return false;
  });
}

function npmIsInsecure({ program, words }: Command): Word | undefined {
  if (!/^(?:npm|yarn|pnpm)$/.test(program)) return undefined;
  const flag = words.find(({ text }) => /^--(?:no-strict-ssl|strict-ssl=(?:false|0))$/.test(text));
  if (flag) return flag;
  const set = words.findIndex(({ text }) => text === "set");
  const before = words.slice(0, Math.max(set, 0)).filter(({ text }) => !text.startsWith("-"));
  if (set < 0 || before.some(({ text }) => text !== "config" && text !== "c")) return undefined;
  return words.slice(set + 1).find(({ text }, at, rest) => {
    const [name, value = rest[at + 1]?.text ?? ""] = text.split("=");
    return name === "strict-ssl" && isFalse(value);
  });
}

function gitIsInsecure({ program, words }: Command): Word | undefined {
  if (program !== "git") return undefined;
  return words.find(({ text }, at) => {
    const [name = "", value = words[at + 1]?.text ?? ""] = text.split("=");
    return /^http\.(?:.*\.)?sslverify$/i.test(name) && isFalse(value);
  });
}

function isApt({ program }: Command): boolean {
  return program === "apt-get" || program === "apt" || program === "aptitude";
}

/** `-o APT::Get::AllowUnauthenticated=true`, `-o Acquire::AllowInsecureRepositories=true`. */
function aptOption({ words }: Command): Word | undefined {
  return words.find(({ text }) =>
    /(?:APT::Get::AllowUnauthenticated|Acquire::AllowInsecureRepositories|Acquire::https?::.*Verify-Peer=false)(?:=(?:true|yes|1))?$/i.test(
      text,
    ),
  );
}

function isYum({ program }: Command): boolean {
  return /^(?:yum|t?dnf5?|microdnf|yum-config-manager)$/.test(program);
}

function yumSkipsCertificates(command: Command): Word | undefined {
  if (!isYum(command) || does(command, "help")) return undefined;
  const { words } = command;
  return words.find(({ text }, at) => {
    const setting = text.startsWith("--setopt=") ? text.slice("--setopt=".length) : undefined;
    const spread = text === "--setopt" ? words[at + 1]?.text : undefined;
    const found = /^["']?(?:[^=]*\.)?sslverify["']?=(.*)$/i.exec(setting ?? spread ?? "");
    return found !== null && isFalse(found[1] ?? "");
  });
}
