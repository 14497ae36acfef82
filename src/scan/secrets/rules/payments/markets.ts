/** Brokers and prices of stocks: Alpaca, Finnhub, Alpha Vantage, Polygon. */

import type { SecretRule } from "../../rule/secret-rule.ts";
import { keyOf } from "../../rule-makers/brief-rule.ts";
import { namedRule, some } from "../../rule-makers/provider-rule.ts";

const whyTrades = "It reads balances, trades, and with the right to withdraw moves funds.";
const whyBill = "It uses the service on its owner's bill.";
const fixTrades =
  "Delete the key in the account's settings, and make one without withdrawal and with allowed addresses.";
const fixKey = "Delete the key in the account's settings, and make a new one.";
const trades = { why: whyTrades, fix: fixTrades, severity: "critical" } as const;
const data = { why: whyBill, fix: fixKey, severity: "low" } as const;

export const rules: readonly SecretRule[] = [
  namedRule({
    ...trades,
    id: "secrets/alpaca-secret",
    title: "Alpaca secret key",
    provider: "Alpaca",
    links: ["https://docs.alpaca.markets/"],
    words: ["alpaca", "apca"],
    called: "alpaca secret key",
    token: [some("base62", 40, 44)],
    mixed: true,
  }),
  namedRule({
    ...data,
    id: "secrets/finnhub-token",
    aliases: ["finnhub-access-token"],
    title: "Finnhub API key",
    provider: "Finnhub",
    links: ["https://finnhub.io/docs/api"],
    words: ["finnhub"],
    token: [some("lowerAlnum", 20, 40)],
  }),
  namedRule({
    ...data,
    id: "secrets/alphavantage-key",
    title: "Alpha Vantage API key",
    provider: "Alpha Vantage",
    links: ["https://www.alphavantage.co/documentation/"],
    words: ["alphavantage", "alpha_vantage", "alpha-vantage", "alpha vantage"],
    token: [some("upperAlnum", 16)],
  }),
  namedRule({
    ...data,
    id: "secrets/polygon-key",
    title: "Polygon.io API key",
    provider: "Polygon.io",
    links: ["https://polygon.io/docs"],
    words: [...keyOf("polygon"), "polygonio", "polygon.io", "polygon_io"],
    called: "polygon api key",
    token: [some("base64Url", 32)],
  }),
];
