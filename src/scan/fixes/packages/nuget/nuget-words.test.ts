/** Versions, ranges and frameworks in NuGet's own words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameworkDependencies } from "#model/fix-plan.ts";
import { nearestDependencies } from "./nearest-framework.ts";
import { normalRange, nugetRange, shortRange } from "./nuget-range.ts";

test("ranges, as projects ask and as packages do", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["1.2", "[1.2.0, )", "1.2.0"],
    ["01.2.3.0+build", "[1.2.3, )", "1.2.3"],
    ["1.2.3.4-Beta.1", "[1.2.3.4-Beta.1, )", "1.2.3.4-Beta.1"],
    ["[1.0]", "[1.0.0, 1.0.0]", "[1.0.0]"],
    ["[1.0,2.0)", "[1.0.0, 2.0.0)", "[1.0.0, 2.0.0)"],
    ["(1.0,)", "(1.0.0, )", "(1.0.0, )"],
    ["(,2.0]", "(, 2.0.0]", "(, 2.0.0]"],
    ["(, )", "(, )", "(, )"],
    [" [ 1.0 , ) ", "[1.0.0, )", "1.0.0"],
  ];
  for (const [text, normal, short] of cases) {
    const range = nugetRange(text);
    assert.deepEqual(range && [normalRange(range), shortRange(range)], [normal, short], text);
  }
  for (const text of [
    "",
    "1.*",
    "[1.*, )",
    "$(V)",
    "(1.0)",
    "[]",
    "[1,2,3]",
    "[1.0",
    "1.0]",
    "[1.0)[",
    "1.2.3.4.5",
    "x",
    "1".repeat(300),
  ])
    assert.equal(nugetRange(text), undefined, text);
});

/** The framework whose list is taken; `-` for an empty one because there are none, `?` if it cannot be told. */
function nearest(target: string, groups: string): string {
  const all: readonly FrameworkDependencies[] =
    groups === "" ? [] : groups.split(" ").map((framework) => ({ framework, dependencies: { is: framework } }));
  const found = nearestDependencies(all, target);
  return found ? (found.is ?? "-") : "?";
}

test("of several lists the nearest framework's is taken, and none where that is not certain", () => {
  const cases: readonly (readonly [target: string, groups: string, nearest: string])[] = [
    ["net8.0", "", "-"],
    ["net8.0", "net6.0 net8.0 net9.0 .NETStandard2.0", "net8.0"],
    ["net8.0", "net6.0 net9.0 .NETStandard2.1", "net6.0"],
    ["net8.0", ".NETCoreApp2.0 .NETStandard2.1", ".NETCoreApp2.0"],
    ["net10.0", "net9.0 net10.0", "net10.0"],
    ["net8.0", ".NETFramework4.5 .NETStandard1.3 .NETStandard2.0", ".NETStandard2.0"],
    ["netcoreapp2.1", ".NETStandard2.0 .NETStandard2.1", ".NETStandard2.0"],
    ["net8.0", "any .NETFramework4.5", "any"],
    ["net8.0", ".NETFramework4.5", "?"],
    ["net8.0", ".NETStandard2.0 MonoAndroid1.0 Xamarin.iOS1.0 UAP10.0 .NETPortable4.5-Profile259", ".NETStandard2.0"],
    ["net8.0", ".NETStandard2.0 .NETPlatform5.4", "?"],
    ["net8.0", "any DNXCore5.0", "?"],
    [".NETFramework,Version=v4.7.2", ".NETFramework4.5 .NETFramework4.8 .NETStandard2.0", ".NETFramework4.5"],
    [".NETFramework,Version=v4.7.2", "net472 net40", "net472"],
    [".NETFramework,Version=v4.7.2", "net48 netstandard2.0 netstandard2.1", "netstandard2.0"],
    [".NETFramework,Version=v4.5", ".NETStandard1.0 .NETStandard1.3", ".NETStandard1.0"],
    [".NETFramework,Version=v4.0,Profile=Client", "net40", "?"],
    [".NETFramework,Version=v4.7.2", "net40-client netstandard2.0", "?"],
    [".NETStandard,Version=v2.0", "netstandard1.6 netstandard2.1 net6.0", "netstandard1.6"],
    ["net6.0-windows7.0", "net6.0 net6.0-windows7.0 net5.0", "net6.0-windows7.0"],
    ["net6.0-windows7.0", "net6.0 net6.0-windows10.0.19041", "net6.0"],
    ["net8.0-windows10.0.19041", "net8.0-windows7.0 net8.0-windows10.0.17763", "net8.0-windows10.0.17763"],
    ["net6.0-windows7.0", "net6.0 net5.0-windows7.0", "?"],
    ["net6.0", "net6.0 net6.0-windows7.0", "net6.0"],
    ["net8.0-android34.0", "net6.0 MonoAndroid1.0", "?"],
    ["net8.0", "net6.0 net6.0", "?"],
    ["uap10.0", "uap10.0", "?"],
    ["net8.0", "any any", "?"],
  ];
  for (const [target, groups, expected] of cases)
    assert.equal(nearest(target, groups), expected, `${target}: ${groups}`);
});
