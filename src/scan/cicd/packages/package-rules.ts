/** Whence a repository gets its packages, and who vouches for them. */
import type { Edit, Hit } from "../cicd-rule.ts";
import type { PackageRule } from "./package-rule.ts";
import type { LockFile, PackageUnit, Source } from "./package-unit.ts";

const lockPage = "https://docs.npmjs.com/cli/configuring-npm/package-lock-json";

/** One lock file is missing for a project and all of its workspaces. */
function unlockedHits({ root, projects }: PackageUnit): readonly Hit[] {
  const open = projects.filter(({ asksAt, isLocked }) => asksAt && !isLocked);
  const first = open.find(({ path }) => path === root) ?? open[0];
  if (!first?.asksAt) return [];
  const more = open.length === 1 ? "" : `, and ${open.length - 1} more of its workspaces need one`;
  return [{ at: first.asksAt, address: root, why: `no lock file stands beside it${more}` }];
}

function weakHits({ locks }: PackageUnit): readonly Hit[] {
  return locks.flatMap(({ path, weak }: LockFile): readonly Hit[] => {
    const [first] = weak;
    if (!first) return [];
    const names = [...new Set(weak.map(({ name }) => name))];
    const shown = names.slice(0, 3).join(", ");
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    const isBare = weak.some(({ why }) => why === "nothing");
    const why = `${isBare ? "nothing" : "only SHA-1"} vouches for ${shown}${more}`;
    return [{ at: first.at, address: path, why, severity: isBare ? ("medium" as const) : undefined }];
  });
}

const within =
  /^http:\/\/(?:[^/@]*@)?(?:localhost|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker\.internal)/i;

/** One for each host of a file. */
function plainHits({ sources }: PackageUnit): readonly Hit[] {
  const seen = new Set<string>();
  return sources.flatMap((source): readonly Hit[] => {
    const host = hostOf(source.address);
    const address = `${source.path}/${host}`;
    if (within.test(source.address) || (source.isLocked && seen.has(address))) return [];
    seen.add(address);
    return [{ at: source.at, address, why: `packages come from ${host} in the clear`, edit: () => encrypted(source) }];
  });
}

