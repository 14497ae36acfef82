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

const dependency = (artifact: string, version = "", more = "") =>
  `<dependency><groupId>g</groupId><artifactId>${artifact}</artifactId>${version && `<version>${version}</version>`}${more}</dependency>`;

test("a POM takes properties and managed versions from its parents", () => {
  const parent = `<project><groupId>g</groupId><artifactId>top</artifactId><version>\${revision}</version>
<properties><revision>7</revision><a.version>1.\${minor}</a.version><minor>2</minor></properties>
<dependencyManagement><dependencies>${dependency("b", "${a.version}", "<scope>test</scope>")}
${dependency("c", "\n3\n")}</dependencies></dependencyManagement>
<dependencies>${dependency("everywhere", "9")}</dependencies></project>`;
  const own = `<project><parent><groupId>g</groupId><artifactId>top</artifactId><version>7</version></parent>
<artifactId>own</artifactId><properties><minor>5</minor></properties><dependencies>
${dependency("a", "${a.version}")}
${dependency("b")}
${dependency("c", "[1,2)", "<optional>true</optional>")}
${dependency("own", "${project.version}")}
${dependency("unknown")}
</dependencies></project>`;
  assert.deepEqual(lines({ "pom.xml": parent, "x/pom.xml": own }, "x/pom.xml"), [
    "g:a@1.5 x/pom.xml:3",
    "g:b@1.5 x/pom.xml:4 test DEV",
    "g:c@?[1,2) x/pom.xml:5 optional",
    "g:own@7 x/pom.xml:6 version x/pom.xml:1",
    "g:unknown@? x/pom.xml:7",
    "g:everywhere@9 pom.xml:7 version pom.xml:7",
  ]);
});

test("a bill of materials is imported where the repository holds it", () => {
  const bom = `<project><groupId>g</groupId><artifactId>acme-bom</artifactId><version>1</version><properties><v>4</v></properties>
<dependencyManagement><dependencies>${dependency("a", "${v}")}</dependencies></dependencyManagement></project>`;
  const imported = (name: string) => dependency(name, "1", "<type>pom</type><scope>import</scope>");
  const own = `<project><groupId>g</groupId><artifactId>own</artifactId><version>1</version><modules><module>bom</module></modules>
<dependencyManagement><dependencies>${imported("acme-bom")}${imported("elsewhere")}</dependencies></dependencyManagement>
<dependencies>${dependency("a")}${dependency("b")}</dependencies></project>`;
  const files = { "pom.xml": own, "bom/pom.xml": bom };
  assert.deepEqual(lines(files, "pom.xml"), ["g:a@4 pom.xml:3 version bom/pom.xml:1", "g:b@? pom.xml:3"]);
  const unresolved = readPackages(files).problems.filter(({ code }) => code === "unresolved");
  assert.deepEqual(
    unresolved.map(({ message, isNotice }) => [isNotice, message]),
    [[true, "No version can be told for g:b. They may come from g:elsewhere:1, which this repository does not hold."]],
  );
});

test("plugins and profiles are marked", () => {
  const own = `<project><groupId>g</groupId><artifactId>own</artifactId><version>1</version>
<build><plugins><plugin><artifactId>p</artifactId><version>2</version></plugin></plugins></build>
<profiles><profile><id>x</id><dependencies>${dependency("a", "1")}</dependencies></profile></profiles></project>`;
  assert.deepEqual(lines({ "pom.xml": own }), [
    "g:a@1 pom.xml:3 version pom.xml:3 profile:x (not active by default)",
    "org.apache.maven.plugins:p@2 pom.xml:2 version pom.xml:2 plugin DEV",
  ]);
});

