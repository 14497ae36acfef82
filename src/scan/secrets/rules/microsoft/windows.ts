/** Passwords and keys of Windows, PowerShell, ASP.NET and certificates. */
import { createCipheriv } from "node:crypto";
import { sample, sampleBytes } from "../../examples/example-values.ts";
import { policyKey } from "../../readers/windows-passwords.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";

const password = (seed: string) => `Wint${sample("digits", 4, seed)}!${sample("letters", 4, seed)}`;

function policyPassword(text: string): string {
  const cipher = createCipheriv("aes-256-cbc", policyKey, Buffer.alloc(16));
  const bytes = Buffer.concat([cipher.update(Buffer.from(text, "utf16le")), cipher.final()]);
  return bytes.toString("base64").replace(/=+$/, "");
}

const answerFile = (text: string, element: string) => Buffer.from(text + element, "utf16le").toString("base64");
const hexKey = (length: number, seed: string) => sample("hexLower", length, seed).toUpperCase();

/** A bundle's outside: sequence, version 3, data, and bytes to the stated length. */
function bundle(size: number, seed: string): string {
  const head = Buffer.from([
    0x30,
    0x82,
    (size - 4) >> 8,
    (size - 4) & 0xff,
    2,
    1,
    3,
    0x30,
    0x82,
    (size - 80) >> 8,
    (size - 80) & 0xff,
  ]);
  const keyBag = Buffer.from("2a864886f70d010c0a0102", "hex");
  return Buffer.concat([head, keyBag, sampleBytes(size - head.length - keyBag.length, seed)]).toString("base64");
}

