import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { inspect } from "node:util";
import type { NpmSettings } from "#knowledge/package-facts/facts-sources.ts";
import type { Environment } from "../config.ts";
import { type ClientRegistries, clientRegistries } from "./client-registries.ts";

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Case {
  readonly name: string;
  /** By path in the home folder; `/etc/...` and `/prefix/...` are the machine's. */
  readonly files?: Readonly<Record<string, string>>;
  /** `~` at its beginning stands for the home folder. */
  readonly environment?: Environment;
  readonly platform?: string;
  /** Addresses with names and login, settings of npm. */
  readonly found: readonly string[];
  readonly notices?: RegExp;
}

function read({ files = {}, environment = {}, platform = "linux" }: Case): ClientRegistries {
  const root = mkdtempSync(join(tmpdir(), "sallyport-clients-"));
  folders.push(root);
  const home = join(root, "home");
  for (const [path, text] of Object.entries(files)) {
    const target = path.startsWith("/") ? join(root, path) : join(home, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  const variables = Object.entries(environment).map(([name, value]) => [name, value?.replace(/^~/, home)]);
  return clientRegistries({
    home,
    machine: join(root, "etc"),
    program: join(root, "prefix", "bin", "node"),
    platform,
    environment: Object.fromEntries(variables),
  });
}

function shown({ npm = {}, feeds }: ClientRegistries): readonly string[] {
  return [
    ...shownSettings(npm),
    ...feeds.map(({ address, names, login, isPublic }) =>
      [isPublic ? "public" : "", address, names?.join() ?? "", login?.reveal() ?? ""].filter(Boolean).join(" "),
    ),
  ];
}

function shownSettings(npm: NpmSettings): readonly string[] {
  return Object.entries(npm).map(([key, value]) =>
    typeof value === "string" ? `${key}=${value}` : `${key} is hidden: ${value.reveal()}`,
  );
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
const npmrc = ".npmrc";
const npm: readonly Case[] = [
  {
    name: "the user's file, with variables, quotes and comments",
    files: {
      [npmrc]: [
        "; registry=https://no.example/",
        "registry = https://npm.example # ours",
        '"@quoted:registry"=https://no.example/',
        "@contoso:registry='https://own.example/npm/'",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as npm writes variables
        "//own.example/npm/:_authToken=${TOKEN}",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: as npm writes variables
        "//npm.example/:_authToken=${NOT_SET}",
        "color=false",
        "[section]",
        "registry=https://no.example/",
      ].join("\n"),
    },
    environment: { TOKEN: "t" },
    found: [
      "registry=https://npm.example/",
      "@contoso:registry=https://own.example/npm/",
      "//own.example/npm/:_authToken is hidden: t",
    ],
  },
  {
    name: "the global file, the user's, the environment: the last one counts",
    files: {
      "/prefix/etc/npmrc": "registry=https://global.example/\n@a:registry=https://a.example/\n",
      "other/npmrc": "registry=https://user.example/\n@b:registry=https://b.example/",
      [npmrc]: "@no:registry=https://no.example/",
    },
    environment: { NPM_CONFIG_USERCONFIG: "~/other/npmrc", npm_config_registry: "https://set.example/" },
    found: ["registry=https://set.example/", "@a:registry=https://a.example/", "@b:registry=https://b.example/"],
  },
  {
    name: "a global file beside a prefix of the user's own",
    files: { [npmrc]: "prefix=~/own", "own/etc/npmrc": "registry=https://npm.example/" },
    found: ["registry=https://npm.example/"],
  },
  {
    name: "what npm hands to the programs that it starts may be a repository's: it does not count",
    environment: { npm_config_registry: "https://no.example/", npm_command: "exec", NPM_CONFIG_STRICT_SSL: "false" },
    found: [],
  },
  {
    name: "a login in the address does not stay there",
    files: { [npmrc]: `registry=https://any:${"p"}@npm.example/a/` },
    found: ["registry=https://npm.example/a/", `//npm.example/a/:_auth is hidden: ${base64("any:p")}`],
  },
  { name: "without a registry", files: { [npmrc]: "//npm.example/:_authToken=t\nregistry=./folder" }, found: [] },
];

const nugetFile = join(".nuget", "NuGet", "NuGet.Config");
const nugetConfig = (more = "") => `<?xml version="1.0"?><configuration>
  <packageSources><add key="Before" value="https://no.example/v3/index.json" /><clear />
    <add key="Own Feed" value="https://%HOST%/v3/index.json" protocolVersion="3" />
    <!-- <add key="Old" value="https://no.example/v3/index.json" /> -->
    <add key="Off" value="https://no.example/v3/index.json" />
    <add key="Open" value="https://open.example/v3/index.json" />
    <add key="Folder" value="./packages" />
  </packageSources>
  <disabledPackageSources><add key="Off" value="true" /></disabledPackageSources>${more}</configuration>`;
const nugetCredentials = (password: string) =>
  `<packageSourceCredentials><Own_x0020_Feed><add key="Username" value="any" /><add key="${password}" value="%PAT%" /></Own_x0020_Feed></packageSourceCredentials>`;
const own = "https://own.example/v3/index.json";
const open = "https://open.example/v3/index.json";
const nuget: readonly Case[] = [
  {
    name: "sources and a login with a variable",
    files: { [nugetFile]: nugetConfig(nugetCredentials("ClearTextPassword")) },
    environment: { HOST: "own.example", PAT: "p" },
    found: [`${own} any:p`, open],
  },
  {
    name: "names from the mapping of sources; what has none gives nothing",
    files: {
      [nugetFile]: nugetConfig(
        '<packageSourceMapping><packageSource key="own feed"><package pattern="Contoso.*" /></packageSource></packageSourceMapping>',
      ),
    },
    environment: { HOST: "own.example" },
    found: [`${own} Contoso.*`],
  },
  {
    name: "a mapping of everything settles no names",
    files: {
      [nugetFile]: nugetConfig(
        '<packageSourceMapping><packageSource key="Open"><package pattern="*" /></packageSource><packageSource key="Own Feed"><package pattern="Contoso.*" /></packageSource></packageSourceMapping>',
      ),
    },
    environment: { HOST: "own.example" },
    found: [`${own} Contoso.*`, open],
  },
  {
    name: "an encrypted password is said",
    files: { [nugetFile]: nugetConfig(nugetCredentials("Password")) },
    environment: { HOST: "own.example", PAT: "p" },
    found: [own, open],
    notices: /^NuGet: The password of the NuGet source "Own Feed" is encrypted/,
  },
  {
    name: "logins that pipelines and NuGet's own variables give, in the folder of Windows",
    files: { "roaming/NuGet/NuGet.Config": nugetConfig() },
    environment: {
      APPDATA: "~/roaming",
      HOST: "own.example",
      NuGetPackageSourceCredentials_Open: "Username=u;Password=a;b;ValidAuthenticationTypes=basic",
      VSS_NUGET_EXTERNAL_FEED_ENDPOINTS: JSON.stringify({ endpointCredentials: [{ endpoint: own, password: "t" }] }),
    },
    platform: "win32",
    found: [`${own} any:t`, `${open} u:a;b`],
  },
  {
    name: "a broken file counts up to where it breaks",
    files: { [nugetFile]: `<configuration><packageSources><add key="a" value="${own}" /><add key="b` },
    found: [own],
    notices: /NuGet\.Config is broken/,
  },
];

const pip: readonly Case[] = [
  {
    name: "files of the machine and of the user, values over several lines, logins from the address and from .netrc",
    files: {
      "/etc/pip.conf": "[global]\nindex-url = https://no.example/simple\ntimeout = 5\n",
      ".pip/pip.conf": `[global]\nindex_url = https://any:p%40ss@own.example/simple/\n`,
      ".config/pip/pip.conf":
        "# ours\n[install]\nextra-index-url =\n    https://a.example/simple\n    # not this\n    https://token@b.example/simple?sig=s\n[list]\nindex-url = https://no.example/\n",
      ".netrc":
        'macdef init\nmachine b.example login no password no\n\ndefault login no password no\nmachine a.example\n  login "u v" password w # x\n',
    },
    found: [
      "https://own.example/simple/ any:p@ss",
      "https://a.example/simple u v:w",
      "https://b.example/simple token:",
    ],
  },
  {
    name: "variables come first; what is empty is not set",
    files: { ".config/pip/pip.conf": "[global]\nextra-index-url: https://a.example/simple" },
    environment: { PIP_INDEX_URL: "https://c.example/simple", PIP_EXTRA_INDEX_URL: "" },
    found: ["https://c.example/simple", "https://a.example/simple"],
  },
  {
    name: "a named file takes the place of the user's",
    files: {
      ".config/pip/pip.conf": "[global]\nindex-url=https://no.example/simple",
      named: "[global]\nextra-index-url=https://a.example/simple",
    },
    environment: { PIP_CONFIG_FILE: "~/named" },
    found: ["https://a.example/simple"],
  },
  {
    name: "pip.ini",
    files: { "roaming/pip/pip.ini": "[global]\r\nindex-url=https://a.example/simple\r\n" },
    environment: { APPDATA: "~/roaming" },
    platform: "win32",
    found: ["https://a.example/simple"],
  },
  {
    name: "no index",
    files: { ".pip/pip.conf": "[global]\nindex-url=https://no.example/simple\nno-index = true" },
    found: [],
  },
];

const mavenSettings = (mirrors: string, password = "$" + "{env.PAT}") => ({
  ".m2/settings.xml": `<settings xmlns="http://maven.example/SETTINGS/1.0.0">
  <servers><server><id>own</id><username>any</username><password>${password}</password></server></servers>
  <mirrors>${mirrors}</mirrors>
  <profiles>
    <profile><id>on</id><repositories>
      <repository><id>own</id><url>https://own.example/maven</url></repository>
      <repository><id>more</id><url>https://more.example/maven</url></repository>
      <repository><id>local</id><url>file:///srv/maven</url></repository>
    </repositories></profile>
    <profile><id>off</id><repositories><repository><id>no</id><url>https://no.example/</url></repository></repositories></profile>
    <profile><id>maybe</id><activation><property><name>ci</name></property></activation><repositories>
      <repository><id>maybe</id><url>https://maybe.example/</url></repository></repositories></profile>
  </profiles>
  <activeProfiles><activeProfile>on</activeProfile></activeProfiles>
</settings>`,
});
const mirror = (mirrorOf: string, more = "") =>
  `<mirror><id>m</id><mirrorOf>${mirrorOf}</mirrorOf><url>https://mirror.example/maven</url>${more}</mirror>`;
const maven: readonly Case[] = [
  {
    name: "repositories of active profiles, with their servers' logins",
    files: mavenSettings(""),
    environment: { PAT: "p" },
    found: ["https://own.example/maven any:p", "https://more.example/maven", "https://maybe.example/"],
  },
  { name: "a mirror of everything", files: mavenSettings(mirror("*")), found: ["https://mirror.example/maven"] },
  {
    name: "a mirror of some",
    files: mavenSettings(mirror("external:*, !more")),
    found: ["https://mirror.example/maven", "https://more.example/maven"],
  },
  {
    name: "a mirror that blocks is nobody to ask; an encrypted password is said",
    files: mavenSettings(mirror("*", "<blocked>true</blocked>"), "{c2VjcmV0}"),
    found: ["https://own.example/maven", "https://more.example/maven", "https://maybe.example/"],
    notices: /^Maven: The password of the Maven server "own" is encrypted/,
  },
];

for (const [client, cases] of Object.entries({ npm, nuget, pip, maven })) {
  describe(`what ${client} is set up for`, () => {
    for (const one of cases) {
      it(one.name, () => {
        const registries = read(one);
        assert.deepEqual(shown(registries), one.found);
        const notices = registries.notices.map(({ ecosystem, message }) => `${ecosystem}: ${message}`);
        if (one.notices) assert.match(notices.join("\n"), one.notices);
        else assert.deepEqual(notices, []);
        assert.ok(notices.length <= 1);
      });
    }
  });
}

describe("the settings of a machine's user", () => {
  it("are none where no client has any", () => {
    assert.deepEqual(read({ name: "", found: [] }), { feeds: [], images: [], notices: [] });
  });

  it("show no secret", () => {
    const secret = "s".repeat(20);
    const files = {
      [npmrc]: `registry=https://any:${secret}@npm.example/\n//npm.example/:_authToken=${secret}`,
      [nugetFile]: nugetConfig(nugetCredentials("ClearTextPassword")),
      ".pip/pip.conf": `[global]\nindex-url=https://${secret}@own.example/simple`,
      ...mavenSettings(""),
    };
    const registries = read({ name: "", files, environment: { HOST: "own.example", PAT: secret }, found: [] });
    assert.match(shown(registries).join(), new RegExp(secret));
    assert.doesNotMatch(inspect(registries, { depth: 10 }) + JSON.stringify(registries), new RegExp(secret));
  });

  it("are said where a file is there and cannot be taken", () => {
    const { notices } = read({ name: "", files: { [npmrc]: " ".repeat(1_000_001) }, found: [] });
    assert.match(notices[0]?.message ?? "", /\.npmrc is larger than 1000000 bytes and was left out$/);
  });
});
