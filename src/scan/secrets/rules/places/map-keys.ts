/** Keys of maps, and of services for addresses and houses, one line each. */
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
  of,
  upper,
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["AddressFinder", "addressfinder.com.au/api/", [upper(20)]],
  ["AMap", "lbs.amap.com/", [hex(32)], ["gaode", ...keyOf("amap")]],
  ["ArcGIS", "developers.arcgis.com/documentation/security/", [hex(32)], ["arcgis", "esri"], "client secret"],
  ["ATTOM", "api.developer.attomdata.com/", [hex(32)], ["attomdata", ...keyOf("attom")]],
  ["BestTime", "documentation.besttime.app/", ["pri_", hex(32)]],
  ["Carto", "carto.com/developers/", [hex(40)], [...keyOf("carto")]],
  ["Foursquare", "docs.foursquare.com/developer/", [upper(48)]],
  ["Geoapify", "apidocs.geoapify.com/", [lower(32)]],
  ["geocod.xyz", "geocode.xyz/api", [hex(28)], [...keyOf("geocode")]],
  ["Geocodify", "geocodify.com/", [hex(40)]],
  ["Geocodio", "www.geocod.io/docs/", [hex(39)]],
  ["getAddress", "documentation.getaddress.io/", [url(22)]],
  ["GraphHopper", "docs.graphhopper.com/", [...uuidParts]],
  ["Ideal Postcodes", "docs.ideal-postcodes.co.uk/", ["ak_", mixed(25)]],
  ["Jawg", "www.jawg.io/docs/", [mixed(64)]],
  ["LocationIQ", "docs.locationiq.com/", ["pk.", hex(32)]],
  [
    "Loqate",
    "docs.loqate.com/",
    [upper(4), "-", upper(4), "-", upper(4), "-", upper(4)],
    ["loqate", "postcodeanywhere"],
  ],
  ["MapmyIndia", "developer.mappls.com/", [lower(32)], ["mapmyindia", "mappls"]],
  ["MapQuest", "developer.mapquest.com/documentation/", [mixed(32)]],
  ["MapTiler", "docs.maptiler.com/", [mixed(20)]],
  ["Mapy.cz", "developer.mapy.com/", [url(43)], ["mapycz", ...keyOf("mapy")]],
  ["OneMap", "www.onemap.gov.sg/apidocs/", [mixed(32)]],
  ["OnWater", "onwater.io/", [mixed(20)]],
  ["OpenCage", "opencagedata.com/api", [hex(32)]],
  ["OpenRouteService", "openrouteservice.org/dev/", [hex(56)]],
  ["Ordnance Survey", "osdatahub.os.uk/", [mixed(32)], ["ordnancesurvey", "osdatahub"]],
  ["positionstack", "positionstack.com/documentation", [hex(32)]],
  ["RentCast", "developers.rentcast.io/", [hex(32)]],
  ["Repliers", "docs.repliers.io/", [mixed(30)]],
  ["SafeGraph", "docs.safegraph.com/", [mixed(32)]],
  ["Sentinel Hub", "docs.sentinel-hub.com/", [mixed(32)], ["sentinel hub"]],
  ["SmartyStreets", "www.smarty.com/docs", [mixed(20)], ["smartystreets", "smarty_auth", "smarty_api"]],
  ["Stadia Maps", "docs.stadiamaps.com/", [...uuidParts]],
  ["Thunderforest", "www.thunderforest.com/docs/", [hex(32)]],
  ["Tianditu", "lbs.tianditu.gov.cn/", [hex(32)]],
  ["TomTom", "developer.tomtom.com/", [mixed(32)]],
  ["TravelTime", "docs.traveltime.com/", [hex(32)]],
  [
    "Walk Score",
    "www.walkscore.com/professional/api.php",
    [hex(32)],
    ["walkscore", "walk_score", "walk-score", "walk score"],
  ],
  ["what3words", "developer.what3words.com/", [upper(8)]],
  ["Woosmap", "developers.woosmap.com/", [...uuidParts]],
  ["Yelp", "docs.developer.yelp.com/", [url(128)]],
  ["Zillow", "www.zillow.com/howto/api/APIOverview.htm", ["X1-ZW", mixed(12, 20), "_", lower(5)]],
  ["ZipAPI", "zipapi.us/docs/", [hex(32)]],
  ["ZipCodeAPI", "www.zipcodeapi.com/API", [mixed(64)]],
  ["Zomato", "developers.zomato.com/", [hex(32)]],
  ["Zoopla", "developer.zoopla.co.uk/docs", [lower(24)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["ArcGIS", "developers.arcgis.com/documentation/security/", ["AAPK", hex(32), url(60, 120)]],
  ["Mapillary", "www.mapillary.com/developer/api-documentation", ["MLY|", of("digits", 10, 20), "|", hex(32)]],
  ["Planet", "docs.planet.com/develop/authentication/", ["PLAK", hex(32)]],
  ["Radar", "docs.radar.com/", [["prj_live_sk_", "prj_test_sk_"], hex(40)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
