/** Keys of services for parcels and deliveries, one line each. */
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
  lower,
  mixed,
  of,
  upper,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["17TRACK", "api.17track.net/", [hex(32)], ["17track"]],
  ["Australia Post", "developers.auspost.com.au/", [hex(32)], ["auspost"]],
  ["Australia Post", "developers.auspost.com.au/", [...uuidParts], ["auspost"], "postage API key"],
  ["Canada Post", "www.canadapost-postescanada.ca/", [hex(16)], ["canadapost", ...keyOf("canada_post")]],
  ["CDEK", "api-docs.cdek.ru/", [mixed(32)], [...keyOf("cdek")]],
  ["Delhivery", "track.delhivery.com/api-docs/", [hex(40)]],
  ["Deliveroo", "api-docs.deliveroo.com/", [lower(52, 54)]],
  ["DHL", "developer.dhl.com/", [mixed(32)], [...keyOf("dhl")]],
  ["DoorDash", "developer.doordash.com/", [url(43)]],
  ["Easyship", "developers.easyship.com/", [["prod_", "sand_"], of("base64Padded", 40, 48)]],
  ["FedEx", "developer.fedex.com/", ["l7", hex(32)]],
  ["FedEx", "developer.fedex.com/", [hex(32)], ["fedex"], "secret key"],
  ["GHN", "api.ghn.vn/home/docs/detail", [...uuidParts], [...keyOf("ghn")]],
  ["GHTK", "docs.giaohangtietkiem.vn/", [mixed(40)], [...keyOf("ghtk")]],
  ["HyperTrack", "hypertrack.com/docs/", [url(54)]],
  ["InPost", "dokumentacja-inpost.atlassian.net/", jwt(100, 800), [...keyOf("inpost")]],
  ["Kuaidi100", "api.kuaidi100.com/document/", [mixed(12, 32)]],
  ["Melhor Envio", "docs.melhorenvio.com.br/", jwt(100, 800), ["melhorenvio", ...keyOf("melhor_envio")]],
  ["MyBring", "developer.bring.com/", [...uuidParts]],
  ["Nova Poshta", "developers.novaposhta.ua/", [hex(32)], ["novaposhta", ...keyOf("nova_poshta")]],
  ["Onfleet", "docs.onfleet.com/", [hex(32)]],
  ["Packeta", "docs.packeta.com/", [hex(32)], ["zasilkovna", ...keyOf("packeta")]],
  ["Packlink", "support-pro.packlink.com/", [hex(64)]],
  ["PostNL", "developer.postnl.nl/", [mixed(32)]],
  ["RajaOngkir", "rajaongkir.com/dokumentasi", [hex(32)]],
  ["Route4Me", "route4me.io/docs/", [upper(32)]],
  ["Royal Mail", "developer.royalmail.net/", [hex(32)], ["royalmail", ...keyOf("royal_mail")]],
  ["Sendcloud", "api.sendcloud.dev/", [hex(32)]],
  ["Sendle", "developers.sendle.com/", [mixed(24)], [...keyOf("sendle")]],
  ["Ship24", "docs.ship24.com/getting-started", ["apik_", mixed(30, 36)]],
  ["ShipBob", "developer.shipbob.com/", [hex(64)]],
  ["Shipday", "docs.shipday.com/", [mixed(10, 12), ".", mixed(20)]],
  ["ShipEngine", "www.shipengine.com/docs/", [url(43, 48)]],
  ["Shipmondo", "shipmondo.dev/", [...uuidParts]],
  ["Shiprocket", "apidocs.shiprocket.in/", jwt(100, 800)],
  ["ShipStation", "docs.shipstation.com/", [hex(32)]],
  ["Terminal49", "terminal49.com/docs/api-docs", [mixed(20, 24)]],
  [
    "TrackingMore",
    "www.trackingmore.com/docs/",
    [lower(8), "-", lower(4), "-", lower(4), "-", lower(4), "-", lower(12)],
  ],
  ["UPS", "developer.ups.com/", [mixed(48, 64)], [...keyOf("ups")]],
  ["USPS", "developers.usps.com/", [mixed(32, 64)], [...keyOf("usps")]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["AfterShip", "www.aftership.com/docs/", ["asat_", hex(32)]],
  ["Biteship", "biteship.com/id/docs/", [["biteship_live.", "biteship_test."], "ey", of("dotted", 60, 500)]],
  ["Fleetbase", "docs.fleetbase.io/", [["flb_live_", "flb_test_"], mixed(20)]],
  ["PostGrid", "docs.postgrid.com/", [["live_sk_", "test_sk_"], mixed(20, 30)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
