/**
 * Flags of Cloud SQL: an instance lists them by name and value, and each belongs to one database engine. Instances without
 * settings of their own (clones, replicas) are of no concern.
 */
import type { Node } from "../../formats/node.ts";
import { type Condition, check, each, nodeAt, nodesAt, value, when } from "../condition.ts";
import { literalText } from "../literal-text.ts";
import type { Example, Policy } from "../policy.ts";
import { plainOf } from "../value-conditions.ts";
import { failAt, passAt, unknownAt } from "../verdict.ts";
import { tfResource } from "./examples.ts";

type Engine = "MYSQL" | "POSTGRES" | "SQLSERVER";

const versions: Readonly<Record<Engine, string>> = {
  MYSQL: "MYSQL_8_4",
  POSTGRES: "POSTGRES_18",
  SQLSERVER: "SQLSERVER_2022_STANDARD",
};

interface Flag {
  readonly engine: Engine;
  readonly name: string;
  /** The values that are well. */
  readonly matches: RegExp;
  /** What the default of the engine is worth. */
  readonly missing: "pass" | "fail";
  /** A value for the bad example, and for the good one. */
  readonly tries: readonly [bad: string, good: string];
}

/** The instance runs this engine. */
export const runs = (engine: Engine): Condition => value("database_version").matches(new RegExp(engine, "i"));

/** `on` and examples of a policy on one flag. */
export function flagIsWell(flag: Flag): Pick<Policy, "on" | "examples"> {
  const [bad, good] = flag.tries;
  return {
    on: {
      "tf:google_sql_database_instance": when(
        runs(flag.engine),
        each("settings", judged(flag), { missing: "none" }),
        "none",
      ),
    },
    examples: {
      bad: [withFlag(flag, bad), ...(flag.missing === "fail" ? [withFlag(flag)] : [])],
      good: [withFlag(flag, good), ...(flag.missing === "pass" ? [withFlag(flag)] : [])],
    },
  };
}

function judged({ name, matches, missing }: Flag): Condition {
  return check((_, settings) => {
    const list = nodeAt(settings, "database_flags");
    let unclear: Node | undefined = list?.is === "list" && list.open !== undefined ? list : undefined;
    for (const flag of nodesAt(settings, "database_flags")) {
      const called = nodeAt(flag, "name");
      if (called === undefined || called.is === "unknown") unclear ??= flag;
      if (plainOf(called) !== name) continue;
      const found = nodeAt(flag, "value");
      if (found?.is === "unknown") return unknownAt(found.at, found.reason);
      if (matches.test(String(plainOf(found)))) return passAt(found?.from ?? flag.at);
      return failAt(found ?? flag, `${name} is ${found ? literalText(found) : "not set"}`);
    }
    if (unclear) return unknownAt(unclear.at, "a flag is not known");
    return missing === "pass" ? passAt(settings.at) : failAt(settings, `the flag ${name} is not set`);
  });
}

function withFlag({ engine, name }: Flag, written?: string): Example {
  const flag =
    written === undefined ? [] : [`  database_flags {`, `    name = "${name}"`, `    value = "${written}"`, "  }"];
  return sqlInstance(engine, ...flag);
}

/** An instance with these lines in its settings, for examples. */
export function sqlInstance(engine: Engine, ...lines: readonly string[]): Example {
  return tfResource(
    "google_sql_database_instance",
    `database_version = "${versions[engine]}"`,
    "settings {",
    `  tier = "db-custom-2-7680"`,
    ...lines,
    "}",
  );
}
