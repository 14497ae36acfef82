/** Microsoft Defender for Cloud: who is told about attacks. */
import { anyOf, value } from "../../condition.ts";
import { bicepResource, tfResource } from "../../families/examples.ts";
import type { Policy } from "../../policy.ts";

const contact = "azurerm_security_center_contact";
const bicepContact = "Microsoft.Security/securityContacts@2020-01-01-preview";
const links = ["https://learn.microsoft.com/azure/defender-for-cloud/configure-email-notifications"];

export const policies: readonly Policy[] = [
  {
    id: "iac/azure-security-contact-without-phone",
    aliases: ["CKV_AZURE_20"],
    title: "Security contact has no phone number",
    severity: "low",
    controls: "monitoring",
    why: "When Microsoft finds a break-in it can reach nobody at once.",
    fix: "Set `phone` to a number that somebody answers day and night.",
    links,
    on: {
      "tf:azurerm_security_center_contact": value("phone").exists(),
      "arm:Microsoft.Security/securityContacts": value("properties.phone").exists(),
    },
    examples: {
      bad: [
        tfResource(contact, `email = "security@shop.example"`),
        bicepResource(bicepContact, "emails: 'security@shop.example'"),
      ],
      good: [tfResource(contact, `phone = "+1-555-0100"`), bicepResource(bicepContact, "phone: '+1-555-0100'")],
    },
  },
  {
    id: "iac/azure-security-contact-not-alerted",
    aliases: ["CKV_AZURE_21", "AVD-AZU-0044"],
    title: "Security contact is not told about alerts",
    severity: "low",
    controls: "monitoring",
    why: "Alerts about attacks wait in the portal until somebody looks.",
    fix: "Set `alert_notifications` to true (Bicep: `alertNotifications` with the state On).",
    links,
    on: {
      "tf:azurerm_security_center_contact": value("alert_notifications").is(true),
      "arm:Microsoft.Security/securityContacts": anyOf(
        value(["properties.alertNotifications.state", "properties.alertNotifications"]).is("On"),
        value("properties.notificationsSources").exists(),
      ),
    },
    examples: {
      bad: [
        tfResource(contact, "alert_notifications = false"),
        bicepResource(bicepContact, "alertNotifications: {\n  state: 'Off'\n}"),
      ],
      good: [
        tfResource(contact, "alert_notifications = true"),
        bicepResource(bicepContact, "alertNotifications: {\n  state: 'On'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-security-owners-not-alerted",
    aliases: ["CKV_AZURE_22"],
    title: "Owners of the subscription are not told about alerts",
    severity: "low",
    controls: "monitoring",
    why: "Those who can act learn of attacks late, when the one contact is away.",
    fix: "Set `alerts_to_admins` to true (Bicep: `notificationsByRole` with the state On).",
    links,
    on: {
      "tf:azurerm_security_center_contact": value("alerts_to_admins").is(true),
      "arm:Microsoft.Security/securityContacts": value([
        "properties.notificationsByRole.state",
        "properties.alertsToAdmins",
      ]).is("On"),
    },
    examples: {
      bad: [
        tfResource(contact, "alerts_to_admins = false"),
        bicepResource(bicepContact, "notificationsByRole: {\n  state: 'Off'\n}"),
      ],
      good: [
        tfResource(contact, "alerts_to_admins = true"),
        bicepResource(bicepContact, "notificationsByRole: {\n  state: 'On'\n}"),
      ],
    },
  },
  {
    id: "iac/azure-security-contact-without-email",
    aliases: ["CKV_AZURE_131", "AVD-AZU-0062"],
    title: "Security contact has no e-mail address",
    severity: "low",
    controls: "monitoring",
    why: "Reports of attacks and holes reach nobody.",
    fix: "Set `email` (Bicep: `emails`) to an address that a team reads.",
    links,
    on: {
      "tf:azurerm_security_center_contact": value("email").exists(),
      "arm:Microsoft.Security/securityContacts": value(["properties.emails", "properties.email"]).exists(),
    },
    examples: {
      bad: [tfResource(contact, `phone = "+1-555-0100"`), bicepResource(bicepContact, "phone: '+1-555-0100'")],
      good: [
        tfResource(contact, `email = "security@shop.example"`),
        bicepResource(bicepContact, "emails: 'security@shop.example'"),
      ],
    },
  },
];
