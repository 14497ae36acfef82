/** Manifests of a repository that has some of everything, read from their texts. */
import type { Manifest } from "#model/package-manifest.ts";
import { readPackages } from "../../packages/testing/read-packages.ts";

export const sampleSubject = {
  name: "shop",
  commit: "0123456789abcdef0123456789abcdef01234567",
  time: "2026-03-04T05:06:07.890+02:00",
  toolVersion: "1.2.3",
} as const;

const sha512 = `sha512-${Buffer.alloc(64, 1).toString("base64")}`;

const packageLock = {
  name: "web",
  version: "1.0.0",
  lockfileVersion: 3,
  packages: {
    "": { name: "web", version: "1.0.0", dependencies: { "@scope/a": "^1.0.0" }, devDependencies: { tool: "*" } },
    "node_modules/@scope/a": {
      version: "1.2.3",
      integrity: sha512,
      license: "MIT",
      dependencies: { b: "*" },
      optionalDependencies: { c: "*" },
    },
    "node_modules/b": { version: "2.0.0", license: "(MIT OR Apache-2.0)", dependencies: { "@scope/a": "*" } },
    "node_modules/c": { version: "3.0.0", optional: true, license: "SEE LICENSE IN EULA.txt" },
    "node_modules/tool": {
      version: "4.0.0",
      dev: true,
      license: "MIT OR Our-Own-1",
      dependencies: { "tool-part": "*" },
    },
    "node_modules/tool-part": {
      version: "4.1.0",
      dev: true,
      resolved: "git+ssh://git@git.example/tool/part.git#0123456789abcdef0123456789abcdef01234567",
    },
  },
};

const texts = {
  "web/package-lock.json": JSON.stringify(packageLock, null, 2),
  "api/Api.csproj": `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
<ItemGroup>
  <PackageReference Include="Newtonsoft.Json" Version="13.0.1" />
  <PackageReference Include="Serilog" Version="$(SerilogVersion)" />
</ItemGroup></Project>`,
  "tools/requirements.txt": `Flask==2.0.1 --hash=sha256:${"ab".repeat(32)}\n`,
  "jobs/requirements.txt": "flask==2.0.1\nrequests==2.31.0\n",
  "jobs/go.mod": "module example.com/jobs\n\ngo 1.22\n\nrequire golang.org/x/net v0.20.0\n",
  "jobs/pom.xml": `<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>jobs</artifactId><version>1</version>
<dependencies><dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>2.0.9</version></dependency></dependencies></project>`,
  Dockerfile: `FROM registry.example/team/node:20.1@sha256:${"cd".repeat(32)}\n`,
};

export function sampleManifests(): readonly Manifest[] {
  return readPackages(texts).manifests;
}

/** A list of its own, of packages that say nothing but what is given. */
export function manifestOf(path: string, packages: readonly Partial<Manifest["packages"][number]>[]): Manifest {
  const at = { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return {
    path,
    format: "package-lock.json",
    ecosystem: "npm",
    isLocked: true,
    packages: packages.map((one) => ({
      ...{ ecosystem: "npm", name: "x", at, relation: "direct", isDevelopment: false },
      ...one,
    })),
  };
}

/** What cannot be trusted: names, licences, addresses, positions. */
export function hostileManifest(): Manifest {
  const texts = [
    "",
    "/",
    "\0\u001b[31m\u202e",
    "\ud800",
    '"}],"x":[',
    "__proto__",
    "a\nb",
    "é/%2e%2e",
    "x".repeat(20_000),
  ];
  const licenses = [...texts, "(".repeat(5000), "MIT AND ".repeat(5000), "LicenseRef-ü DocumentRef-a:LicenseRef-b"];
  const packages = [...texts, ...licenses].map((text, index) => ({
    name: text,
    version: text,
    requirement: text,
    integrity: `sha512-${text}`,
    licenses: [licenses[index % licenses.length] ?? ""],
    source: { is: "git" as const, url: `https://user:password@git.example/${text}?sig=1`, commit: text },
    // Each on itself, on the next, and on what is not there.
    dependsOn: [index, (index + 1) % 20, 10_000, -1, 0.5],
  }));
  return manifestOf("\0/lock\n", packages);
}

/** As large as locks get: each package depends on two others, and there are cycles. */
export function largeManifest(count: number): Manifest {
  const packages = Array.from({ length: count }, (_, index) => ({
    name: index % 10 === 0 ? `@scope/package-${index}` : `package-${index}`,
    version: `1.${index}.0`,
    integrity: `sha512-${Buffer.alloc(64, index % 256).toString("base64")}`,
    licenses: [index % 7 === 0 ? "Apache-2.0 OR MIT" : "MIT"],
    isDevelopment: index % 3 === 0,
    relation: index < 200 ? ("direct" as const) : ("transitive" as const),
    dependsOn: [(index * 7 + 1) % count, (index * 13 + 3) % count],
  }));
  return manifestOf("package-lock.json", packages);
}
