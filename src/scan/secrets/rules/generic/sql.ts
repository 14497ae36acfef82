/** Passwords in statements of SQL. */
import { sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const password = (seed: string) => `Kx!${sample("digits", 2, seed)}${sample("letters", 6, seed)}`;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/sql-password",
    aliases: [],
    title: "Password or key in a statement of SQL",
    provider: "Databases",
    family: "password",
    severity: "medium",
    why: "Everyone who can read the script, now or in its history, signs in with it.",
    fix: "Change the password, and let the deployment set it from a vault.",
    links: ["https://cwe.mitre.org/data/definitions/798.html"],
    anchors: [
      { text: "insert into", foldCase: true },
      // SQLite's and MySQL's `INSERT OR IGNORE INTO`, `INSERT IGNORE INTO`, `REPLACE INTO`.
      { text: "ignore into", foldCase: true },
      { text: "replace into", foldCase: true },
      { text: "identified by", foldCase: true },
      { text: "set password for", foldCase: true },
      { text: "crypt('", foldCase: true },
    ],
    shape: { is: "reader", reader: "sql-password" },
    score: 60,
    loose: true,
    generic: true,
    examples: {
      bad: (seed) => [
        {
          path: "seed.sql",
          text: `INSERT INTO users (name, password) VALUES ('ops', '48${sample("digits", 1, seed)}9');`,
        },
        {
          path: "seed.sql",
          text: `INSERT INTO users (name, password) VALUES ('ops', 'zq${sample("digits", 2, seed)}');`,
        },
        { path: "src/a.py", text: `INSERT OR IGNORE INTO users (name, password) VALUES ('ops', '${password(seed)}')` },
        { path: "seed.sql", text: `REPLACE INTO users (name, password) VALUES ('ops', '${password(seed)}');` },
        { path: "src/A.java", text: `"INSERT INTO users (name, password) " +\n "VALUES ('ops', '${password(seed)}')"` },
        { path: "seed.sql", text: `INSERT INTO users (name, password) VALUES ('ops', '${password(seed)}');` },
        {
          path: "seed.sql",
          text: "INSERT INTO users (name, password) VALUES ('Ops', crypt('harborlight', gen_salt('bf')));",
        },
        {
          path: "seed.sql",
          text: `insert into \`accounts\`(id, \`user_pass\`, mail)\nvalues (1, MD5('${password(seed)}'), 'ops@contoso.net');`,
        },
        { path: "dump.sql", text: `INSERT INTO \`t\` (\`id_user\`, \`mdp_user\`) VALUES\n(7, '${password(seed)}');` },
        {
          path: "seed.sql",
          text: `UPDATE auth.users SET x = crypt('${password(seed)}', extensions.gen_salt('bf', 10));`,
        },
        { path: "test.sql", text: `SELECT x FROM users WHERE y = crypt('${password(seed)}', password_hash);` },
        { path: "users.sql", text: `SET PASSWORD FOR 'shop'@'%' = '${password(seed)}';` },
        {
          path: "users.sql",
          text: `create user shop identified by gT@${sample("base62", 9, seed)}\ndefault tablespace shop;`,
        },
        { path: "users.sql", text: `CREATE USER shop IDENTIFIED BY gT${sample("base62", 9, seed)}7;` },
        {
          path: "seed.sql",
          text: `INSERT INTO clients (id, client_secret) VALUES ('shop', 'gT7${sample("base62", 29, seed)}');`,
        },
        {
          path: "dump.sql",
          text: `INSERT INTO \`feeds\` (\`id\`, \`api_key\`, \`url\`) VALUES\n(1, '${sample("hexLower", 31, seed)}7', 'a'),\n(2, NULL, 'b');`,
        },
      ],
      good: () => [
        { path: "seed.sql", text: "INSERT INTO users (name, password) VALUES ('ops', 'password123');" },
        {
          path: "seed.sql",
          text: "INSERT INTO users (name, password) VALUES ('Ops', crypt('user1', gen_salt('bf'))), ('Ann', md5('harborlight'));",
        },
        { path: "seed.sql", text: "INSERT INTO users (name, password) VALUES ('ops', '123456'), ('ann', 'show');" },
        { path: "seed.sql", text: "INSERT INTO stock (id, pass, room) VALUES ('7', '4819', '12');" },
        { path: "seed.sql", text: "INSERT INTO users (name, password) VALUES ('harbor42x', 'harbor42x');" },
        { path: "seed.sql", text: "INSERT INTO users (name, password_hint) VALUES ('ops', 'gT4kq0Zr8x17');" },
        {
          path: "seed.sql",
          text: "INSERT INTO users (name, password) VALUES ('ops', '0cc175b9c0f1b6a831c399e269772661');",
        },
        { path: "src/db.php", text: "$q = \"INSERT INTO users (name, password) VALUES ('$name', '$password1')\";" },
        { path: "src/db.py", text: 'cur.execute("INSERT INTO users (name, password) VALUES (%s, %s)", (name, pw1))' },
        { path: "users.sql", text: "CREATE USER shop IDENTIFIED BY password;" },
        {
          path: "seed.sql",
          text: "SELECT encrypt('gT4kq0Zr8x17', password), crypt('new password', gen_salt('md5')), decrypt('gT4kq0Zr8x17', 'aes'), crypt('gT4kq0Zr8x17', salt);",
        },
        {
          path: "dump.sql",
          text: "INSERT INTO t (hash_user, password_hash_user) VALUES ('gT4kq0Zr8x17', 'gT4kq0Zr8x17');",
        },
        {
          path: "seed.sql",
          text: "INSERT INTO clients (id, client_secret, reset_token) VALUES ('shop', 'storefront-of-the-harbor', 'gT4kq0Zr8x17gT4kq0Zr8x17');",
        },
        {
          path: "seed.sql",
          text: "INSERT INTO texts (api_key, text) VALUES ('label.api-key.2', 'Key of the service');",
        },
        "/** Create user groups that are identified by number7; */",
      ],
    },
  },
];