test("a lock file of Gradle speaks for the build file beside it", () => {
  const files = {
    "build.gradle": "dependencies { implementation 'g:a:1' }",
    "gradle.lockfile": "# x\ng:a:1=compileClasspath,testCompileClasspath\ng:b:2=testRuntimeClasspath\nempty=\n",
    "buildscript-gradle.lockfile": "g:tool:3=classpath\n???\n",
  };
  const { lines: all, problems } = readPackages(files);
  assert.deepEqual(all, [
    "g:a@1 gradle.lockfile:2",
    "g:b@2 gradle.lockfile:3 dev transitive",
    "g:tool@3 buildscript-gradle.lockfile:1 dev",
  ]);
  assert.deepEqual(
    problems.map(({ path, line }) => `${path}:${line}`),
    ["buildscript-gradle.lockfile:2"],
  );
});

const catalog = `[versions]
spring = "6.1"
[libraries]
spring-core = { module = "org.spring:core", version.ref = "spring" }
junit = "junit:junit:4.13"
[bundles]
all = ["spring-core", "junit"]
[plugins]
boot = { id = "org.boot", version = { strictly = "3.2" } }
`;

test("build files of Gradle: strings, maps, variables, catalogues", () => {
  const groovy = `
plugins { id 'java'; id 'org.x' version '1.0' }
buildscript { ext.toolVersion = '2.0'
  dependencies { classpath "g:tool:$toolVersion" } }
ext { nettyVersion = "4.\${minor}" }
def versions = [guava: '33.0']
dependencies {
  implementation 'g:a:1.0', // one
    'g:b:2.0@jar'
  implementation platform("g:bom:1")
  api group: 'g', name: 'c', version: '3.0'
  runtimeOnly("g:netty:\${nettyVersion}") { exclude group: 'g', module: 'no' }
  testImplementation "g:guava:\${versions.guava}", "g:free:1.+"
  implementation(libs.bundles.all)
  implementation project(':other')
  implementation files('libs/x.jar')
  /* implementation 'g:no:1' */
  compileOnly 'g:props:' + someVersion
  implementation unknownThing.x
  constraints { implementation 'g:late:8' }
  implementation 'g:late'
}
`;
  const files = {
    "app/build.gradle": groovy,
    "gradle.properties": "minor=1\nsomeVersion=7.7",
    "gradle/libs.versions.toml": catalog,
  };
  assert.deepEqual(lines(files, "app/build.gradle"), [
    "org.x:org.x.gradle.plugin@1.0 app/build.gradle:2 version app/build.gradle:2 plugin DEV",
    "g:tool@2.0 app/build.gradle:4 version app/build.gradle:3 classpath DEV",
    "g:a@1.0 app/build.gradle:8 version app/build.gradle:8 implementation",
    "g:b@2.0 app/build.gradle:8 version app/build.gradle:9 implementation",
    "g:bom@1 app/build.gradle:10 version app/build.gradle:10 implementation platform",
    "g:c@3.0 app/build.gradle:11 version app/build.gradle:11 api",
    "g:netty@4.1 app/build.gradle:12 runtimeOnly",
    "g:guava@33.0 app/build.gradle:13 version app/build.gradle:6 testImplementation DEV",
    "g:free@?1.+ app/build.gradle:13 testImplementation DEV",
    "org.spring:core@6.1 app/build.gradle:14 version gradle/libs.versions.toml:2 implementation",
    "junit:junit@4.13 app/build.gradle:14 version gradle/libs.versions.toml:5 implementation",
    "g:props@7.7 app/build.gradle:18 version gradle.properties:2 compileOnly",
    "g:late@8 app/build.gradle:21 version app/build.gradle:20 implementation",
  ]);
});

