/** Keys of services for weather, air and energy, one line each. */
import { uuidParts } from "../../rule/rule-shapes.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import {
  type BriefNamed,
  type BriefToken,
  briefNamed,
  briefTokens,
  hex,
  keyOf,
  lower,
  mixed,
  upper,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["AccuWeather", "developer.accuweather.com/", [mixed(32)]],
  ["AirNow", "docs.airnowapi.org/", [...uuidParts]],
  ["AirVisual", "api-docs.iqair.com/", [...uuidParts]],
  ["Ambee", "docs.ambeedata.com/", [hex(64)]],
  ["Ambient Weather", "ambientweather.docs.apiary.io/", [hex(64)]],
  ["BreezoMeter", "docs.breezometer.com/", [hex(32)]],
  [
    "Carbon Interface",
    "docs.carboninterface.com/",
    [mixed(21)],
    ["carboninterface", "carbon_interface", "carbon-interface", "carbon interface"],
  ],
  ["Cloverly", "docs.cloverly.com/", [lower(28)]],
  ["Dark Sky", "darksky.net/dev/docs", [hex(32)]],
  ["EIA", "www.eia.gov/opendata/", [mixed(32, 40)], [...keyOf("eia")]],
  ["Electricity Maps", "portal.electricitymaps.com/docs", [mixed(16, 32)], ["electricitymaps", "co2signal"]],
  ["ENTSO-E", "transparency.entsoe.eu/", [...uuidParts], ["entsoe"]],
  ["Meteoblue", "docs.meteoblue.com/", [mixed(12, 20)]],
  ["NOAA", "www.ncdc.noaa.gov/cdo-web/webservices/v2", [mixed(32)]],
  ["NREL", "developer.nrel.gov/", [mixed(40)], [...keyOf("nrel")]],
  ["OpenAQ", "docs.openaq.org/", [hex(64)]],
  ["OpenUV", "www.openuv.io/", [hex(32)]],
  ["Pirate Weather", "docs.pirateweather.net/", [mixed(20, 40)], ["pirate weather"]],
  ["PurpleAir", "api.purpleair.com/", [...uuidParts]],
  ["QWeather", "dev.qweather.com/", [hex(32)], ["qweather", "heweather"]],
  ["Solcast", "docs.solcast.com.au/", [url(32)]],
  ["Stormglass", "docs.stormglass.io/", [...uuidParts, "-", ...uuidParts]],
  ["Tomorrow.io", "docs.tomorrow.io/", [mixed(32)], ["tomorrowio", "tomorrow.io", "tomorrow_io", "climacell"]],
  [
    "Visual Crossing",
    "www.visualcrossing.com/resources/documentation/",
    [upper(25)],
    ["visualcrossing", "visual_crossing"],
  ],
  ["WAQI", "aqicn.org/api/", [hex(40)], ["aqicn", "waqi"]],
  ["Weather Underground", "www.wunderground.com/", [hex(16, 32)], ["wunderground"]],
  ["WeatherAPI", "www.weatherapi.com/docs/", [hex(30, 32)], ["weatherapi"]],
  ["Weatherbit", "www.weatherbit.io/api", [hex(32)]],
  ["WeatherFlow", "weatherflow.github.io/Tempest/api/", [...uuidParts], ["weatherflow", "tempestwx"]],
  ["weatherstack", "weatherstack.com/documentation", [hex(32)]],
  ["Windy", "api.windy.com/", [mixed(32)], ["windy.com", ...keyOf("windy")]],
  [
    "World Weather Online",
    "www.worldweatheronline.com/weather-api/",
    [hex(31)],
    ["worldweather", "worldweatheronline", "world weather online"],
  ],
  ["WorldTides", "www.worldtides.info/apidocs", [...uuidParts]],
  ["Xweather", "www.xweather.com/docs/", [mixed(40)], ["xweather", "aerisweather", "aeris_client", "aeris client"]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  [
    "Central Weather Administration",
    "opendata.cwa.gov.tw/",
    [["CWA-", "CWB-"], ...uuidParts],
    { kind: "authorization code" },
  ],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
