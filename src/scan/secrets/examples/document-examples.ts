/** Examples of passwords and keys as documents, help texts and logs tell them. */
import type { Example } from "../rule/secret-rule.ts";
import { sample, sampleBytes, sampleKey, samplePassword } from "./example-values.ts";

const labels = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `Senha padrão: **\`${samplePassword(seed)}\`**\n` },
  { path: "notes.md", text: `La contraseña del panel es \`${samplePassword(seed)}\`.\n` },
  { path: "notes.md", text: `**Mot de passe par défaut :** ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `A senha padrão para todos os usuários é: ${samplePassword(seed)}.\n` },
  { path: "notes.md", text: `Пароль по умолчанию: ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `- Password predefinita: ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `Mật khẩu mặc định: ${samplePassword(seed)}\n` },
  { path: "setup.sh", text: `echo " Senha padrão: ${samplePassword(seed)}"\n` },
  { path: "notes.md", text: "- 用户名: ops\n- 密码: qzkvwxjq\n" },
  { path: "notes.md", text: `Пароль: 4${sample("digits", 6, seed)}9\n` },
  { path: "notes.md", text: `默认密码为 4${sample("digits", 5, seed)}，请修改\n` },
  { path: "notes.md", text: `用户名为 root，密码为\`4${sample("digits", 5, seed)}\`，请修改\n` },
  { path: "src/a.vue", text: `<span>* 新用户密码为：4${sample("digits", 5, seed)}</span>\n` },
  { path: "src/a.js", text: `notify("重置成功，新密码为 ${samplePassword(seed)}");` },
  { path: "notes.md", text: `初始密码\`${samplePassword(seed)}\`\n` },
  { path: "notes.md", text: `- 默认账号密码：\`ops\` / \`${samplePassword(seed)}\`\n` },
  { path: "notes.md", text: `账号/密码：admin/48${sample("digits", 3, seed)}9\n` },
  { path: "notes.md", text: `用户：admin 密码：48${sample("digits", 3, seed)}9 。登录后请修改。\n` },
  { path: "notes.md", text: `Username/password: ops/48${sample("digits", 3, seed)}9\n` },
  { path: "src/mail.js", text: `html: "Your password is <b>${samplePassword(seed)}</b>.</p>"` },
];

const sentences = (seed: string): readonly Example[] => [
  { path: "notes.md", text: `Of the passwords used here, the defaults are\nset to "${samplePassword(seed)}*".\n` },
  { path: "notes.md", text: `The password for all users is set to '${samplePassword(seed)}'.\n` },
  { path: "notes.md", text: "The pre-shared key is `tnhyrras`.\n" },
  { path: "notes.md", text: `The default password is 48${sample("digits", 3, seed)}9.\n` },
  { path: "seed.sql", text: `-- Users (all passwords are '48${sample("digits", 3, seed)}9')\n` },
  { path: "add.ps1", text: `Write-Host "Made $name with a base password of ${samplePassword(seed)}"\n` },
  { path: "notes.md", text: `It has the default password of \`${samplePassword(seed)}\`.\n` },
  { path: "seed.sql", text: `-- Password for both users: ${samplePassword(seed)}\n` },
];

/** A user and a password, keys of programs, and what was recorded of a service. */
const accounts = (seed: string): readonly Example[] => [
  { path: "README.md", text: "Login at https://shop.contoso.net with `demo@contoso.net` / `Harbor2020`\n" },
  { path: "README.md", text: `## Test credentials\n- ops@contoso.com / ${samplePassword(seed)}\n` },
  { path: "README.md", text: `The accounts are \`ops@shop.contoso.net\` / \`${samplePassword(seed)}\`.\n` },
  { path: "seed.ts", text: `console.log("Login: ops@contoso.com / ${samplePassword(seed)}\\n");` },
  { path: "README.md", text: `Log in to https://shop.contoso.net as \`ops\` with \`${samplePassword(seed)}\`.\n` },
  { path: "notes.md", text: `We found credentials in its settings: \`ops:${samplePassword(seed)}\`.\n` },
  {
    path: "license.txt",
    text: `Serial: ${[1, 2, 3, 4].map((n) => `${n}${sample("upperAlnum", 4, `${n}${seed}`)}`).join("-")}\n`,
  },
  {
    path: "src/A.cs",
    text: `byte[] iv = Convert.FromBase64String("${sampleBytes(16, seed).toString("base64")}");`,
  },
];

