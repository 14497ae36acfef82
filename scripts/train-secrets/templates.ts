/** The ways in which languages and files write a name and its value, one list per family. */

export interface Names {
  readonly camel: string;
  readonly snake: string;
  readonly upper: string;
  readonly dashed: string;
  readonly pascal: string;
  /** The word before the keyword: `db`. */
  readonly owner: string;
  /** The keyword alone: `password`. */
  readonly bare: string;
}

interface Template {
  readonly path: string;
  readonly of: (names: Names, value: string) => string;
}

/** A value in its own quotes cannot hold them. */
export const templateFamilies: Readonly<Record<string, readonly Template[]>> = {
  javascript: [
    { path: "src/a.js", of: ({ camel }, v) => `const ${camel} = '${v}';` },
    { path: "src/a.js", of: ({ camel, owner }, v) => `  ${owner}: { host: "db1", ${camel}: "${v}" },` },
    { path: "src/a.ts", of: ({ camel }, v) => `private readonly ${camel}: string = "${v}";` },
    { path: "src/a.js", of: ({ upper }, v) => `process.env.${upper} = '${v}';` },
    { path: "src/a.js", of: ({ camel, upper }, v) => `const ${camel} = process.env.${upper} || '${v}';` },
    { path: "src/a.js", of: ({ dashed }, v) => `headers: { 'x-${dashed}': '${v}' },` },
    { path: "src/a.js", of: ({ camel }, v) => `app.set('${camel}', '${v}');` },
    { path: "src/a.js", of: ({ camel }, v) => `if (req.body.${camel} === "${v}") {` },
    { path: "src/a.js", of: ({ bare, owner }, v) => `mongoose.connect(uri, { user: "${owner}", ${bare}: "${v}" });` },
  ],
  python: [
    { path: "app/a.py", of: ({ upper }, v) => `${upper} = "${v}"` },
    { path: "app/a.py", of: ({ snake }, v) => `    self.${snake} = '${v}'` },
    { path: "app/a.py", of: ({ snake, owner }, v) => `client = Client(${owner}="x1", ${snake}="${v}")` },
    { path: "app/a.py", of: ({ upper }, v) => `app.config["${upper}"] = '${v}'` },
    { path: "app/a.py", of: ({ snake }, v) => `data = {"user": "ops", "${snake}": "${v}"}` },
    { path: "app/a.py", of: ({ upper }, v) => `X = os.environ.get("${upper}", "${v}")` },
    { path: "app/a.py", of: ({ snake }, v) => `def connect(host, ${snake}='${v}'):` },
    { path: "app/a.py", of: ({ snake }, v) => `parser.add_argument("--${snake}", default="${v}")` },
    { path: "app/a.py", of: ({ upper }, v) => `${upper} = (\n    b"${v}"\n)` },
  ],
  go: [
    { path: "pkg/a.go", of: ({ camel }, v) => `\t${camel} := "${v}"` },
    { path: "pkg/a.go", of: ({ pascal }, v) => `\t\t${pascal}: "${v}",` },
    { path: "pkg/a.go", of: ({ camel }, v) => `const ${camel} = "${v}"` },
    { path: "pkg/a.go", of: ({ camel }, v) => `var ${camel} string = "${v}"` },
    { path: "pkg/a.go", of: ({ upper }, v) => `\tos.Setenv("${upper}", "${v}")` },
    { path: "pkg/a.go", of: ({ camel }, v) => `\t${camel} := []byte("${v}")` },
    { path: "pkg/a_test.go", of: ({ pascal }, v) => `\tif cfg.${pascal} != "${v}" {` },
  ],
  java: [
    { path: "src/A.java", of: ({ upper }, v) => `  private static final String ${upper} = "${v}";` },
    { path: "src/A.java", of: ({ pascal }, v) => `    dataSource.set${pascal}("${v}");` },
    { path: "src/A.java", of: ({ bare }, v) => `    props.put("${bare}", "${v}");` },
    { path: "src/A.kt", of: ({ camel }, v) => `    val ${camel}: String = "${v}"` },
    { path: "src/A.java", of: ({ bare }, v) => `        .${bare}("${v}")` },
    { path: "src/A.java", of: ({ camel, owner }, v) => `@Value("\${${owner}.${camel}:${v}}")` },
    { path: "build.gradle", of: ({ camel }, v) => `        ${camel} "${v}"` },
    { path: "src/A.java", of: ({ bare }, v) => `    page.findElement(By.id("${bare}")).sendKeys("${v}");` },
    { path: "src/A.scala", of: ({ camel }, v) => `  val ${camel} = "${v}"` },
  ],
  csharp: [
    { path: "src/A.cs", of: ({ camel }, v) => `    string ${camel} = "${v}";` },
    { path: "src/A.cs", of: ({ pascal }, v) => `    public const string ${pascal} = @"${v}";` },
    { path: "src/A.cs", of: ({ pascal, owner }, v) => `    new Options { User = "${owner}", ${pascal} = "${v}" };` },
    { path: "src/A.vb", of: ({ camel }, v) => `    Dim ${camel} As String = "${v}"` },
    { path: "src/A.cs", of: ({ pascal }, v) => `    Configuration["${pascal}"] = "${v}";` },
    { path: "src/A.cs", of: ({ camel, owner }, v) => `    Connect(user: "${owner}", ${camel}: "${v}");` },
  ],
  native: [
    { path: "src/a.c", of: ({ upper }, v) => `#define ${upper} "${v}"` },
    { path: "src/a.cpp", of: ({ snake }, v) => `const char* ${snake} = "${v}";` },
    { path: "src/a.c", of: ({ snake }, v) => `static char ${snake}[] = "${v}";` },
    { path: "src/a.rs", of: ({ upper }, v) => `const ${upper}: &str = "${v}";` },
    { path: "src/a.rs", of: ({ snake }, v) => `    ${snake}: "${v}".to_string(),` },
    { path: "src/a.swift", of: ({ camel }, v) => `    let ${camel} = "${v}"` },
    { path: "src/a.m", of: ({ camel }, v) => `NSString *${camel} = @"${v}";` },
    { path: "src/a.c", of: ({ snake }, v) => `if (strcmp(${snake}, "${v}") == 0) {` },
  ],
  scripting: [
    { path: "a.php", of: ({ snake }, v) => `$${snake} = '${v}';` },
    { path: "a.php", of: ({ upper }, v) => `define('${upper}', '${v}');` },
    { path: "a.php", of: ({ snake }, v) => `    '${snake}' => '${v}',` },
    { path: "a.php", of: ({ snake }, v) => `    '${snake}' => env('${snake.toUpperCase()}', '${v}'),` },
    { path: "a.rb", of: ({ snake }, v) => `  :${snake} => "${v}",` },
    { path: "a.rb", of: ({ snake }, v) => `  ${snake}: '${v}',` },
    { path: "a.rb", of: ({ upper }, v) => `ENV['${upper}'] ||= '${v}'` },
    { path: "a.rb", of: ({ bare }, v) => `  ${bare} '${v}'` },
    { path: "a.pl", of: ({ snake }, v) => `my $${snake} = "${v}";` },
    { path: "a.lua", of: ({ snake }, v) => `local ${snake} = "${v}"` },
    { path: "a.r", of: ({ snake }, v) => `${snake} <- "${v}"` },
    { path: "a.el", of: ({ dashed }, v) => `(setq ${dashed} "${v}")` },
  ],
  sql: [
    { path: "a.sql", of: ({ owner }, v) => `CREATE USER '${owner}'@'%' IDENTIFIED BY '${v}';` },
    { path: "a.sql", of: ({ owner }, v) => `ALTER ROLE ${owner} WITH LOGIN PASSWORD '${v}';` },
    { path: "a.sql", of: ({ owner }, v) => `CREATE LOGIN ${owner} WITH PASSWORD = N'${v}';` },
    { path: "a.sh", of: ({ owner }, v) => `psql -c "CREATE ROLE ${owner} WITH LOGIN PASSWORD '${v}'"\n` },
  ],
  yaml: [
    { path: "a.yml", of: ({ snake, owner }, v) => `${owner}:\n  host: db1\n  ${snake}: ${v}\n` },
    { path: "a.yaml", of: ({ camel }, v) => `  ${camel}: "${v}"\n` },
    { path: "a.yaml", of: ({ upper }, v) => `  - name: ${upper}\n    value: ${v}\n` },
    { path: "a.yaml", of: ({ upper }, v) => `    environment:\n      - ${upper}=${v}\n` },
    { path: "a.yml", of: ({ dashed }, v) => `    ${dashed}: '${v}'\n` },
  ],
  json: [
    { path: "a.json", of: ({ camel }, v) => `  "${camel}": "${v}",` },
    { path: "a.json", of: ({ snake }, v) => `{"user": "ops", "${snake}": "${v}"}` },
    { path: "a.json", of: ({ upper }, v) => `  { "name": "${upper}", "value": "${v}" },` },
  ],
  xml: [
    { path: "a.xml", of: ({ camel }, v) => `  <${camel}>${v}</${camel}>` },
    { path: "a.xml", of: ({ camel }, v) => `  <property name="${camel}" value="${v}" />` },
    { path: "a.config", of: ({ pascal }, v) => `    <add key="${pascal}" value="${v}" />` },
    { path: "strings.xml", of: ({ snake }, v) => `  <string name="${snake}">${v}</string>` },
    { path: "a.xml", of: ({ camel }, v) => `<bean user="ops" ${camel}="${v}"/>` },
    { path: "a.plist", of: ({ camel }, v) => `<key>${camel}</key>\n  <string>${v}</string>` },
  ],
  lines: [
    { path: ".env", of: ({ upper }, v) => `${upper}=${v}\n` },
    { path: "a.properties", of: ({ owner, dashed }, v) => `spring.${owner}.${dashed}=${v}\n` },
    { path: "a.ini", of: ({ snake }, v) => `[main]\n${snake} = ${v}\n` },
    { path: "a.toml", of: ({ snake }, v) => `${snake} = "${v}"\n` },
    { path: "a.tfvars", of: ({ snake }, v) => `${snake} = "${v}"\n` },
    { path: "main.tf", of: ({ snake }, v) => `  ${snake}    = "${v}"\n` },
    { path: "a.conf", of: ({ snake }, v) => `${snake}=${v}\n` },
    { path: "a.cfg", of: ({ bare }, v) => `${bare}: ${v}\n` },
  ],
  shell: [
    { path: "a.sh", of: ({ upper }, v) => `export ${upper}="${v}"\n` },
    { path: "a.sh", of: ({ upper }, v) => `${upper}=${v}\n` },
    { path: "a.sh", of: ({ dashed }, v) => `deploy --user ops --${dashed} ${v} site\n` },
    { path: "a.sh", of: ({ dashed }, v) => `deploy --user ops --${dashed}='${v}' site\n` },
    { path: "a.sh", of: ({ upper }, v) => `${upper}=\${${upper}:-${v}}\n` },
    { path: "Dockerfile", of: ({ upper }, v) => `ENV ${upper} ${v}\n` },
    { path: "Dockerfile", of: ({ upper }, v) => `ENV ${upper}=${v}\n` },
    { path: "a.ps1", of: ({ camel }, v) => `$${camel} = "${v}"\n` },
    { path: "a.bat", of: ({ upper }, v) => `set ${upper}=${v}\n` },
    { path: "a.sh", of: ({ snake }, v) => `curl "https://api.contoso.net/v1?${snake}=${v}&page=2"\n` },
  ],
  text: [
    { path: "README.md", of: ({ upper }, v) => `    ${upper}=${v}\n` },
    { path: "README.md", of: ({ camel }, v) => `  "${camel}": "${v}",\n` },
    { path: "README.md", of: ({ bare }, v) => `${bare}: ${v}\n` },
    { path: "README.md", of: ({ camel }, v) => `const ${camel} = "${v}";\n` },
    { path: "README.md", of: ({ upper, owner }, v) => `docker run -e ${upper}=${v} ${owner}:latest\n` },
    { path: "docs/a.rst", of: ({ snake }, v) => `    ${snake} = '${v}'\n` },
  ],
  comments: [
    { path: "src/a.js", of: ({ camel }, v) => `// ${camel} = "${v}"` },
    { path: "src/a.py", of: ({ snake }, v) => `# ${snake}: ${v}` },
    { path: "src/A.java", of: ({ bare }, v) => ` * ${bare}=${v}` },
    { path: "src/a.go", of: ({ snake }, v) => `\turl := "https://api.contoso.net/?${snake}=${v}"` },
    { path: "src/a.py", of: ({ bare, owner }, v) => `dsn = "host=db1 user=${owner} ${bare}=${v}"` },
  ],
};
