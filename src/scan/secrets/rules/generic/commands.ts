/** Commands, calls and settings that take a password or key where nothing else can stand. */
import { noPasswordsOfCalls, passwordsOfCalls } from "../../examples/call-examples.ts";
import { credentialsOfCalls, noCredentialsOfCalls } from "../../examples/called-examples.ts";
import { noPasswordsOfCommands, passwordsOfCommands } from "../../examples/command-examples.ts";
import { sample } from "../../examples/example-values.ts";
import { sampleUuid } from "../../examples/example-writings.ts";
import { keysOfVariables, noKeysOfVariables } from "../../examples/variable-examples.ts";
import { credentialCalls } from "../../readers/calls/credential-calls.ts";
import { commandAnchors } from "../../readers/commands/command-table.ts";
import { parameters, takers } from "../../readers/used-variable.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const password = (seed: string) => `Kx!${sample("digits", 2, seed)}${sample("letters", 6, seed)}`;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/command-line-password",
    aliases: ["curl-auth-user"],
    title: "Password on a command line",
    provider: "Command lines",
    family: "password",
    severity: "medium",
    why: "It stands in the script, in the shell's history and in the list of processes.",
    fix: "Change the password, and hand it over by standard input, an environment variable or a managed identity.",
    links: ["https://cwe.mitre.org/data/definitions/214.html"],
    anchors: commandAnchors,
    shape: { is: "reader", reader: "command-line" },
    score: 65,
    loose: true,
    generic: true,
    examples: { bad: passwordsOfCommands, good: () => noPasswordsOfCommands },
  },
  {
    id: "secrets/credential-argument",
    aliases: [],
    title: "Password or key as a literal argument",
    provider: "Generic",
    family: "password",
    severity: "high",
    why: "The call takes nothing but a credential there: everyone who reads the code has it.",
    fix: "Change it, and use a managed identity, or read the value from configuration that a vault supplies.",
    links: ["https://cwe.mitre.org/data/definitions/798.html"],
    anchors: Object.keys(credentialCalls).map((name) => ({ text: `${name}(`, foldCase: true })),
    shape: { is: "reader", reader: "credential-argument" },
    score: 65,
    loose: true,
    generic: true,
    examples: {
      bad: (seed) => [...passwordsOfCalls(seed), ...credentialsOfCalls(seed)],
      good: () => [...noPasswordsOfCalls, ...noCredentialsOfCalls],
    },
  },
  {
    id: "secrets/used-variable",
    aliases: [],
    title: "Password or key in a variable that a call or address takes",
    provider: "Generic",
    family: "secret",
    severity: "medium",
    why: "Whatever the variable is called, it holds what opens something: everyone who reads the code has it.",
    fix: "Change it, and read the value from configuration that a vault supplies.",
    links: ["https://cwe.mitre.org/data/definitions/798.html"],
    anchors: [
      ...Array.from(takers.keys(), (name) => ({ text: `${name}(`, foldCase: true })),
      ...parameters.map((name) => ({ text: name, foldCase: true, next: `=:"',` })),
    ],
    shape: { is: "reader", reader: "used-variable" },
    score: 65,
    loose: true,
    generic: true,
    examples: { bad: keysOfVariables, good: () => noKeysOfVariables },
  },
  {
    id: "secrets/go-data-source-name",
    aliases: [],
    title: "Database password in a data source name",
    provider: "Databases",
    family: "password",
    severity: "high",
    why: "Whoever reaches the server signs in and reads or changes the data.",
    fix: "Change the password, and build the name from configuration that a vault supplies.",
    links: ["https://cwe.mitre.org/data/definitions/798.html"],
    anchors: [
      { text: "@tcp(" },
      { text: "@unix(" },
      ...['"mysql", "', 'mysql.open("', 'dsn := "', 'dsn = "'].map((text) => ({ text, foldCase: true })),
    ],
    shape: { is: "reader", reader: "go-dsn" },
    score: 70,
    loose: true,
    generic: true,
    examples: {
      bad: (seed) => [
        { path: "main.go", text: `dsn := "shop:${password(`i${seed}`)}@tcp(db7.contoso.net:3306)/shop"` },
        { path: "main.go", text: `dsn := "root:48${sample("digits", 3, seed)}9@tcp(127.0.0.1:3306)/shop"` },
        { path: "main.go", text: `dsn := "shop:à${password(`i${seed}`)}@tcp(db7.contoso.net:3306)/shop"` },
        {
          path: "db.go",
          text: `sql.Open("mysql", "ops:${password(`j${seed}`)}@tcp(10.1.2.3:3306)/shop?parseTime=true")`,
        },
        { path: "db.go", text: `sql.Open("mysql", "ops:${password(`k${seed}`)}@/shop")` },
        { path: "db.go", text: `gorm.Open(mysql.Open("ops:${password(`l${seed}`)}@(10.1.2.3:3306)/shop"))` },
        { path: "db.go", text: `dsn := "ops:${password(`m${seed}`)}@/shop?parseTime=true"` },
        { path: "db.go", text: `name := "ops:${password(`n${seed}`)}@unix(/run/mysqld.sock)/shop"` },
      ],
      good: () => [
        { path: "main.go", text: 'dsn := "root:password@tcp(localhost:3306)/shop"' },
        { path: "main_test.go", text: 'dsn := "root:481519@tcp(localhost:3306)/shop"' },
        { path: "main.go", text: 'dsn := fmt.Sprintf("%s:%s@tcp(%s)/shop", user, pass, host)' },
        { path: "main.go", text: 'sql.Open("mysql", "root:@/shop"); sql.Open("mysql", "root:root@/shop")' },
      ],
    },
  },
  {
    id: "secrets/bearer-token",
    aliases: ["curl-auth-header"],
    title: "Bearer token in an Authorization header",
    provider: "Generic",
    family: "secret",
    severity: "medium",
    why: "Whoever has the token calls the service as its owner until it expires.",
    fix: "Revoke the token, and build the header from a secret at run time.",
    links: ["https://www.rfc-editor.org/rfc/rfc6750"],
    anchors: [
      "bearer ",
      "authorization: token ",
      "authorization:token ",
      "authorization: api-key ",
      "authorization: key ",
      "authorization: key=",
      "authorization: bot ",
    ].map((text) => ({
      text,
      foldCase: true,
    })),
    shape: { is: "reader", reader: "bearer" },
    score: 65,
    loose: true,
    generic: true,
    examples: {
      bad: (seed) => [
        {
          path: "call.sh",
          text: `curl -H "Authorization: Bearer ${sample("base62", 40, seed)}" https://api.contoso.net`,
        },
        { path: "call.sh", text: `curl -H "Authorization: Bearer ${sampleUuid("u")}" https://api.contoso.net` },
        `headers: { Authorization: "Bearer " + "${sample("base62", 40, seed)}" }`,
        {
          path: "call.sh",
          text: `curl -H "Authorization: token ${sample("hexLower", 40, seed)}" https://api.contoso.net`,
        },
        {
          path: "call.sh",
          text: `curl -H "Authorization: Bearer 17|${sample("base62", 40, seed)}" https://api.contoso.net`,
        },
      ],
      good: () => [
        { path: "call.sh", text: 'curl -H "Authorization: Bearer $TOKEN" https://api.contoso.net' },
        { path: "docs/api.md", text: "Send `Authorization: Bearer your-token-goes-here-please`." },
        { path: "src/auth.ts", text: "// `Authorization: Bearer hqzvwkxjrtnbplmcdyfgsaeu`" },
        "// the bearer responsible-for-authentication-of-users",
      ],
    },
  },
];
