/** Secrets of frameworks and tools that no provider issues: settings, password files, inventories. */
import { sample } from "../../examples/example-values.ts";
import { noPhrasesThatSign, phrasesThatSign } from "../../examples/signing-examples.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const password = (seed: string) => `Kx${sample("digits", 3, seed)}!m${sample("letters", 6, seed)}`;

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/django-secret-key",
    aliases: [],
    title: "Signing key of a web framework",
    provider: "Web frameworks",
    family: "secret",
    severity: "medium",
    why: "It signs sessions and password resets: whoever has it signs in as anybody, and with some settings runs code.",
    fix: "Make a new key, read it from the environment or a vault, and end all sessions.",
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"],
    anchors: [{ text: "secret_key", foldCase: true }, { text: "secret_token" }, { text: "APP_KEY" }],
    shape: { is: "reader", reader: "framework-key" },
    score: 64,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: "site/settings.py", text: `SECRET_KEY = 'django-insecure-${sample("django", 50, seed)}'` },
        { path: "app.py", text: `app.config["SECRET_KEY"] = "${sample("hexLower", 48, seed)}"` },
        { path: "config/secrets.yml", text: `production:\n  secret_key_base: ${sample("hexLower", 128, seed)}\n` },
        { path: ".env", text: `APP_KEY=base64:${Buffer.from(sample("base62", 32, seed)).toString("base64")}\n` },
      ],
      good: () => [
        { path: "site/settings.py", text: "SECRET_KEY = os.environ['SECRET_KEY']" },
        { path: "site/settings.py", text: 'SECRET_KEY = "shop_tests_secret_key"' },
        { path: "site/settings.py", text: 'SECRET_KEY = "your-secret-key-goes-here-please"' },
        { path: ".env", text: "FLASK_SECRET_KEY=a_long_random_secret\nSECRET_KEY=un_secreto_muy_largo\n" },
        { path: ".env", text: "APP_KEY=\n" },
        {
          path: "bot.py",
          text: 'def start(self, secret_token):\n    """Create the application before it calls us."""\n',
        },
        { path: "session/stores.py", text: "    secret_key = stores[self.SECRET_KEY_AT]\n" },
      ],
    },
  },
  {
    id: "secrets/signing-phrase",
    aliases: [],
    title: "Secret that signs tokens or sessions",
    provider: "Web frameworks",
    family: "secret",
    severity: "medium",
    why: "Whoever has it makes a token or session for any user.",
    fix: "Make a new random one, read it from the environment or a vault, and end all sessions.",
    links: ["https://www.rfc-editor.org/rfc/rfc8725#section-3.5"],
    anchors: [
      ...["jwt", "session_secret", "sessionsecret", "cookie_secret", "cookiesecret", "token_secret", "tokensecret"],
      ...[
        "auth_secret",
        "authsecret",
        "tokenkey",
        "secretorkey",
        "session({",
        "secrets([",
        ".secret_key",
        "config['secret_key",
        'config["secret_key',
      ],
      ...["config['jwt_secret_key", 'config["jwt_secret_key'],
    ].map((text) => ({ text, foldCase: true })),
    shape: { is: "reader", reader: "signing-secret" },
    score: 62,
    loose: true,
    generic: true,
    examples: { bad: phrasesThatSign, good: noPhrasesThatSign },
  },
  {
    id: "secrets/wordpress-salts",
    aliases: [],
    title: "Key or salt of WordPress",
    provider: "WordPress",
    severity: "high",
    why: "It signs the cookies of sign-in: whoever has it makes one for any user.",
    fix: "Make new keys and salts; everybody signs in again.",
    links: ["https://developer.wordpress.org/advanced-administration/wordpress/wp-config/"],
    anchors: ["AUTH_KEY", "LOGGED_IN_KEY", "NONCE_KEY", "AUTH_SALT", "LOGGED_IN_SALT", "NONCE_SALT"].map((text) => ({
      text,
    })),
    shape: { is: "reader", reader: "wordpress-salt" },
    score: 80,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: "wp-config.php",
          text: `define('AUTH_KEY', '${sample("base62", 30, seed)}|$[;${sample("django", 30, seed)}');`,
        },
        { path: "wp-config.php", text: `define( "LOGGED_IN_SALT",   "${sample("base62", 64, seed)}" );` },
      ],
      good: () => [
        { path: "wp-config.php", text: "define('AUTH_KEY', 'put your unique phrase here');" },
        { path: "wp-config.php", text: "define('NONCE_SALT', getenv('NONCE_SALT'));" },
      ],
    },
  },
  {
    id: "secrets/netrc-password",
    aliases: [],
    title: "Password in .netrc",
    provider: "Password files",
    family: "password",
    severity: "high",
    why: "Whoever reads it signs in to the machine as that user.",
    fix: "Change the password or token, and write the file from a secret when it is needed.",
    links: ["https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html"],
    anchors: [{ text: "machine " }],
    shape: { is: "reader", reader: "netrc" },
    score: 75,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: ".netrc", text: `machine git.contoso.net login build password ${password(seed)}\n` },
        { path: ".netrc", text: `machine git.contoso.net login build password ${password(seed)}à7x\n` },
        { path: "home/_netrc", text: `machine git.contoso.net\n  login build\n  password ${password(seed)}\n` },
        {
          path: "setup.sh",
          text: `echo "machine git.contoso.net login build password ${password(seed)}" > ~/.netrc\n`,
        },
      ],
      good: () => [
        { path: ".netrc", text: "machine git.contoso.net login build password your-password\n" },
        { path: "setup.sh", text: 'echo "machine git.contoso.net login build password $TOKEN" > ~/.netrc\n' },
        "the machine login asks for a user and a password of it",
        { path: ".netrc", text: "machine git.example.com login build password harborlights\n" },
        { path: ".netrc", text: "machine git.contoso.net login build password pwd2\n" },
        { path: "test/netrc.txt", text: "machine git.contoso.net login build password too-late-in-file\n" },
      ],
    },
  },
  {
    id: "secrets/htpasswd-hash",
    aliases: [],
    title: "Hash of a password beside its user",
    provider: "Password files",
    severity: "low",
    why: "A weak password is guessed from its hash in hours.",
    fix: "Change the password, and keep the file out of the repository.",
    links: ["https://httpd.apache.org/docs/current/programs/htpasswd.html"],
    anchors: hashMarks().map((text) => ({ text: `:${text}`, at: "back" as const })),
    shape: {
      is: "token",
      parts: [
        { alphabet: "dotted", length: [1, 40] },
        { text: ":" },
        { oneOf: hashMarks() },
        { alphabet: "crypt", length: [20, 140] },
      ],
      secret: [2, 3],
    },
    score: 66,
    minimumEntropy: 3.8,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: ".htpasswd", text: `ops:$apr1$${sample("base62", 8, seed)}$${sample("base62", 22, seed)}\n` },
        {
          path: "etc/shadow",
          text: `root:$6$${sample("base62", 8, seed)}$${sample("base62", 86, seed)}:19000:0:99999:7:::\n`,
        },
        { path: "users.txt", text: `ops:$2y$10$${sample("base62", 53, seed)}\n` },
        { path: "ldap.txt", text: `ops:{SSHA}${sample("base62", 38, seed)}==\n` },
      ],
      good: () => [
        { path: ".htpasswd", text: `ops:$apr1$${"x".repeat(8)}$${"x".repeat(22)}\n` },
        { path: "deploy.sh", text: "echo ops:$2 > file; true $6 and $5\n" },
      ],
    },
  },
  {
    id: "secrets/ansible-vault-password",
    aliases: [],
    title: "Password of an Ansible inventory",
    provider: "Ansible",
    family: "password",
    severity: "high",
    why: "It signs in to the machines of the inventory, or decrypts all vaults.",
    fix: "Change the password, and put it into an encrypted vault or ask for it with --ask-pass.",
    links: ["https://docs.ansible.com/ansible/latest/vault_guide/"],
    anchors: [
      "ansible_password",
      "ansible_ssh_pass",
      "ansible_become_pass",
      "ansible_sudo_pass",
      "ansible_winrm_password",
      "vault_password",
    ].map((text) => ({ text })),
    shape: { is: "reader", reader: "password" },
    score: 72,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: "group_vars/all.yml", text: `ansible_password: ${password(seed)}\n` },
        { path: "group_vars/all.yml", text: `ansible_become_pass: "${password(seed)}"\n` },
        { path: "hosts.ini", text: `[web:vars]\nansible_ssh_pass=${password(seed)}\n` },
        { path: "hosts.ini", text: `db7 ansible_user=ops ansible_ssh_pass=48${sample("digits", 3, seed)}9\n` },
        { path: "group_vars/web.yml", text: `ansible_become_password: ${password(seed)}\n` },
        { path: "hosts.ini", text: `[web:vars]\nansible_ssh_password=${password(seed)}\n` },
      ],
      good: () => [
        { path: "group_vars/all.yml", text: 'ansible_password: "{{ vault_ansible_password }}"\n' },
        { path: "group_vars/all.yml", text: "ansible_become_pass: changeme\n" },
        { path: "run.sh", text: "ansible-playbook -e ansible_ssh_password_mechanism=sshpass site.yml\n" },
        { path: "cli/vault.py", text: "vault_password_files = vault_password_files or []\n" },
        {
          path: "inventory.template",
          text: "@NAME ansible_host=@HOST ansible_password=@PASSWORD ansible_port=@PORT\n",
        },
      ],
    },
  },
];

/** What hashes of passwords begin with: Apache, bcrypt, crypt's MD5 and SHA, LDAP, Argon2. */
function hashMarks(): readonly string[] {
  return ["$apr1$", "$2y$", "$2a$", "$2b$", "$6$", "$5$", "$1$", "{SSHA}", "{SHA}", "$argon2id$", "$argon2i$"];
}
