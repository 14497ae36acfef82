/** Writings of templates and of what describes an infrastructure: filters, their defaults, values of vaults. */
import { atEach, type Writing, type Writings } from "./writing.ts";

/** `"{{ 'v' | password_hash('sha512') }}"` of Ansible, `{{ "v" | b64enc }}` of Helm: the text that something is made of. */
const filtered: Writing = { back: /\{\{-?\s{0,3}["'](?<value>[^"'{}\n]{4,64})$/d, kind: "password" };
const encoded: Writing = {
  back: /(?<name>[\w.-]{3,48})["']?:\s{1,4}["']?\{\{-?\s{0,3}["'](?<value>[^"'{}\n]{4,64})$/d,
};
/** The same with the filter as a function: `{{ b64enc "v" }}`; the quote is open. */
const encodedFirst: Writing = {
  name: /([\w.-]{3,48})["']?:\s{1,4}["']?\{\{-?\s{0,3}b64enc$/,
  after: /^(?<value>[^"'{}\n]{4,64})"/d,
};
/** `password: "{{ db_password | default('v') }}"` */
const filterDefault: Writing = {
  name: /([\w.-]{2,48})["']?\s?[:=]\s{0,3}["']?\{\{?[^\n{};]{0,60}$/,
  after: /^["'](?<value>[^"'`\\\n{}]{4,90})["']/d,
};
/** `password: {{ .Values.db | default "v" }}`, `{{ default "v" .Values.db }}`; the quote is open. */
const openDefault: Writing = { ...filterDefault, after: /^(?<value>[^"'`\\\n{}]{4,90})["']/d };
/** `"azurerm_key_vault_secret" "db" {` and the value among its first settings. */
const vaultSecret: Writing = {
  after:
    /^[\w-]{1,40}" \{\s{1,9}(?:(?!value)\w{2,30}\s{0,20}=[^\n]{0,60}\n\s{1,9}){0,2}value\s{0,20}=\s?"(?<value>[^"$\n]{4,64})"/d,
  kind: "password",
};
const sealedParameter: Writing = {
  after: /^,?\s{0,12}"?value"?\s{0,12}[=:]\s?"(?<value>[^"$\n]{4,64})"/di,
  kind: "password",
};
const plainValue: Writing = { after: /^\s{0,12}=\s?"(?<value>[^"$\n]{4,90})"/d, kind: "password" };

export const writingsOfTemplates: Writings = [
  ...atEach(["' | password_hash", '" | password_hash', "'|password_hash"], filtered),
  ...atEach(['" | b64enc'], encoded),
  ...atEach(['b64enc "'], encodedFirst),
  ...atEach(["| default(", "|default(", "| d("], filterDefault),
  ...atEach(['| default "', '{ default "', '- default "'], openDefault),
  ...atEach(['"azurerm_key_vault_secret" "'], vaultSecret),
  ...atEach(['securestring"'], sealedParameter),
  ...atEach(["plaintext_value"], plainValue),
];
