// biome-ignore-all lint/suspicious/noTemplateCurlyInString: properties of Maven are written so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPackages } from "../../testing/read-packages.ts";

function lines(texts: Readonly<Record<string, string>>, path?: string): readonly string[] {
  const { manifests } = readPackages(texts);
  return manifests
    .filter((manifest) => path === undefined || manifest.path === path)
    .flatMap(({ packages }) =>
      packages.map(({ name, version, requirement, at, versionAt, isDevelopment, groups = [] }) => {
        const place = versionAt ? ` version ${versionAt.path}:${versionAt.startLine}` : "";
        const marks = [...groups, ...(isDevelopment ? ["DEV"] : [])].map((mark) => ` ${mark}`).join("");
        return `${name}@${version ?? `?${requirement ?? ""}`} ${at.path}:${at.startLine}${place}${marks}`;
      }),
    );
}

test("version catalogues that the settings of Gradle name or write out", () => {
  const settings = `dependencyResolutionManagement {
  versionCatalogs {
    create("tools") {
      version("kotlin", "1.9.0")
      library("coroutines-core", "org.jetbrains.kotlinx", "kotlinx-coroutines-core").versionRef("kotlin")
      library("guava", "com.google.guava:guava:31.0-jre")
      library("bare", "g", "bare").withoutVersion()
      plugin("ktlint", "org.jlleitschuh.gradle.ktlint").version("11.0")
      bundle("all", listOf("coroutines-core", "guava"))
    }
    val more by creating { from(files("other/more-libs.toml")) }
  }
}
`;
  const build = `plugins { alias(tools.plugins.ktlint) }
dependencies {
  implementation(tools.bundles.all)
  implementation(tools.bare)
  testImplementation(more.m)
  implementation("x:y:\${tools.versions.kotlin.get()}")
}
`;
  const texts = {
    "settings.gradle.kts": settings,
    "other/more-libs.toml": '[libraries]\nm = "g:m:9"\n',
    "app/build.gradle.kts": build,
  };
  assert.deepEqual(lines(texts, "app/build.gradle.kts"), [
    "org.jlleitschuh.gradle.ktlint:org.jlleitschuh.gradle.ktlint.gradle.plugin@11.0 app/build.gradle.kts:1 version settings.gradle.kts:8 plugin DEV",
    "org.jetbrains.kotlinx:kotlinx-coroutines-core@1.9.0 app/build.gradle.kts:3 version settings.gradle.kts:4 implementation",
    "com.google.guava:guava@31.0-jre app/build.gradle.kts:3 version settings.gradle.kts:6 implementation",
    "g:bare@? app/build.gradle.kts:4 implementation",
    "g:m@9 app/build.gradle.kts:5 version other/more-libs.toml:2 testImplementation DEV",
    "x:y@1.9.0 app/build.gradle.kts:6 version settings.gradle.kts:4 implementation",
  ]);
  const groovy = {
    "settings.gradle":
      "dependencyResolutionManagement { versionCatalogs { libs { version 'k', '1.0'\n library('c', 'g', 'c').versionRef 'k'\n library 'd', 'g:d:1'\n from(files('gone.toml')) } } }",
    "build.gradle": "dependencies {\n implementation libs.c\n implementation libs.d\n implementation libs.other\n}\n",
  };
  assert.deepEqual(lines(groovy), [
    "g:c@1.0 build.gradle:2 version settings.gradle:1 implementation",
    "g:d@1 build.gradle:3 version settings.gradle:3 implementation",
  ]);
  assert.deepEqual(
    readPackages(groovy).problems.map(({ code, line }) => `${code} ${line}`),
    ["unresolved 4", "not-locked 1"],
  );
});

test("sbt: a scope behind a version is no package", () => {
  const text = 'libraryDependencies ++= Seq(\n  "a" % "b" % "1.0" % "provided",\n  "c" % "d" % "2.0" % Test\n)\n';
  assert.deepEqual(lines({ "build.sbt": text }), [
    "a:b@1.0 build.sbt:2 version build.sbt:2 provided",
    "c:d@2.0 build.sbt:3 version build.sbt:3 Test DEV",
  ]);
});

test("maven_install.json of Bazel in both of its forms", () => {
  const newer = `{"artifacts": {
  "com.google.guava:guava": {"shasums": {"jar": "aa"}, "version": "31.0-jre"},
  "a:b": {"version": "1"}}, "dependencies": {"com.google.guava:guava": ["a:b"]}, "version": "2"}`;
  const { manifests, problems } = readPackages({ "maven_install.json": newer });
  assert.deepEqual(
    manifests[0]?.packages.map(({ name, version, at, dependsOn }) => [name, version, at.startLine, dependsOn]),
    [
      ["com.google.guava:guava", "31.0-jre", 2, [1]],
      ["a:b", "1", 3, []],
    ],
  );
  assert.deepEqual(problems, []);
  const older = `{"dependency_tree": {"dependencies": [{"coord": "a:b:1.0", "directDependencies": ["c:d:jar:2.0"]},
  {"coord": "c:d:jar:2.0"}, {"coord": "c:d:jar:sources:2.0"}], "version": "0.1.0"}}`;
  assert.deepEqual(readPackages({ "app_maven_install.json": older }).lines, [
    "a:b@1.0 app_maven_install.json:1",
    "c:d@2.0 app_maven_install.json:2",
  ]);
  const other = readPackages({ "maven_install.json": '{"x": 1}' });
  assert.deepEqual([other.manifests.length, other.problems.length], [0, 1]);
});

test("ivy.xml, and extensions of Maven itself", () => {
  const ivy = `<ivy-module version="2.0"><info organisation="o" module="m"/><dependencies>
<dependency org="a" name="b" rev="2.0" conf="test->default"/>
<dependency org="a" name="c" rev="latest.integration"/>
<dependency org="a" name="d" rev="[1.0,2.0)"/></dependencies></ivy-module>`;
  assert.deepEqual(lines({ "ivy.xml": ivy }), [
    "a:b@2.0 ivy.xml:2 version ivy.xml:2 test DEV",
    "a:c@?latest.integration ivy.xml:3",
    "a:d@?[1.0,2.0) ivy.xml:4",
  ]);
  assert.deepEqual(readPackages({ "ivy.xml": "<project/>" }).manifests, []);
  const extensions =
    "<extensions><extension><groupId>g</groupId><artifactId>e</artifactId><version>1</version></extension></extensions>";
  assert.deepEqual(lines({ ".mvn/extensions.xml": extensions }), [
    "g:e@1 .mvn/extensions.xml:1 version .mvn/extensions.xml:1 plugin DEV",
  ]);
});
