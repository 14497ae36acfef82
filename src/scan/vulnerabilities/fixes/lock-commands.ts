/** What people run so that a lock file follows: nothing here is ever run by us. */

interface LockCommands {
  /** After a manifest was changed. */
  readonly after?: string;
  /** What else must be changed by hand. */
  readonly also?: string;
  /** Where the manifest need not change; `NAME` and `VERSION` are filled in. It may refuse if others ask for less. */
  readonly alone?: string;
  /** Where the project's own file can say which version of a transitive package is taken. */
  readonly override?: string;
}

const npm: LockCommands = {
  after: "npm install",
  alone: "npm update NAME",
  override: "under `overrides` in package.json",
};

const dotnet: LockCommands = { after: "dotnet restore", override: "with a PackageReference in the project" };

/** By the format of the manifest. */
const commands: Readonly<Record<string, LockCommands>> = {
  "package-lock.json": npm,
  "yarn.lock": {
    after: "yarn install",
    override: "under `resolutions` in package.json",
  },
  "pnpm-lock.yaml": {
    after: "pnpm install",
    alone: "pnpm update NAME",
    override: "under `overrides` of pnpm's settings",
  },
  "bun.lock": { after: "bun install", alone: "bun update NAME", override: "under `overrides` in package.json" },
  "deno.lock": { after: "deno install", alone: "deno outdated --update NAME" },
  "packages.lock.json": { ...dotnet, after: "dotnet restore --force-evaluate" },
  "project.assets.json": dotnet,
  "*.deps.json": { ...dotnet, after: "dotnet publish" },
  "paket.lock": {
    after: "paket install",
    alone: "paket update NAME --version VERSION",
    override: "in paket.dependencies",
  },
  "dotnet-tools.json": { after: "dotnet tool restore" },
  "packages.config": { after: "nuget restore", also: "in the references of the project as well" },
  "go.mod": { after: "go mod tidy", alone: "go get NAME@vVERSION" },
  "go.sum": { alone: "go get NAME@vVERSION" },
  "vendor/modules.txt": { alone: "go get NAME@vVERSION && go mod vendor" },
  "Cargo.lock": { after: "cargo update NAME", alone: "cargo update NAME --precise VERSION" },
  "Gemfile.lock": { after: "bundle install", alone: "bundle update --conservative NAME" },
  "composer.lock": { after: "composer update NAME", alone: "composer update NAME --with-all-dependencies" },
  "poetry.lock": { after: "poetry lock", alone: "poetry update NAME" },
  "uv.lock": { after: "uv lock", alone: "uv lock --upgrade-package NAME" },
  "pdm.lock": { after: "pdm lock --update-reuse", alone: "pdm update NAME" },
  "Pipfile.lock": { after: "pipenv lock", alone: "pipenv upgrade NAME" },
  "gradle.lockfile": { override: "with a constraint in the build file" },
  "build.sbt.lock": { after: "sbt dependencyLockWrite", override: "in `dependencyOverrides`" },
  "pom.xml": { override: "under `dependencyManagement`" },
  "mix.lock": { after: "mix deps.get", alone: "mix deps.update NAME" },
  "rebar.lock": { after: "rebar3 lock", alone: "rebar3 upgrade NAME" },
  "manifest.toml": { after: "gleam deps download", alone: "gleam deps update NAME" },
  "pubspec.lock": {
    after: "dart pub get",
    alone: "dart pub upgrade NAME",
    override: "under `dependency_overrides` in pubspec.yaml",
  },
  "Package.resolved": { after: "swift package resolve", alone: "swift package update" },
  "Podfile.lock": { after: "pod install", alone: "pod update NAME" },
  "conan.lock": { after: "conan lock create ." },
  "conda-lock.yml": { after: "conda-lock lock", alone: "conda-lock lock --update NAME" },
  "pixi.lock": { after: "pixi lock", alone: "pixi update NAME" },
  "cpanfile.snapshot": { after: "carton install", alone: "carton update NAME" },
  "libman.json": { after: "libman restore" },
};

export function lockCommands(format: string): LockCommands {
  return Object.hasOwn(commands, format) ? (commands[format] as LockCommands) : {};
}

/** Undefined if the name or the version could mean something to a shell. */
export function commandFor(template: string, name: string, version: string): string | undefined {
  const isPlain = [name, version].every((word) => /^[\w@][\w@./:+~-]*$/.test(word));
  return isPlain ? template.replace("NAME", () => name).replace("VERSION", () => version) : undefined;
}
