import assert from "node:assert/strict";
import { test } from "node:test";
import { takesAtMost } from "#model/testing/processor-time.ts";
import { readPackages } from "../../testing/read-packages.ts";

const named = (texts: Readonly<Record<string, string>>) =>
  readPackages(texts).manifests.flatMap(({ packages }) =>
    packages.map(({ ecosystem, name, version, requirement, at, isDevelopment, integrity }) =>
      [
        ecosystem,
        name,
        version ?? `(${requirement ?? ""})`,
        at.startLine,
        ...(isDevelopment ? ["build"] : []),
        ...(integrity ? [integrity] : []),
      ].join(" "),
    ),
  );

test("Dockerfile: stages, build arguments, digests, copies, and the .NET within", () => {
  const found = named({
    Dockerfile: `ARG VERSION=8.0
ARG NODE
FROM images.example:5000/dotnet/sdk:\${VERSION}.203-alpine AS build
RUN --mount=type=bind,from=tools.example/lint:2,target=/x make
FROM build AS test
FROM node:$NODE AS unknown
FROM alpine@sha256:aabb AS extra
FROM images.example:5000/dotnet/aspnet:8.0.3-jammy
COPY --from=build /app /app
COPY --from=copied.example/tool:1.2 /x /x
FROM scratch AS none
FROM --platform=linux/amd64 images.example/dotnet/aspnet:8.0 AS final
COPY --from=build /app /app
`,
  });
  assert.deepEqual(found, [
    "Docker images.example:5000/dotnet/sdk 8.0.203-alpine 3 build",
    ".NET Microsoft.NET.Sdk 8.0.203 3 build",
    `Docker node (\${NODE}) 6`,
    "Docker alpine () 7 sha256:aabb",
    "Docker images.example:5000/dotnet/aspnet 8.0.3-jammy 8",
    ".NET Microsoft.AspNetCore.App 8.0.3 8",
    ".NET Microsoft.NETCore.App 8.0.3 8",
    "Docker images.example/dotnet/aspnet 8.0 12",
    ".NET Microsoft.AspNetCore.App (8.0) 12",
    ".NET Microsoft.NETCore.App (8.0) 12",
    "Docker tools.example/lint 2 4",
    "Docker copied.example/tool 1.2 10",
  ]);
});

test("the tag can be edited where it is written", () => {
  const [image] = readPackages({ Dockerfile: "FROM a.example/b:1.2\n" }).manifests[0]?.packages ?? [];
  assert.deepEqual([image?.versionAt?.startColumn, image?.versionAt?.endColumn], [18, 21]);
});

test("Compose: images of services, defaults of variables; not what is built", () => {
  const found = named({
    "docker-compose.yml": `services:
  db:
    image: "postgres:\${PG:-16.2}"
  app:
    build: .
    image: own:1
  cache:
    image: redis
`,
  });
  assert.deepEqual(found, ["Docker postgres 16.2 3", "Docker redis (latest) 8"]);
});

test("hostile files cost little", () => {
  takesAtMost(15, () => {
    for (const piece of [
      "FROM a AS b\nCOPY --from=b x y\n",
      "ARG A=$A$A\n",
      "FROM $A\n",
      "FROM a\nONBUILD COPY --from=x a b\n",
    ]) {
      readPackages({ Dockerfile: piece.repeat(5000) });
    }
  });
});
