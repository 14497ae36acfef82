/** Keys of things that are connected, at home and elsewhere, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  jwt,
  keyOf,
  mixed,
  of,
  upper,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Adafruit", "io.adafruit.com/api/docs/", [url(32)]],
  ["Arduino", "docs.arduino.cc/arduino-cloud/", [mixed(64)]],
  ["Balena", "docs.balena.io/", [mixed(32)], ["balena", "balenacloud"]],
  ["Blynk", "docs.blynk.io/", [url(32)]],
  [
    "Eagle Eye Networks",
    "developer.eagleeyenetworks.com/",
    [...uuidParts],
    ["eagleeye", "eagleeyenetworks", "eagle_eye", "eagle-eye", "eagle eye"],
  ],
  ["Ecobee", "www.ecobee.com/home/developer/api/", [mixed(32)]],
  ["EcoStruxure IT", "api.ecostruxureit.com/", [of("base64Any", 16, 80)], ["ecostruxure"]],
  ["Enphase", "developer-v4.enphase.com/", [hex(32)]],
  ["ESPHome", "esphome.io/", [of("base64", 43), "="]],
  ["Golioth", "docs.golioth.io/", [mixed(32, 64)]],
  ["Govee", "developer.govee.com/", [...uuidParts]],
  [
    "Home Assistant",
    "developers.home-assistant.io/docs/auth_api/",
    jwt(100, 800),
    ["homeassistant", ...keyOf("home_assistant"), ...keyOf("hass")],
  ],
  ["Home Connect", "api-docs.home-connect.com/", [hex(64)], ["homeconnect", "home connect"]],
  ["Honeywell Home", "developer.honeywellhome.com/", [mixed(32)], ["honeywell"]],
  ["Hubitat", "docs2.hubitat.com/", [...uuidParts]],
  ["Husqvarna", "developer.husqvarnagroup.cloud/", [...uuidParts]],
  ["LIFX", "api.developer.lifx.com/", ["c", hex(63)]],
  ["Losant", "docs.losant.com/", [url(64, 100)]],
  ["Memfault", "docs.memfault.com/", [mixed(32)]],
  ["Netatmo", "dev.netatmo.com/", [mixed(24, 60)]],
  ["Nuki", "developer.nuki.io/", [hex(80)]],
  ["Particle", "docs.particle.io/", [hex(40)], [...keyOf("particle")]],
  ["Philips Hue", "developers.meethue.com/", [url(40)], ["philips hue", "huebridge", "hue bridge", ...keyOf("hue")]],
  ["Rachio", "rachio.readme.io/reference/authentication", [...uuidParts]],
  ["Sensibo", "sensibo.github.io/", [mixed(30)]],
  ["Shelly", "shelly-api-docs.shelly.cloud/", [upper(80, 110)], [...keyOf("shelly")]],
  ["SmartThings", "developer.smartthings.com/docs/", [...uuidParts]],
  ["SolarEdge", "developers.solaredge.com/", [upper(32)]],
  ["Soracom", "developers.soracom.io/", ["secret-", mixed(40, 72)]],
  ["SwitchBot", "github.com/OpenWonderLabs/SwitchBotAPI", [hex(96)]],
  ["ThingsBoard", "thingsboard.io/docs/", [mixed(20)]],
  ["ThingSpeak", "www.mathworks.com/help/thingspeak/", [upper(16)]],
  ["Tibber", "developer.tibber.com/", [url(43)]],
  ["Tuya", "developer.tuya.com/", [hex(32)]],
  ["Unplugg", "unplu.gg/", [hex(64)]],
  ["Wyze", "developer-api-console.wyze.com/", [mixed(60)], [...keyOf("wyze")]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Adafruit IO", "io.adafruit.com/api/docs/", ["aio_", mixed(28)]],
  ["Seam", "docs.seam.co/", ["seam_", mixed(5, 12), "_", mixed(24, 44)]],
  [
    "The Things Network",
    "www.thethingsindustries.com/docs/api/concepts/auth",
    ["NNSXS.", of("base32Upper", 39), ".", of("base32Upper", 52)],
  ],
  ["Ubidots", "docs.ubidots.com/", [["BBFF-", "BBUS-"], mixed(30)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
