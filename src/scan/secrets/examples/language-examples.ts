/** Examples of secrets/password under names in other languages. */
import type { Example } from "../rule/secret-rule.ts";
import { samplePassword } from "./example-values.ts";

export const passwordsInOtherLanguages = (seed: string): readonly Example[] => [
  { path: "src/db.py", text: `wachtwoord = "${samplePassword(seed)}"` },
  { path: "sssd.conf", text: `ldap_default_authtok = ${samplePassword(seed)}\n` },
  { path: "src/db.pl", text: `$config{password} = '${samplePassword(seed)}';` },
  { path: "src/db.pl", text: `$ENV{PGPASSWORD} = "${samplePassword(seed)}";` },
  { path: "src/db.py", text: `contraseña = '${samplePassword(seed)}'\n` },
  { path: "src/Db.java", text: `String contraseñaUsuario = "${samplePassword(seed)}";` },
  { path: "src/db.php", text: `$benutzerpasswort = '${samplePassword(seed)}';` },
  { path: "src/db.py", text: `kata_sandi = "${samplePassword(seed)}"\nmatKhauAdmin = kata_sandi\n` },
  { path: "src/db.js", text: `const matKhau = '${samplePassword(seed)}';` },
  { path: "src/Db.java", text: `String parol = "${samplePassword(seed)}";` },
  { path: "src/db.py", text: `lösenord = "${samplePassword(seed)}"; losenord = lösenord\n` },
  { path: "src/db.ts", text: `const adgangskode = "${samplePassword(seed)}";` },
  { path: "src/db.py", text: `şifre = "${samplePassword(seed)}"` },
  { path: "src/db.php", text: `$mot_de_passe = '${samplePassword(seed)}';` },
  { path: "src/page.ts", text: `page.password.fill(\`${samplePassword(seed)}\`);` },
];
