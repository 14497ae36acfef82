/** Programs that run what lies in the checked-out folder: its scripts, its build files, its tests. */
import { type Program, programsOf } from "../../formats/shell-words/programs.ts";
import { readShell, type ShellWord } from "../../formats/shell-words/read-shell.ts";
import { withoutExpressions } from "./scripts.ts";

export interface RepositoryCode {
  readonly start: number;
  readonly end: number;
  /** `npm install`, `./build.sh`. */
  readonly what: string;
}

/** Programs whatever they are asked for. */
const always = new Set(
  `ant bazel bazelisk buck2 bundle cargo cmake composer detox earthly eslint grunt gradle gradlew gulp hatch jest just karma
   lein mage make gmake meson mise mix mocha msbuild mvn mvnw ninja nox npx nx phpunit pipenv playwright pnpx poetry
   pre-commit pytest rake sbt scons task tox tsc turbo vitest webpack xcodebuild`.split(/\s+/),
);

/** Programs of which some commands do; `*` stands for having any. */
const commands: Readonly<Record<string, readonly string[]>> = {
  npm: [
    "ci",
    "i",
    "install",
    "build",
    "exec",
    "pack",
    "publish",
    "rebuild",
    "run",
    "run-script",
    "start",
    "t",
    "test",
    "x",
  ],
  yarn: ["", "add", "build", "exec", "install", "pack", "publish", "run", "start", "test"],
  pnpm: ["add", "build", "dlx", "exec", "i", "install", "publish", "rebuild", "run", "start", "test"],
  bun: ["i", "install", "run", "test", "x"],
  pip: ["install", "wheel"],
  pip3: ["install", "wheel"],
  uv: ["build", "pip", "run", "sync"],
  go: ["build", "generate", "run", "test", "vet"],
  dotnet: ["build", "msbuild", "pack", "publish", "restore", "run", "test"],
  nuget: ["restore"],
  gem: ["build", "install"],
  swift: ["build", "package", "run", "test"],
  flutter: ["build", "pub", "run", "test"],
  dart: ["pub", "run", "test"],
  deno: ["run", "task", "test"],
  terraform: ["apply", "init", "plan"],
  tofu: ["apply", "init", "plan"],
  terragrunt: ["apply", "init", "plan", "run-all"],
  pulumi: ["preview", "up"],
  cdk: ["deploy", "diff", "synth"],
  docker: ["build", "buildx", "compose"],
  "docker-compose": ["build", "run", "up"],
  podman: ["build"],
  goreleaser: ["build", "release"],
  "ansible-playbook": ["*"],
  hugo: ["", "*"],
};

const interpreters = /^(?:(?:ba|da|a|z|k)?sh|python[\d.]*|ruby|perl|node|php|pwsh|powershell|deno|bun|source|\.)$/;

/** Actions that do the same. */
const actions = new Set(
  `golangci/golangci-lint-action pre-commit/action github/super-linter super-linter/super-linter oxsecurity/megalinter
   docker/build-push-action docker/bake-action goreleaser/goreleaser-action gradle/gradle-build-action
   ramsey/composer-install bahmutov/npm-install borales/actions-yarn cypress-io/github-action burrunan/gradle-cache-action
   trunk-io/trunk-action`.split(/\s+/),
);

export function isActionRunningCode(name: string | undefined): boolean {
  return name !== undefined && actions.has(name);
}

export function findRepositoryCode(text: string): RepositoryCode | undefined {
  for (const program of programsOf(readShell(withoutExpressions(text)))) {
    const what = codeRunBy(program);
    const { start, end } = program.writtenIn ?? program.command;
    if (what !== undefined) return { start, end, what };
  }
  return undefined;
}

function codeRunBy({ name, words, command }: Program): string | undefined {
  const plain = words.find(({ text }) => !text.startsWith("-"))?.text ?? "";
  if (name === "") return undefined;
  const written = command.words.find(({ text }) => text.slice(text.lastIndexOf("/") + 1) === name)?.text ?? name;
  if (/^(?:\.{1,2}|[\w.-]+)\//.test(written)) return written;
  if (always.has(name)) return name;
  if (Object.hasOwn(commands, name)) {
    const asked = commandIn(words, commands[name] ?? []);
    return asked === undefined ? undefined : `${name} ${asked}`.trim();
  }
  const isFile = /[\w/]\.\w{1,4}$/.test(plain) && !/^(?:https?:|\/)/.test(plain);
  const isModule = words.some(({ text }) => text === "-m");
  return interpreters.test(name) && (isFile || isModule) ? `${name} ${plain}` : undefined;
}

/** The first word that is no option; where options come first, it may be the value of one: `npm --prefix a ci`. */
function commandIn(words: readonly ShellWord[], known: readonly string[]): string | undefined {
  const plain = words.map(({ text }) => text).filter((text) => !text.startsWith("-"));
  const asked = plain.slice(0, words[0]?.text.startsWith("-") ? 3 : 1);
  if (asked.length === 0) return known.includes("") ? "" : undefined;
  return asked.find((one) => known.includes(one)) ?? (known.includes("*") ? asked[0] : undefined);
}
