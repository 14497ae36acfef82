/** Maps and weather: Mapbox, HERE, OpenWeather. */
import { base64, sample } from "../../examples/example-values.ts";
import type { SecretRule } from "../../rule/secret-rule.ts";
import { namedRule, some, tokenRule } from "../../rule-makers/provider-rule.ts";

const whyBill = "It uses the service on its owner's bill.";

export const rules: readonly SecretRule[] = [
  tokenRule({
    id: "secrets/mapbox-secret",
    aliases: ["mapbox-api-token"],
    title: "Mapbox secret token",
    provider: "Mapbox",
    severity: "medium",
    why: "It reads and changes the account's maps and tokens.",
    fix: "Delete the token on the account's access tokens page.",
    links: ["https://docs.mapbox.com/accounts/guides/tokens/", "https://account.mapbox.com/access-tokens/"],
    token: ["sk.eyJ", some("base64Url", 50, 200), ".", some("base64Url", 22)],
    value: (seed) =>
      `sk.${base64(JSON.stringify({ u: "contoso", a: sample("base62", 30, seed) })).replace(/=+$/, "")}.${sample("base64Url", 22, seed)}`,
  }),
  tokenRule({
    id: "secrets/mapbox-public-token",
    aliases: ["mapbox-api-token"],
    title: "Mapbox token",
    provider: "Mapbox",
    severity: "low",
    why: "Public tokens belong into web pages; without a list of addresses they are used on the account's bill.",
    fix: "Limit the token to the addresses of your pages, or delete it.",
    links: ["https://docs.mapbox.com/accounts/guides/tokens/"],
    token: ["pk.", some("lowerAlnum", 60), ".", some("lowerAlnum", 22)],
    score: 70,
  }),
  namedRule({
    id: "secrets/here-key",
    title: "HERE API key",
    provider: "HERE",
    severity: "low",
    why: whyBill,
    fix: "Delete the key in the platform's access manager, and limit the new one to domains.",
    links: ["https://www.here.com/docs/"],
    words: ["heremaps", "here_maps", "here_api", "here-api", "hereapi"],
    called: "heremaps api key",
    token: [some("base64Url", 43)],
  }),
  namedRule({
    id: "secrets/openweather-key",
    title: "OpenWeather API key",
    provider: "OpenWeather",
    severity: "low",
    why: whyBill,
    fix: "Delete the key on the account's page, and make a new one.",
    links: ["https://openweathermap.org/appid"],
    words: ["openweather", "open_weather", "openweathermap", "owm"],
    token: [some("hexLower", 32)],
  }),
];
