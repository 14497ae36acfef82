/** Keys of games and of services around them, one line each. */
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
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["BattleMetrics", "www.battlemetrics.com/developers/", jwt(150, 1200)],
  ["Betfair", "docs.developer.betfair.com/", [mixed(16)]],
  ["Blizzard", "develop.battle.net/documentation", [mixed(32)], ["battlenet", ...keyOf("blizzard")]],
  ["BoardGameGeek", "boardgamegeek.com/using_the_xml_api", [...uuidParts], ["boardgamegeek", ...keyOf("bgg")]],
  ["Bungie", "www.bungie.net/en/Application", [hex(32)]],
  ["Challonge", "api.challonge.com/v1", [mixed(40)]],
  ["Faceit", "docs.faceit.com/", [...uuidParts]],
  [
    "Fortnite Tracker",
    "tracker.gg/developers",
    [...uuidParts],
    ["fortnitetracker", "tracker.gg", "fortniteapi", "trn-api"],
  ],
  ["GameAnalytics", "docs.gameanalytics.com/", [hex(40)]],
  ["GameJolt", "gamejolt.com/game-api", [hex(32)], ["gamejolt"]],
  ["Giant Bomb", "www.giantbomb.com/api/", [hex(40)]],
  [
    "Guild Wars 2",
    "wiki.guildwars2.com/wiki/API:Main",
    [...uuidParts, hex(8), "-", hex(4), "-", hex(4), "-", hex(4), "-", hex(12)],
    ["guildwars2", ...keyOf("gw2")],
  ],
  ["Hypixel", "api.hypixel.net/", [...uuidParts]],
  ["itch.io", "itch.io/docs/api/", [mixed(40)], ["itch.io", "itchio", "butler_api_key", "butler api key"]],
  ["mod.io", "docs.mod.io/", [hex(32)], ["modio"]],
  ["Nexus Mods", "www.nexusmods.com/", [of("percent", 80, 260)], ["nexusmods", ...keyOf("nexus_mods")]],
  ["OpenDota", "docs.opendota.com/", [...uuidParts]],
  ["osu!", "osu.ppy.sh/docs/", [mixed(40)], ["osu_client", "osu_api", "osuapi", "osu api", "osu.ppy.sh"]],
  ["PandaScore", "developers.pandascore.co/", [url(51)]],
  ["Photon", "doc.photonengine.com/", [...uuidParts], ["photonengine", "photon_app", "photon app", "photonappid"]],
  ["RAWG", "rawg.io/apidocs", [hex(32)]],
  ["Roblox", "create.roblox.com/docs/cloud/", [of("base64Padded", 48, 1200)]],
  ["start.gg", "developer.start.gg/docs/", [hex(32)], ["startgg", "smashgg"]],
  ["Steam", "steamcommunity.com/dev", [hex(32)], ["steam web", ...keyOf("steam")]],
  ["SteamGridDB", "www.steamgriddb.com/api/v2", [hex(32)]],
  ["Tebex", "docs.tebex.io/", [hex(40)], ["tebex"]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Cfx.re", "docs.fivem.net/docs/", ["cfxk_", mixed(20), "_", mixed(4, 6)]],
  ["Lichess", "lichess.org/api", [["lip_", "lio_"], mixed(20, 40)]],
  ["Modrinth", "docs.modrinth.com/", ["mrp_", mixed(60)]],
  ["Oculus", "developers.meta.com/horizon/documentation/", ["OC|", of("digits", 10, 20), "|", mixed(20, 40)]],
  ["Pterodactyl", "pterodactyl.io/project/", [["ptla_", "ptlc_"], mixed(43)]],
  ["Riot Games", "developer.riotgames.com/docs/portal", ["RGAPI-", ...uuidParts]],
  [
    "Roblox",
    "create.roblox.com/docs/",
    [
      "_|WARNING:-DO-NOT-SHARE-THIS.--",
      "Sharing-this-will-allow-someone-to-log-in-as-you-and-to-steal-your-ROBUX-and-items.|_",
      mixed(200, 1600),
    ],
    { kind: "session cookie" },
  ],
  ["Thunderstore", "thunderstore.io/api/docs/", ["tss_", mixed(32, 80)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