function hostOf(address: string): string {
  return address
    .replace(/^http:\/\/(?:[^/@]*@)?/, "")
    .replace(/[/?#].*$/s, "")
    .slice(0, 200);
}

/** A port is that of one scheme only; a lock file is made anew. */
function encrypted({ at, address, isLocked }: Source): Edit | undefined {
  if (isLocked || hostOf(address).includes(":") || !at.file.text.startsWith("http:", at.start)) return undefined;
  return { title: "Use https", safe: false, changes: [{ place: { ...at, end: at.start + 4 }, text: "https" }] };
}

/** Feeds of Azure Artifacts, hosts within a network, and products that companies run for their own packages. */
const internal =
  /^https?:\/\/(?:[^/@]*@)?(?:(?:[\w-]+\.)?pkgs\.(?:dev\.azure|visualstudio)\.com\/|[\w-]+(?::\d+)?(?:\/|$)|[\w.-]+\.(?:local|lan|internal|intranet|corp)(?::\d+)?(?:\/|$)|[^\s]*(?:artifactory|nexus|proget|jfrog|verdaccio|baget))/i;

function unscopedHits({ projects }: PackageUnit): readonly Hit[] {
  return projects.flatMap(({ path, name, nameAt, isPrivate, publishesTo }): readonly Hit[] => {
    if (isPrivate || name === undefined || !nameAt || name.startsWith("@")) return [];
    if (publishesTo === undefined || !internal.test(publishesTo)) return [];
    return [
      { at: nameAt, address: path, why: `${name.slice(0, 100)} is published to a feed of one's own without a scope` },
    ];
  });
}

const asks = '{"name":"a","dependencies":{"left":"^1.0.0"}}';

function lockOf(entry: string): string {
  return `{"lockfileVersion":3,"packages":{"":{"name":"a"},"node_modules/left":{"version":"1.0.0",${entry}}}}`;
}

export const packageRules: readonly PackageRule[] = [
  {
    id: "cicd/npm-lock-file-missing",
    aliases: ["ado-repo-npm-lockfile-missing", "prisma:Azure repository missing NPM lock file"],
    title: "A project of npm has no lock file",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "Every build takes whatever versions are newest at that moment, also of packages that packages need.",
    abuse: "Somebody takes over a package, publishes a version with their own code, and the next build installs it.",
    fix: "Commit package-lock.json, yarn.lock or pnpm-lock.yaml, and install with npm ci, yarn --immutable or pnpm --frozen-lockfile.",
    links: [lockPage],
    check: unlockedHits,
    examples: {
      bad: [{ text: asks }, { text: '{"workspaces":["b"]}', files: { "b/package.json": asks } }],
      good: [
        { text: asks, files: { "package-lock.json": "{}" } },
        { text: '{"workspaces":["b/*"]}', files: { "b/c/package.json": asks, "yarn.lock": "" } },
        { text: '{"name":"a","peerDependencies":{"left":"1"},"dependencies":{"b":"workspace:*"}}' },
      ],
    },
  },
  {
    id: "cicd/npm-lock-file-weak-hash",
    aliases: [
      "ado-repo-npm-lockfile-weak-hash",
      "prisma:NPM package lock file verifies integrity with weak hash algorithm",
    ],
    title: "A lock file does not vouch for what is installed",
    severity: "low",
    risks: ["CICD-SEC-3"],
    why: "SHA-1 can be forged, and what has no hash at all is installed as it comes.",
    abuse: "Whoever controls the registry, or the way to it, serves another archive under the locked version.",
    fix: "Make the lock file anew with a current npm, Yarn or pnpm, so that it holds sha512.",
    links: [lockPage],
    check: weakHits,
    examples: {
      bad: [
        {
          text: asks,
          files: { "package-lock.json": lockOf('"resolved":"https://npm.example/l.tgz","integrity":"sha1-qY=="') },
        },
        { text: asks, files: { "package-lock.json": lockOf('"resolved":"https://npm.example/l.tgz"') } },
        {
          text: asks,
          files: {
            "yarn.lock": `left@^1.0.0:\n  version "1.0.0"\n  resolved "https://npm.example/l.tgz#${"ab12".repeat(10)}"\n`,
          },
        },
        {
          text: asks,
          files: { "pnpm-lock.yaml": "packages:\n\n  left@1.0.0:\n    resolution: {integrity: sha1-qY==}\n" },
        },
      ],
      good: [
        {
          text: asks,
          files: { "package-lock.json": lockOf('"resolved":"https://npm.example/l.tgz","integrity":"sha512-qY=="') },
        },
        { text: asks, files: { "package-lock.json": lockOf('"resolved":"packages/left","link":true') } },
        { text: asks, files: { "package-lock.json": lockOf('"resolved":"git+ssh://git@git.example/l.git#abc"') } },
      ],
    },
  },
  {
    id: "cicd/packages-over-http",
    aliases: [
      "ado-repo-npm-http-registry",
      "prisma:Unencrypted channel used in Azure repository to download dependencies",
    ],
    title: "Packages are downloaded without encryption",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "Anybody on the way can read what is asked for, and answer with other packages.",
    abuse: "Somebody in the network answers in the registry's place, and their package runs in the build.",
    fix: "Use https in the registry's address, then make the lock file anew.",
    links: ["https://docs.npmjs.com/cli/using-npm/config#registry"],
    check: plainHits,
    examples: {
      bad: [
        { text: '{"name":"a"}', files: { ".npmrc": "registry=http://npm.example/\n" } },
        { text: '{"dependencies":{"a":"http://files.example/a.tgz"}}', files: { "yarn.lock": "" } },
        {
          text: "{}",
          files: { "package-lock.json": lockOf('"resolved":"http://npm.example/l.tgz","integrity":"sha512-a"') },
        },
        {
          text: "{}",
          files: { "nuget.config": '<packageSources><add key="a" value="http://feed.example/v3" /></packageSources>' },
        },
        { text: "{}", files: { "pip.conf": "[global]\nindex-url = http://pip.example/simple\n" } },
      ],
      good: [
        { text: "{}", files: { ".npmrc": "registry=https://npm.example/\n; registry=http://npm.example/\n" } },
        { text: "{}", files: { ".npmrc": "registry=http://localhost:4873/\n" } },
        {
          text: "{}",
          files: {
            "nuget.config": '<packageSources><!-- <add key="a" value="http://feed.example/v3" /> --></packageSources>',
          },
        },
      ],
    },
  },
  {
    id: "cicd/npm-internal-name-without-scope",
    aliases: ["ado-repo-internal-package-unscoped", "prisma:Internal NPM package is not scoped in Azure repository"],
    title: "An internal package has a name that anybody may take",
    severity: "medium",
    risks: ["CICD-SEC-3"],
    why: "Names without a scope belong to whoever publishes them first on the public registry.",
    abuse:
      "Somebody publishes the name there with a higher version; where both registries are asked, theirs is installed.",
    fix: "Give it a scope of the company (@contoso/name), and map the scope to the feed in .npmrc.",
    links: ["https://learn.microsoft.com/azure/devops/artifacts/npm/scopes"],
    check: unscopedHits,
    examples: {
      bad: [
        {
          text: '{"name":"billing","publishConfig":{"registry":"https://pkgs.dev.azure.com/o/_packaging/f/npm/registry/"}}',
        },
      ],
      good: [
        {
          text: '{"name":"@o/billing","publishConfig":{"registry":"https://pkgs.dev.azure.com/o/_packaging/f/npm/registry/"}}',
        },
        { text: '{"name":"billing","publishConfig":{"registry":"https://npm.example/"}}' },
        { text: '{"name":"billing","private":true,"publishConfig":{"registry":"https://nexus.example/npm/"}}' },
      ],
    },
  },
];
