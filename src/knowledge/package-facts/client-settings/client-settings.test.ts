import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import type { RegistryFeed } from "../facts-sources.ts";
import { readMavenFeeds } from "./maven-feeds.ts";
import { readNpmrcSettings } from "./npmrc-settings.ts";
import { readNugetFeeds } from "./nuget-feeds.ts";
import { readPipFeeds } from "./pip-feeds.ts";

const shown = (feeds: readonly RegistryFeed[]) =>
  feeds.map(({ address, names, login }) =>
    [address, ...(names ? [names.join()] : []), ...(login ? [`${login.user}:${login.password.reveal()}`] : [])].join(
      " ",
    ),
  );

test(".npmrc", () => {
  const text = [
    "# registry=https://no.example/",
    "registry = https://npm.example/",
    "@contoso:registry=https://own.example/npm/",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as npm writes variables
    "//own.example/npm/:_authToken=${TOKEN}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as npm writes variables
    "//npm.example/:_authToken=${NOT_SET}",
    "color=false",
  ].join("\n");
  const settings = readNpmrcSettings(text, { TOKEN: "t" });
  assert.deepEqual(Object.keys(settings), ["registry", "@contoso:registry", "//own.example/npm/:_authToken"]);
  assert.doesNotMatch(inspect(settings) + JSON.stringify(settings), /"t"|'t'/);
});

test("NuGet.Config", () => {
  const config = (more: string) => `<configuration>
    <packageSources><clear />
      <add key="Own Feed" value="https://own.example/v3/index.json" protocolVersion="3" />
      <!-- <add key="Old" value="https://old.example/v3/index.json" /> -->
      <add key="Off" value="https://off.example/v3/index.json" />
      <add key="Open" value="https://open.example/v3/index.json" />
      <add key="Folder" value="./packages" />
    </packageSources>
    <disabledPackageSources><add key="Off" value="true" /></disabledPackageSources>
    <packageSourceCredentials><Own_x0020_Feed>
      <add key="Username" value="any" /><add key="ClearTextPassword" value="%PAT%" />
    </Own_x0020_Feed></packageSourceCredentials>${more}</configuration>`;
  assert.deepEqual(shown(readNugetFeeds(config(""), { PAT: "p" })), [
    "https://own.example/v3/index.json any:p",
    "https://open.example/v3/index.json",
  ]);
  const mapping = `<packageSourceMapping><packageSource key="Own Feed"><package pattern="Contoso.*" /></packageSource></packageSourceMapping>`;
  assert.deepEqual(shown(readNugetFeeds(config(mapping), { PAT: "p" })), [
    "https://own.example/v3/index.json Contoso.* any:p",
  ]);
});

test("pip.conf and pip's variables", () => {
  const text =
    "[global]\nindex-url = https://any:p%40ss@own.example/simple/\nextra-index-url =\n    https://a.example/simple\n    https://b.example/simple\n[list]\nindex-url = https://no.example/\n";
  assert.deepEqual(shown(readPipFeeds(text, {})), [
    "https://own.example/simple/ any:p@ss",
    "https://a.example/simple",
    "https://b.example/simple",
  ]);
  assert.deepEqual(shown(readPipFeeds(text, { PIP_INDEX_URL: "https://c.example/simple", PIP_EXTRA_INDEX_URL: "" })), [
    "https://c.example/simple",
  ]);
  assert.deepEqual(readPipFeeds("", {}), []);
});

test("Maven's settings.xml", () => {
  const settings = (
    mirrors: string,
  ) => `<settings><servers><server><id>own</id><username>any</username><password>\${env.PAT}</password></server></servers>${mirrors}
    <profiles><profile><repositories><repository><id>own</id><url>https://own.example/maven</url></repository></repositories></profile></profiles></settings>`;
  assert.deepEqual(shown(readMavenFeeds(settings(""), { PAT: "p" })), ["https://own.example/maven any:p"]);
  const mirrors =
    "<mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>https://mirror.example/maven</url></mirror></mirrors>";
  assert.deepEqual(shown(readMavenFeeds(settings(mirrors), {})), ["https://mirror.example/maven"]);
});
