import { base64, sample } from "../example-values.ts";
import type { SecretRule } from "../secret-rule.ts";

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/database-connection-string",
    aliases: [],
    title: "Database password in a connection string",
    provider: "Databases",
    family: "password",
    severity: "high",
    why: "Whoever reaches the server signs in and reads or changes the data.",
    fix: "Change the password; sign in with a managed identity, or load the string from a vault.",
    links: ["https://learn.microsoft.com/en-us/sql/connect/ado-net/connection-string-syntax"],
    anchors: [
      { text: "password", foldCase: true },
      { text: "pwd", foldCase: true },
    ],
    shape: { is: "reader", reader: "database-password" },
    score: 75,
    loose: true,
    examples: {
      bad: () => [
        {
          path: "appsettings.json",
          text: `{"ConnectionStrings":{"Default":"Server=tcp:sql.contoso.net,1433;Database=shop;User ID=shop;Password=Kr${sample("base62", 12)}9!;Encrypt=true"}}`,
        },
        `conn = "Driver={ODBC Driver 18};Server=db7;UID=app;PWD=${sample("base62", 14)}5;"`,
      ],
      good: () => [
        {
          path: "appsettings.json",
          text: '{"Default":"Server=sql.contoso.net;User ID=shop;Password={your_password};"}',
        },
        '"Server=sql;User ID=shop;Password=$(dbPassword);"',
        '"Server=sql;Authentication=Active Directory Default;"',
      ],
    },
  },
  {
    id: "secrets/url-password",
    aliases: [
      "url-userinfo",
      "ado-repo-npm-url-secret",
      "prisma:Secrets found in NPM dependency download URL in Azure repository",
    ],
    title: "Password in an address",
    provider: "Addresses",
    family: "password",
    severity: "high",
    why: "Addresses end up in logs, histories and error messages, and with them the password.",
    fix: "Change the password, and hand user and password over apart from the address.",
    links: ["https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"],
    anchors: [{ text: "://" }],
    shape: { is: "reader", reader: "user-info" },
    score: 75,
    loose: true,
    generic: true,
    examples: {
      bad: () => [
        `DATABASE_URL=postgres://shop:${sample("base62", 16)}@db.contoso.net:5432/shop`,
        `REDIS_URL=redis://:${sample("base62", 16)}@cache.contoso.net:6379`,
        `git clone https://build:${sample("base62", 20)}@git.contoso.net/a.git`,
      ],
      good: () => [
        "postgres://user:password@localhost:5432/db",
        "https://user:pass@example.com/",
        `https://\${USER}:\${PASSWORD}@db.contoso.net/`,
        "https://contoso@dev.azure.com/contoso/_git/a",
        "ssh://git@github.com:22/a.git",
      ],
    },
  },
  {
    id: "secrets/basic-auth-header",
    aliases: ["curl-auth-header"],
    title: "User and password in a Basic authorization header",
    provider: "Addresses",
    family: "password",
    severity: "medium",
    why: "Base64 is no protection: whoever reads the header has user and password.",
    fix: "Change the password, and build the header from a secret at run time.",
    links: ["https://www.rfc-editor.org/rfc/rfc7617"],
    anchors: [{ text: "basic ", foldCase: true }],
    shape: { is: "reader", reader: "basic-header" },
    score: 72,
    loose: true,
    examples: {
      bad: () => [`headers: { Authorization: "Basic ${base64(`svc:${sample("base62", 16)}`)}" }`],
      good: () => [
        `Authorization: Basic ${base64("user:password")}`,
        `Authorization: Basic ${base64("Aladdin:open sesame")}`,
        `matchHeader("authorization", "Basic ${base64("some-username:some-password")}")`,
        `authorization: "Basic ${base64(":123test")}"`,
        "basic usage of the library",
      ],
    },
  },
];
