import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aspNetCoreApp, dependsOnConsumer, frameworkProviding, windowsDesktopApp } from "./framework-packages.ts";
import { targetFrameworkOf } from "./target-framework.ts";

describe("frameworkProviding", () => {
  it("tells which framework carries a package, for each target framework by itself", () => {
    const all = [aspNetCoreApp, windowsDesktopApp];
    const cases: readonly (readonly [string, readonly string[], string, string | undefined])[] = [
      ["net8.0", [], "System.Text.Json@8.0.4", "Microsoft.NETCore.App"],
      ["net8.0", [], "system.text.json@8.0.5", "Microsoft.NETCore.App"],
      ["net8.0", [], "System.Text.Json@9.0.0", undefined],
      ["net6.0", [], "System.Text.Json@7.0.0", undefined],
      ["net472", [], "System.Text.Json@4.6.0", undefined],
      ["net472", [], "System.Net.Http@4.3.0", ".NET Framework"],
      ["net45", [], "System.Net.Http@4.3.0", undefined],
      ["netstandard2.0", [], "System.Net.Http@4.3.0", undefined],
      ["netcoreapp3.1", [], "System.Text.Json@4.7.0", "Microsoft.NETCore.App"],
      ["netcoreapp3.1", [], "System.Text.Json@4.7.2", undefined],
      ["netcoreapp2.2", [], "System.Memory@4.5.5", "Microsoft.NETCore.App"],
      ["net10.0", [], "System.Text.Json@10.0.0-rc.1", "Microsoft.NETCore.App"],
      ["net11.0", [], "System.IO.Pipelines@9.0.4", "Microsoft.NETCore.App"],
      ["net8.0", all, "System.IO.Pipelines@8.0.0", "Microsoft.AspNetCore.App"],
      ["net8.0", [], "System.IO.Pipelines@8.0.0", undefined],
      ["net8.0", all, "Microsoft.Extensions.Logging@8.0.0", "Microsoft.AspNetCore.App"],
      ["net8.0", all, "Microsoft.Extensions.Logging@8.0.1", undefined],
      ["net5.0", all, "Microsoft.AspNetCore.HttpLogging@5.0.0", undefined],
      ["net6.0-windows10.0.19041", all, "System.Drawing.Common@5.0.0", "Microsoft.WindowsDesktop.App"],
      ["net6.0", [aspNetCoreApp], "System.Drawing.Common@4.7.0", undefined],
      ["net6.0", [aspNetCoreApp], "System.Security.Cryptography.Pkcs@4.7.0", undefined],
      [
        ".NETCoreApp,Version=v8.0/win-x64",
        [],
        "runtime.native.System.Security.Cryptography.OpenSsl@4.3.0",
        "Microsoft.NETCore.App",
      ],
      [
        "net8.0",
        [],
        "runtime.osx.10.10-x64.runtime.native.System.Security.Cryptography.Apple@4.3.0",
        "Microsoft.NETCore.App",
      ],
      ["net8.0", [], "Newtonsoft.Json@9.0.1", undefined],
      ["net8.0", all, "Microsoft.AspNetCore@8.0.0", "Microsoft.AspNetCore.App"],
      ["uap10.0", all, "System.Net.Http@4.3.0", undefined],
    ];
    for (const [target, references, written, expected] of cases) {
      const [name = "", version = ""] = written.split("@");
      assert.equal(
        frameworkProviding(targetFrameworkOf(target), references, name, version),
        expected,
        `${target} ${written}`,
      );
    }
  });

  it("marks what depends on who uses a library", () => {
    assert.ok(dependsOnConsumer(targetFrameworkOf("netstandard2.0"), "System.Net.Http", "4.3.0"));
    assert.ok(!dependsOnConsumer(targetFrameworkOf("netstandard2.0"), "System.Memory", "4.5.5"));
    assert.ok(dependsOnConsumer(targetFrameworkOf("netstandard2.1"), "System.Memory", "4.5.5"));
    assert.ok(!dependsOnConsumer(targetFrameworkOf("net8.0"), "System.Net.Http", "4.3.0"));
  });

  it("reads target frameworks in both forms", () => {
    const read = (text: string) => {
      const { name, identifier, version, platform } = targetFrameworkOf(text);
      return [name, identifier, version, platform].join(" ").trim();
    };
    assert.deepEqual(
      ["net472", "net48", "net8", "net10.0-ios17.2", ".NETFramework,Version=v4.7.2", "net4.8", "monoandroid"].map(read),
      [
        "net472 .NETFramework 4.7.2",
        "net48 .NETFramework 4.8",
        "net8 .NETCoreApp 8.0",
        "net10.0-ios17.2 .NETCoreApp 10.0 ios",
        "net472 .NETFramework 4.7.2",
        "net4.8 .NETFramework 4.8",
        "monoandroid other",
      ],
    );
  });
});