test("build files of Gradle in Kotlin", () => {
  const kotlin = `
plugins {
  kotlin("jvm") version "1.9"
  alias(libs.plugins.boot)
}
val ktor by extra("2.3")
val other: String by project
dependencies {
  implementation(kotlin("stdlib"))
  implementation("g:a:$ktor")
  "custom"("g:b:$other")
  add("kapt", "g:c:1")
  testImplementation(group = "g", name = "d", version = ktor)
  implementation(enforcedPlatform(libs.spring.core))
}
`;
  const files = { "build.gradle.kts": kotlin, "gradle.properties": "other = 5", "gradle/libs.versions.toml": catalog };
  assert.deepEqual(lines(files, "build.gradle.kts"), [
    "org.jetbrains.kotlin.jvm:org.jetbrains.kotlin.jvm.gradle.plugin@1.9 build.gradle.kts:3 version build.gradle.kts:3 plugin DEV",
    "org.boot:org.boot.gradle.plugin@3.2 build.gradle.kts:4 version gradle/libs.versions.toml:9 plugin DEV",
    "org.jetbrains.kotlin:kotlin-stdlib@? build.gradle.kts:9 implementation",
    "g:a@2.3 build.gradle.kts:10 version build.gradle.kts:6 implementation",
    "g:b@5 build.gradle.kts:11 version gradle.properties:1 custom",
    "g:c@1 build.gradle.kts:12 version build.gradle.kts:12 kapt DEV",
    "g:d@2.3 build.gradle.kts:13 version build.gradle.kts:6 testImplementation DEV",
    "org.spring:core@6.1 build.gradle.kts:14 version gradle/libs.versions.toml:2 implementation platform",
  ]);
});

test("build.sbt: texts, variables, the version of Scala", () => {
  const sbt = `ThisBuild / scalaVersion := "2.13.8"
libraryDependencies ++= Seq(
  "g" % "java" % "1.0",
  "g" %% "scala" % Versions.akka % Test, // "g" % "no" % "1"
  "g" % "x" % computed()
)
`;
  const files = {
    "build.sbt": sbt,
    "project/Dependencies.scala": 'object Versions { val akka: String = "2.6" }',
    "project/plugins.sbt": 'addSbtPlugin("g" % "plugin" % "3.0")',
  };
  assert.deepEqual(lines(files), [
    "g:java@1.0 build.sbt:3 version build.sbt:3",
    "g:scala_2.13@2.6 build.sbt:4 version project/Dependencies.scala:1 Test DEV",
    "g:x@?computed build.sbt:5",
    "g:plugin@3.0 project/plugins.sbt:1 version project/plugins.sbt:1 plugin DEV",
  ]);
});

const deepProperties = Array.from({ length: 200 }, (_, at) => `<p${at}>\${p${at + 1}}\${p${at + 1}}</p${at}>`).join("");
const hostile: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a POM that is its own parent": {
    "pom.xml": `<project><parent><groupId>g</groupId><artifactId>a</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent><artifactId>a</artifactId><dependencies>${dependency("x", "${y}")}</dependencies></project>`,
  },
  "properties that name each other": {
    "pom.xml": `<project><properties>${deepProperties}<a>\${b}</a><b>\${a}</b></properties><dependencies>${dependency("x", "${p0}")}${dependency("y", "${a}")}</dependencies></project>`,
  },
  "many dependencies of one name": {
    "pom.xml": `<project><dependencies>${dependency("x", "1").repeat(10_000)}</dependencies></project>`,
  },
  "a POM that is none": { "pom.xml": "<html><body>".repeat(100_000) },
  "variables that name each other": {
    "build.gradle": `a = "$b$b"\nb = "$a$c"\n${Array.from({ length: 50 }, (_, at) => `v${at} = "$v${at + 1}$v${at + 1}"`).join("\n")}\ndependencies { implementation "g:a:$a", "g:b:$v0" }`,
  },
  "brackets without end": { "build.gradle": `dependencies { implementation${"(".repeat(300_000)}` },
  "blocks without end": { "build.gradle": "dependencies { a(".repeat(50_000) },
  "dollars without end": { "build.gradle": `dependencies { implementation "g:a:${"${".repeat(200_000)}" }` },
  "broken lock files": { "gradle.lockfile": ":::=\n".repeat(100_000), "x.sbt.lock": "[[[[".repeat(100_000) },
};

for (const [name, files] of Object.entries(hostile)) {
  test(`survives ${name}`, () => {
    readPackages(files);
  });
}
