/** Keys of services for trains, flights, cars and beds, one line each. */
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
  ["AirLabs", "airlabs.co/docs/", [...uuidParts]],
  ["AISstream", "aisstream.io/documentation", [hex(40)]],
  ["Amadeus", "developers.amadeus.com/", [mixed(32)]],
  ["Aviation Edge", "aviation-edge.com/developers/", [hex(6), "-", hex(6)]],
  ["aviationstack", "aviationstack.com/documentation", [hex(32)]],
  ["Beds24", "wiki.beds24.com/", [url(20, 120)]],
  ["BlaBlaBus", "bus-api.blablacar.com/", [mixed(22)]],
  ["Bokun", "bokun.dev/", [hex(32)]],
  ["CarAPI", "carapi.app/docs/", [...uuidParts], [...keyOf("carapi")]],
  ["CTA", "www.transitchicago.com/developers/", [mixed(25)], [...keyOf("cta")]],
  ["Deutsche Bahn", "developers.deutschebahn.com/", [hex(32)], ["deutschebahn"]],
  ["Digitransit", "digitransit.fi/en/developers/", [hex(32)]],
  ["DVLA", "developer-portal.driver-vehicle-licensing.api.gov.uk/", [mixed(40)], [...keyOf("dvla")]],
  ["DVSA", "documentation.history.mot.api.gov.uk/", [mixed(40)], [...keyOf("dvsa")]],
  ["Expedia", "developers.expediagroup.com/", [lower(25, 52)]],
  ["FareHarbor", "developer.fareharbor.com/", [...uuidParts]],
  ["Fleetio", "developer.fleetio.com/", [hex(40)]],
  ["FlightAPI", "docs.flightapi.io/", [hex(24)]],
  ["FlightAware", "www.flightaware.com/aeroapi/portal/", [mixed(32)], ["flightaware", "aeroapi"]],
  ["FlightLabs", "goflightlabs.com/", [mixed(60, 300)]],
  ["FlightStats", "developer.flightstats.com/", [lower(32)]],
  ["Guesty", "open-api.guesty.com/", [url(43, 64)]],
  ["Hostaway", "api.hostaway.com/", [hex(64)]],
  ["Hotelbeds", "developer.hotelbeds.com/", [hex(32)]],
  ["Impala", "docs.impala.travel/", [mixed(46)], [...keyOf("impala")]],
  ["Kiwi.com", "tequila.kiwi.com/", [url(32)], [...keyOf("tequila"), ...keyOf("kiwi")]],
  ["LTA DataMall", "datamall.lta.gov.sg/", [of("base64Padded", 24)], ["datamall", ...keyOf("lta")]],
  ["Lyft", "www.lyft.com/developers", [mixed(32, 40)], [...keyOf("lyft")], "client secret"],
  ["MarineTraffic", "servicedocs.marinetraffic.com/", [hex(40)]],
  ["MBTA", "api-v3.mbta.com/", [hex(32)], [...keyOf("mbta")]],
  ["Mercedes-Benz", "developer.mercedes-benz.com/", [...uuidParts], ["mercedesbenz", ...keyOf("mercedes")]],
  ["Mews", "docs.mews.com/connector-api/", [upper(32), "-", upper(31)], [...keyOf("mews")]],
  ["MTA", "api.mta.info/", [mixed(40)], [...keyOf("mta")]],
  ["Navan", "app.navan.com/", [hex(32)]],
  ["Navitia", "doc.navitia.io/", [...uuidParts]],
  ["Open Charge Map", "openchargemap.org/site/develop/api", [...uuidParts], ["openchargemap"]],
  ["OpenSky", "openskynetwork.github.io/opensky-api/", [mixed(32)]],
  ["ResRobot", "www.trafiklab.se/api/", [...uuidParts]],
  ["Skyscanner", "developers.skyscanner.net/", [lower(32)]],
  ["Smartcar", "smartcar.com/docs/", [...uuidParts]],
  ["Smoobu", "docs.smoobu.com/", [mixed(20, 44)]],
  ["TfL", "api.tfl.gov.uk/", [hex(32)], [...keyOf("tfl"), "tfl.gov.uk"]],
  ["Tokeet", "tokeet.com/", [...uuidParts]],
  ["Trafiklab", "www.trafiklab.se/docs/getting-started/", [hex(32)]],
  ["Trafikverket", "api.trafikinfo.trafikverket.se/", [hex(32)]],
  ["TransitLand", "www.transit.land/documentation/", [mixed(32)]],
  ["Travelpayouts", "support.travelpayouts.com/", [hex(32)]],
  ["TripAdvisor", "tripadvisor-content-api.readme.io/", [hex(32)]],
  ["Uber", "developer.uber.com/docs/", [url(40)], [...keyOf("uber")], "client secret"],
  ["WMATA", "developer.wmata.com/", [hex(32)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Cloudbeds", "developers.cloudbeds.com/", ["cbat_", mixed(32)]],
  ["Samsara", "developers.samsara.com/docs/", ["samsara_api_", mixed(30, 40)]],
  ["Tesla", "developer.tesla.com/", ["ta-secret.", of("refresh", 16)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