/** Bad examples of secrets/written-credential. */
export const toldInDocuments = (seed: string): readonly Example[] => [
  ...labels(seed),
  ...sentences(seed),
  ...accounts(seed),
  { path: "notes.md", text: `*Password*: ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `The default credentials are \`ops\` / \`${samplePassword(seed)}\`.\n` },
  { path: "notes.md", text: `- **Password**: \`${samplePassword(seed)}\`\n` },
  { path: "notes.md", text: `**API Key:** ${sampleKey(seed)}\n` },
  { path: "notes.html", text: `<b>Password:</b> ${samplePassword(seed)}<br>` },
  { path: "notes.md", text: `The password is ${samplePassword(seed)}.\n` },
  { path: "notes.md", text: `Login / Password:\nops / ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `Пароль: ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `- Mật khẩu: \`${samplePassword(seed)}\`\n` },
  { path: "notes.md", text: `Kata sandi: ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `默认密码：${samplePassword(seed)}\n` },
  { path: "notes.md", text: `Mot de passe : \`${samplePassword(seed)}\`\n` },
  { path: "notes.md", text: `Password: **\`${samplePassword(seed)}\`**\n` },
  { path: "notes.md", text: `Senha: ***${samplePassword(seed)}***.\n` },
  { path: "notes.md", text: `- **Password**: ***${samplePassword(seed)}***\n` },
  { path: "notes.md", text: `Its API key is ${sampleKey(seed)}\n` },
  { path: "notes.md", text: `Log in with \`ops\` / \`${samplePassword(seed)}\`.\n` },
  { path: "notes.md", text: `Default credentials are \`ops\` and \`${samplePassword(seed)}\`.\n` },
  { path: "notes.md", text: `Sign in as ops with password ${samplePassword(seed)}.\n` },
  { path: "notes.md", text: `The password for ops is \`${samplePassword(seed)}\`.\n` },
  { path: "notes.md", text: `Set \`API_KEY\` to \`${sampleKey(seed)}\`.\n` },
  { path: "notes.md", text: `- \`DB_PASSWORD\` (default: \`${samplePassword(seed)}\`)\n` },
  { path: "src/a.py", text: `help="the password (default: ${samplePassword(seed)})"` },
  { path: "notes.md", text: `Password - ${samplePassword(seed)}\n` },
  { path: "notes.md", text: `• Password - ${samplePassword(seed)}\n` },
  { path: "notes.md", text: "- **User**: ops\n- **Password**: Harbor58light\n" },
  { path: "notes.md", text: `**Password**:\u00a0${samplePassword(seed)}\n` },
  { path: "notes.txt", text: `password\t${samplePassword(seed)}\n` },
  { path: "notes.txt", text: `Password:\n${samplePassword(seed)}\n` },
  { path: "notes.html", text: `<tr><td>Password:</td><td>${samplePassword(seed)}</td></tr>` },
  { path: "notes.html", text: `<dt>Password</dt><dd>${samplePassword(seed)}</dd>` },
  {
    path: "page.html",
    text: `<input type="password" placeholder="••••••••" value="${samplePassword(seed)}" required>`,
  },
  {
    path: "src/a.jsx",
    text: `<Input\n  type='password'\n  onChange={set}\n  defaultValue={'${samplePassword(seed)}'}\n/>`,
  },
  { path: "page.html", text: `<input value="${samplePassword(seed)}" class="wide" type="password">` },
  { path: "notes.wiki", text: `'''Password:''' ${samplePassword(seed)}\n` },
  { path: "setup.log", text: `A temporary password is generated for root@localhost: ${samplePassword(seed)}\n` },
];
