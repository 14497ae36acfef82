/** Actions that restore a cache, and the inputs that decide whether they do. From the documentation of each. */
import { child, type Node } from "../../formats/node.ts";
import { evaluate, isTrue, type Moment } from "./evaluate.ts";
import { findExpressions } from "./find-expressions.ts";
import { givenInput } from "./given-input.ts";
import { isNever } from "./is-never.ts";
import type { Step } from "./workflow.ts";

interface Switch {
  readonly input: string;
  /** What holds where the input is not given. */
  readonly isOn: boolean;
  /** The input switches the cache off: `ignore-cache`. */
  readonly isReversed?: true;
}

const on = (input: string): Switch => ({ input, isOn: true });
const off = (input: string): Switch => ({ input, isOn: false });
const unless = (input: string): Switch => ({ input, isOn: true, isReversed: true });

/** Without a switch they always do; with several, one that is on is enough. */
const cacheActions: Readonly<Record<string, readonly Switch[]>> = {
  "actions-rust-lang/setup-rust-toolchain": [on("cache")],
  "actions/cache": [unless("lookup-only")],
  "actions/cache/restore": [unless("lookup-only")],
  "actions/setup-dotnet": [off("cache")],
  "actions/setup-go": [on("cache")],
  "actions/setup-java": [off("cache")],
  "actions/setup-node": [off("cache"), on("package-manager-cache")],
  "actions/setup-python": [off("cache")],
  "astral-sh/setup-uv": [on("enable-cache")],
  "awalsh128/cache-apt-pkgs-action": [],
  "coursier/cache-action": [],
  "denoland/setup-deno": [off("cache")],
  "determinatesystems/magic-nix-cache-action": [on("use-gha-cache")],
  "docker/setup-buildx-action": [on("cache-binary")],
  "golangci/golangci-lint-action": [unless("skip-cache")],
  "gradle/actions/setup-gradle": [unless("cache-disabled")],
  "gradle/gradle-build-action": [unless("cache-disabled")],
  "graalvm/setup-graalvm": [off("cache")],
  "jdx/mise-action": [on("cache")],
  "julia-actions/cache": [],
  "mlugg/setup-zig": [on("use-cache")],
  "moonrepo/setup-rust": [on("cache")],
  "mozilla-actions/sccache-action": [],
  "nix-community/cache-nix-action": [],
  "oven-sh/setup-bun": [unless("no-cache")],
  "pdm-project/setup-pdm": [off("cache")],
  "pnpm/action-setup": [off("cache")],
  "pyo3/maturin-action": [off("sccache")],
  "ramsey/composer-install": [unless("ignore-cache")],
  "ruby/setup-ruby": [off("bundler-cache")],
  "subosito/flutter-action": [off("cache")],
  "swatinem/rust-cache": [unless("lookup-only")],
  "taiki-e/cache-cargo-install-action": [],
};

/** Whether the step restores a cache at one of the moments, and no switch of it is off at any of them. */
export function restoresCache(step: Step, moments: readonly Moment[]): boolean {
  const { action } = step;
  if (action === undefined || !Object.hasOwn(cacheActions, action)) return false;
  const switches = (cacheActions[action] ?? []).filter(({ input }) => !isOlder(step, input));
  if (isNever(child(step.body, "if"), moments)) return false;
  return switches.length === 0 || switches.some((one) => isSwitchedOn(one, givenInput(step, one.input), moments));
}

/** actions/setup-node caches by itself since its fifth version. */
function isOlder(step: Step, input: string): boolean {
  if (input !== "package-manager-cache") return false;
  const uses = child(step.body, "uses");
  return uses?.is === "scalar" && /@v[1-4](?:\.|\s*$)/.test(String(uses.value));
}

function isSwitchedOn({ isOn, isReversed }: Switch, given: Node | undefined, moments: readonly Moment[]): boolean {
  if (given?.is !== "scalar") return isOn;
  const [found] = findExpressions(given);
  // What is off at one of the moments its author has thought about: it is taken at its word.
  const values = found?.expression
    ? moments.map((moment) => (found.expression ? evaluate(found.expression, moment) : undefined))
    : [found ? undefined : given.value];
  return values.every((value) => value === undefined || isYes(value) !== (isReversed ?? false));
}

/** As actions read their inputs, which are texts. */
function isYes(value: string | number | boolean | null): boolean {
  return isTrue(value) && !/^(?:false|no|off|0)?$/i.test(String(value).trim());
}
