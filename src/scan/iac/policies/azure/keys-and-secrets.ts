/** Azure Key Vault: keys, secrets and certificates, how long they live and how they got there. */
import { all, type Condition, check, nodeAt, not, value, when } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";
import { failAt, passAt, passed } from "../../verdict.ts";

const key = "azurerm_key_vault_key";
const secret = "azurerm_key_vault_secret";
const certificate = "azurerm_key_vault_certificate";
const bicepKey = "Microsoft.KeyVault/vaults/keys@2023-07-01";
const bicepSecret = "Microsoft.KeyVault/vaults/secrets@2023-07-01";
const named = `name = "signing"`;

/** A text that stands in the file itself is a secret no more. */
const notWrittenDown = (path: string): Condition =>
  check((_, node) => {
    const found = nodeAt(node, path);
    if (!found) return passed;
    const written = found.is === "scalar" && found.value !== null && found.value !== "" && !found.content;
    return written ? failAt(found, "the secret itself is written here") : passAt(found.at);
  });

const certificateLife = "certificate_policy.x509_certificate_properties.validity_in_months";

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-key-without-expiry",
    aliases: ["CKV_AZURE_40", "AVD-AZU-0014"],
    title: "Key in a vault never expires",
    severity: "low",
    controls: "key-lifecycle",
    why: "A key that is copied or broken one day stays useful to the attacker for ever.",
    fix: "Set an expiration date, and a rotation policy that makes the next key in time.",
    links: ["https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation"],
    on: {
      "tf:azurerm_key_vault_key": value("expiration_date").exists(),
      "arm:Microsoft.KeyVault/vaults/keys": value([
        "properties.attributes.exp",
        "properties.rotationPolicy.attributes.expiryTime",
      ]).exists(),
    },
    examples: {
      bad: [tfResource(key, named), bicepResource(bicepKey, "kty: 'RSA'")],
      good: [
        tfResource(key, named, `expiration_date = "2027-12-30T20:00:00Z"`),
        bicepResource(bicepKey, "kty: 'RSA'", "rotationPolicy: {\n  attributes: {\n    expiryTime: 'P1Y'\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-secret-without-expiry",
    aliases: ["CKV_AZURE_41", "AVD-AZU-0017"],
    title: "Secret in a vault never expires",
    severity: "low",
    controls: "key-lifecycle",
    why: "A secret that leaks stays valid until somebody notices; nothing forces it to be changed.",
    fix: "Set an expiration date and renew the secret before it.",
    links: ["https://learn.microsoft.com/azure/key-vault/secrets/secrets-best-practices"],
    on: {
      "tf:azurerm_key_vault_secret": value("expiration_date").exists(),
      "arm:Microsoft.KeyVault/vaults/secrets": value("properties.attributes.exp").exists(),
    },
    examples: {
      bad: [tfResource(secret, named, "value = var.signing"), bicepResource(bicepSecret, "contentType: 'password'")],
      good: [
        tfResource(secret, named, "value = var.signing", `expiration_date = "2027-12-30T20:00:00Z"`),
        bicepResource(bicepSecret, "attributes: {\n  exp: 1830194400\n}"),
      ],
    },
  },
  {
    id: "iac/azure-secret-without-content-type",
    aliases: ["CKV_AZURE_114", "AVD-AZU-0015"],
    title: "Secret in a vault does not say what it is",
    severity: "low",
    controls: "governance",
    why: "Nobody can tell what a secret opens and how to renew it; in an incident that costs hours.",
    fix: "Set `content_type` (Bicep: `contentType`) to a few words, such as password or connection string.",
    links: ["https://learn.microsoft.com/azure/key-vault/secrets/about-secrets"],
    on: {
      "tf:azurerm_key_vault_secret": value("content_type").exists(),
      "arm:Microsoft.KeyVault/vaults/secrets": value("properties.contentType").exists(),
    },
    examples: {
      bad: [
        tfResource(secret, named, "value = var.signing"),
        bicepResource(bicepSecret, "attributes: {\n  enabled: true\n}"),
      ],
      good: [
        tfResource(secret, named, "value = var.signing", `content_type = "password"`),
        bicepResource(bicepSecret, "contentType: 'password'"),
      ],
    },
  },
  {
    id: "iac/azure-key-outside-hsm",
    aliases: ["CKV_AZURE_112"],
    title: "Key in a vault is protected by software only",
    severity: "low",
    controls: "customer-managed-keys",
    why: "Keys outside a hardware module do not meet rules that ask for certified hardware.",
    fix: "Use the key types RSA-HSM or EC-HSM in a premium vault.",
    links: ["https://learn.microsoft.com/azure/key-vault/keys/about-keys"],
    on: {
      "tf:azurerm_key_vault_key": value("key_type", { edit: false }).oneOf("RSA-HSM", "EC-HSM"),
      "arm:Microsoft.KeyVault/vaults/keys": value("properties.kty", { edit: false }).oneOf("RSA-HSM", "EC-HSM"),
    },
    examples: {
      bad: [tfResource(key, named, `key_type = "RSA"`), bicepResource(bicepKey, "kty: 'RSA'")],
      good: [tfResource(key, named, `key_type = "RSA-HSM"`), bicepResource(bicepKey, "kty: 'RSA-HSM'")],
    },
  },
  {
    id: "iac/azure-key-without-rotation",
    aliases: [],
    title: "Key in a vault is not rotated by itself",
    severity: "low",
    controls: "key-lifecycle",
    why: "Keys that people must renew by hand are renewed late or never; a copied key stays useful for years.",
    fix: "Add a rotation policy that makes a new version some time before the old one expires.",
    links: ["https://learn.microsoft.com/azure/key-vault/keys/how-to-configure-key-rotation"],
    on: {
      "tf:azurerm_key_vault_key": value("rotation_policy").exists(),
      "arm:Microsoft.KeyVault/vaults/keys": value("properties.rotationPolicy").exists(),
    },
    examples: {
      bad: [tfResource(key, named), bicepResource(bicepKey, "kty: 'RSA'")],
      good: [
        tfResource(
          key,
          named,
          `rotation_policy {\n  automatic {\n    time_before_expiry = "P30D"\n  }\n  expire_after = "P1Y"\n}`,
        ),
        bicepResource(bicepKey, "kty: 'RSA'", "rotationPolicy: {\n  attributes: {\n    expiryTime: 'P1Y'\n  }\n}"),
      ],
    },
  },
  {
    id: "iac/azure-key-too-short",
    aliases: [],
    title: "RSA key in a vault is shorter than 3072 bits",
    severity: "low",
    controls: "encryption-at-rest",
    why: "Keys of 2048 bits are not recommended beyond 2030; what is encrypted with them may outlive that.",
    fix: "Use 3072 or 4096 bits.",
    links: ["https://learn.microsoft.com/azure/key-vault/keys/about-keys"],
    on: {
      "tf:azurerm_key_vault_key": when(
        value("key_type").oneOf("RSA", "RSA-HSM"),
        value("key_size", { edit: false }).atLeast(3072),
        "none",
      ),
      "arm:Microsoft.KeyVault/vaults/keys": when(
        value("properties.kty").oneOf("RSA", "RSA-HSM"),
        value("properties.keySize", { edit: false }).atLeast(3072),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(key, named, `key_type = "RSA"`, "key_size = 2048"),
        bicepResource(bicepKey, "kty: 'RSA'", "keySize: 2048"),
      ],
      good: [
        tfResource(key, named, `key_type = "RSA"`, "key_size = 4096"),
        bicepResource(bicepKey, "kty: 'RSA'", "keySize: 4096"),
      ],
    },
  },
  {
    id: "iac/azure-secret-written-down",
    aliases: [],
    title: "Value of a vault's secret stands in the code",
    severity: "high",
    controls: "secret-handling",
    why: "Whoever reads the repository has the secret; the vault protects nothing any more.",
    fix: "Take the value out of the code and renew it; pass it in as a secure parameter or let the platform make it.",
    links: ["https://learn.microsoft.com/azure/key-vault/secrets/secrets-best-practices"],
    on: {
      "tf:azurerm_key_vault_secret": notWrittenDown("value"),
      "arm:Microsoft.KeyVault/vaults/secrets": notWrittenDown("properties.value"),
    },
    examples: {
      bad: [tfResource(secret, named, `value = "${["blue", "horse"].join("-")}"`)],
      good: [tfResource(secret, named, "value = random_password.signing.result")],
    },
  },
  {
    id: "iac/azure-certificate-lives-too-long",
    aliases: [],
    title: "Certificate of a vault is valid for more than a year",
    severity: "low",
    controls: "key-lifecycle",
    why: "A stolen private key stays useful until the certificate ends; browsers refuse certificates of more than 398 days.",
    fix: "Set the validity to 12 months or less and let the vault renew the certificate.",
    links: ["https://learn.microsoft.com/azure/key-vault/certificates/about-certificates"],
    on: {
      "tf:azurerm_key_vault_certificate": when(
        value(certificateLife).exists(),
        value(certificateLife).atMost(12),
        "none",
      ),
    },
    examples: {
      bad: [
        tfResource(
          certificate,
          `certificate_policy {\n  x509_certificate_properties {\n    validity_in_months = 36\n  }\n}`,
        ),
      ],
      good: [
        tfResource(
          certificate,
          `certificate_policy {\n  x509_certificate_properties {\n    validity_in_months = 12\n  }\n}`,
        ),
      ],
    },
  },
  {
    id: "iac/azure-certificate-not-renewed",
    aliases: [],
    title: "Certificate of a vault is not renewed by itself",
    severity: "low",
    controls: "key-lifecycle",
    why: "A forgotten certificate ends; what uses it stops or, worse, is told to accept it all the same.",
    fix: "Add a lifetime action AutoRenew some time before the end.",
    links: ["https://learn.microsoft.com/azure/key-vault/certificates/tutorial-rotate-certificates"],
    on: {
      // Imported certificates and those of unknown issuers cannot be renewed by the vault.
      "tf:azurerm_key_vault_certificate": when(
        all(
          value("certificate_policy").exists(),
          not(value("certificate_policy.issuer_parameters.name", { missing: "fail" }).is("Unknown")),
          value("certificate").absent(),
        ),
        value("certificate_policy.lifetime_action.action.action_type", { edit: false }).is("AutoRenew"),
        "none",
      ),
    },
    examples: {
      bad: [tfResource(certificate, `certificate_policy {\n  issuer_parameters {\n    name = "Self"\n  }\n}`)],
      good: [
        tfResource(
          certificate,
          `certificate_policy {\n  issuer_parameters {\n    name = "Self"\n  }\n  lifetime_action {\n    action {\n      action_type = "AutoRenew"\n    }\n    trigger {\n      days_before_expiry = 30\n    }\n  }\n}`,
        ),
      ],
    },
  },
];