export const rules: readonly SecretRule[] = [
  {
    id: "secrets/powershell-secure-string",
    aliases: [],
    title: "Literal in ConvertTo-SecureString",
    provider: "PowerShell",
    family: "password",
    severity: "high",
    why: "A secure string made from a literal protects nothing: the password stands in the script.",
    fix: "Change the password, and read it with Get-Secret (SecretManagement), Get-AzKeyVaultSecret or a secret variable of the pipeline.",
    links: [
      "https://learn.microsoft.com/en-us/powershell/module/microsoft.powershell.security/convertto-securestring",
      "https://learn.microsoft.com/en-us/powershell/utility-modules/secretmanagement/overview",
    ],
    anchors: [{ text: "ConvertTo-SecureString", foldCase: true }],
    shape: { is: "reader", reader: "secure-string" },
    score: 78,
    loose: true,
    examples: {
      bad: (seed) => [
        { path: "deploy.ps1", text: `$p = ConvertTo-SecureString "${password(seed)}" -AsPlainText -Force` },
        { path: "deploy.ps1", text: `$p = ConvertTo-SecureString -String '${password(seed)}' -Force -AsPlainText` },
        { path: "deploy.ps1", text: `$p = ConvertTo-SecureString -AsPlainText -Force -String "${password(seed)}"` },
        {
          path: "azure-pipelines.yml",
          text: `- pwsh: $p = (ConvertTo-SecureString ${password(seed)} -AsPlainText -Force)`,
        },
        { path: "deploy.ps1", text: `$p = '${password(seed)}' | ConvertTo-SecureString -AsPlainText -Force` },
        { path: "notes.md", text: `convertto-securestring -asplaintext "${password(seed)}" -force` },
      ],
      good: () => [
        { path: "deploy.ps1", text: "$p = ConvertTo-SecureString $env:DEPLOY_PW -AsPlainText -Force" },
        { path: "deploy.ps1", text: '$p = ConvertTo-SecureString "$(vaultPassword)" -AsPlainText -Force' },
        { path: "deploy.ps1", text: "$p = ConvertTo-SecureString -String $plain -AsPlainText -Force" },
        { path: "deploy.ps1", text: '$p = "<password>" | ConvertTo-SecureString -AsPlainText -Force' },
        { path: "deploy.ps1", text: "$p = $line | ConvertTo-SecureString -AsPlainText -Force" },
        { path: "deploy.ps1", text: "$p = ConvertTo-SecureString (Get-Content 'pw.txt') -AsPlainText -Force" },
        { path: "deploy.ps1", text: '$p = ConvertTo-SecureString "<password>" -AsPlainText -Force' },
      ],
    },
  },
  {
    id: "secrets/machine-key",
    aliases: ["asp-net-machine-key"],
    title: "ASP.NET machine key",
    provider: "ASP.NET",
    severity: "critical",
    why: "Whoever has it forges view state and sign-in cookies, and so runs code on the server.",
    fix: "Generate new keys (IIS Manager > Machine Key), put them in at deployment or use AutoGenerate, encrypt the section with aspnet_regiis, and look for intrusions: keys from public pages are being abused.",
    links: [
      "https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.machinekeysection",
      "https://www.microsoft.com/en-us/security/blog/2025/02/06/code-injection-attacks-using-publicly-disclosed-asp-net-machine-keys/",
    ],
    anchors: [
      { text: "validationKey", foldCase: true },
      { text: "decryptionKey", foldCase: true },
    ],
    // Behind the digits `,IsolateApps` may stand.
    shape: { is: "near", parts: [{ alphabet: "hex", length: [32, 160] }], before: 0, after: 24 },
    score: 88,
    minimumEntropy: 2.8,
    examples: {
      bad: (seed) => [
        { path: "web.config", text: `<machineKey validationKey="${hexKey(128, seed)}" validation="SHA1" />` },
        { path: "Web.config", text: `<machineKey decryption='AES'\n  decryptionKey='${hexKey(64, seed)}'\n />` },
        `<machineKey decryptionKey="${hexKey(48, seed)}" decryption="3DES" />`,
        { path: "setup.ps1", text: `$validationKey = "${sample("hexLower", 128, seed)}"` },
        {
          path: "state.config",
          text: `<machineKey validationKey="${sample("hexLower", 40, seed)},IsolateApps" validation="SHA1"/>`,
        },
      ],
      good: (seed) => [
        { path: "web.config", text: '<machineKey validationKey="AutoGenerate,IsolateApps" />' },
        { path: "web.config", text: `<machineKey validationKey="${"0".repeat(128)}" />` },
        {
          path: "web.config",
          text: '<machineKey validationKey="#{ValidationKey}#" decryptionKey="__DecryptionKey__" />',
        },
        { path: "web.config", text: `<assembly hash="${hexKey(64, seed)}" />` },
      ],
    },
  },
  {
    id: "secrets/aspnet-dataprotection-key",
    aliases: [],
    title: "ASP.NET Core data protection key, not encrypted",
    provider: "ASP.NET",
    severity: "high",
    why: "Whoever has it forges sign-in cookies and reads what the application protected.",
    fix: "Revoke all keys (IKeyManager.RevokeAllKeys), keep the key ring out of the repository, and protect it with ProtectKeysWithAzureKeyVault or a certificate.",
    links: [
      "https://learn.microsoft.com/en-us/aspnet/core/security/data-protection/implementation/key-storage-providers",
      "https://learn.microsoft.com/en-us/aspnet/core/security/data-protection/implementation/key-encryption-at-rest",
    ],
    anchors: [{ text: "<masterKey" }],
    shape: {
      is: "near",
      parts: [{ alphabet: "base64", length: [42, 86] }, { oneOf: ["==", "="] }],
      before: 0,
      after: 400,
      mixed: true,
    },
    score: 85,
    minimumEntropy: 4,
    examples: {
      bad: (seed) => [
        {
          path: "keys/key-1.xml",
          text: `<masterKey p4:requiresEncryption="true" xmlns:p4="http://schemas.asp.net/2015/03/dataProtection">\n  <!-- Warning: the key below is in an unencrypted form. -->\n  <value>${sampleBytes(64, seed).toString("base64")}</value>\n</masterKey>`,
        },
        `"<masterKey><value>${sampleBytes(64, seed).toString("base64")}</value></masterKey>"`,
      ],
      good: (seed) => [
        {
          path: "keys/key-1.xml",
          text: `<encryptedSecret><encryptedKey><value>AQAAANCMnd8BFdERjHoA${sampleBytes(64, seed).toString("base64")}</value></encryptedKey></encryptedSecret>`,
        },
        "<masterKey><value>REDACTED==</value></masterKey>",
      ],
    },
  },
  {
    id: "secrets/group-policy-password",
    aliases: ["gpp-cpassword"],
    title: "Password in a Group Policy preference",
    provider: "Windows",
    family: "password",
    severity: "high",
    why: "cpassword is encrypted with a key that Microsoft published: anyone decrypts it.",
    fix: "Change the account's password, delete the preference (MS14-025), and set local administrators' passwords with Windows LAPS.",
    links: [
      "https://learn.microsoft.com/en-us/security-updates/securitybulletins/2014/ms14-025",
      "https://learn.microsoft.com/en-us/windows-server/identity/laps/laps-overview",
    ],
    anchors: [{ text: "cpassword", foldCase: true }],
    shape: { is: "reader", reader: "policy-password" },
    score: 70,
    examples: {
      bad: (seed) => [
        {
          path: "Groups.xml",
          text: `<Properties action="U" cpassword="${policyPassword(password(seed))}" userName="admin"/>`,
        },
        `cpassword='${policyPassword(`${password(seed)} and more`)}'`,
        { path: "Services.xml", text: `<Properties accountName="svc" cpassword="${sample("base64", 43, seed)}"/>` },
      ],
      good: (seed) => [
        { path: "Groups.xml", text: '<Properties action="U" cpassword="" userName="admin"/>' },
        { path: "Groups.xml", text: '<Properties cpassword="[redacted]" userName="admin"/>' },
        { path: "find.ps1", text: `Select-String cpassword ${sample("letters", 12, seed)}.xml` },
      ],
    },
  },
  {
    id: "secrets/windows-unattend-password",
    aliases: [],
    title: "Password in an answer file of Windows setup",
    provider: "Windows",
    family: "password",
    severity: "high",
    why: "Every machine set up with the file has the account; PlainText=false is only base64.",
    fix: "Change the password on every machine made from the image, let the deployment put it in, and use Windows LAPS.",
    links: ["https://learn.microsoft.com/en-us/windows-hardware/customize/desktop/unattend/"],
    anchors: [
      { text: "<AdministratorPassword" },
      { text: "<AutoLogon" },
      { text: "<LocalAccount " },
      { text: "<Credentials>" },
    ],
    shape: { is: "reader", reader: "unattend-password" },
    score: 78,
    loose: true,
    examples: {
      bad: (seed) => [
        {
          path: "unattend.xml",
          text: `<AdministratorPassword>\n  <Value>${answerFile(password(seed), "AdministratorPassword")}</Value>\n  <PlainText>false</PlainText>\n</AdministratorPassword>`,
        },
        {
          path: "Autounattend.xml",
          text: `<AutoLogon>\n  <Password>\n    <Value>${answerFile(password(seed), "Password")}</Value>\n    <PlainText>false</PlainText>\n  </Password>\n  <Enabled>true</Enabled>\n</AutoLogon>`,
        },
        { path: "image.xml", text: `<AdministratorPassword><Value>${password(seed)}</Value></AdministratorPassword>` },
      ],
      good: () => [
        {
          path: "unattend.xml",
          text: "<AdministratorPassword><Value>*SENSITIVE*DATA*DELETED*</Value></AdministratorPassword>",
        },
        {
          path: "unattend.xml",
          text: "<AdministratorPassword><Value>{{ADMIN_PASSWORD}}</Value></AdministratorPassword>",
        },
        {
          path: "unattend.xml",
          text: "<AutoLogon><Enabled>false</Enabled></AutoLogon><Other><Value>Kr44!lkjh</Value></Other>",
        },
      ],
    },
  },
  {
    id: "secrets/pkcs12-base64-bundle",
    aliases: ["pkcs12-file"],
    title: "Certificate with its private key (PKCS#12) in base64",
    provider: "Keys",
    severity: "high",
    why: "Its password is often empty, weak or beside it: whoever opens it signs in or speaks as the certificate's owner.",
    fix: "Revoke and re-issue the certificate with a new key, and keep it in Key Vault; hand it to machines from there.",
    links: [
      "https://learn.microsoft.com/en-us/azure/key-vault/certificates/",
      "https://www.rfc-editor.org/rfc/rfc7292",
    ],
    anchors: [{ text: "IBAzCC" }],
    shape: { is: "reader", reader: "pkcs12" },
    score: 85,
    examples: {
      bad: (seed) => [
        `$pfx = "${bundle(1800, seed)}"`,
        { path: "cert.b64", text: `${bundle(1500, seed).replace(/.{64}/g, "$&\n")}\n` },
        { path: "site.json", text: JSON.stringify({ pfx: bundle(1300, seed).replace(/.{76}/g, "$&\r\n") }) },
        { path: "profile.publishsettings", text: `certificate="${bundle(2000, seed)}"` },
      ],
      good: (seed) => [
        `$pfx = "${bundle(1800, seed).slice(0, 400)}"`,
        `MII${sample("base64", 3, seed)}IBAzCC`,
        `data = "${sample("base64", 300, seed)}IBAzCC${sample("base64", 300, seed)}"`,
      ],
    },
  },
];
