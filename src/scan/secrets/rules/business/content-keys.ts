/** Keys of services for websites, their texts and translations, one line each. */
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
  url,
} from "../../rule-makers/brief-rule.ts";

/** Beside their provider's name. */
const named: readonly BriefNamed[] = [
  ["Alconost", "alconost.com/en/", [mixed(16, 64)]],
  ["ButterCMS", "buttercms.com/docs/api/", [lower(40)]],
  ["Bynder", "developer-docs.bynder.com/", [hex(32, 64)]],
  ["ClickHelp", "clickhelp.com/", [mixed(24)]],
  ["Contentstack", "www.contentstack.com/docs/", [["blt", "cs"], hex(16, 34)]],
  ["Copyleaks", "api.copyleaks.com/documentation/", [...uuidParts]],
  ["Copyscape", "www.copyscape.com/apiconfigure.php", [lower(16)]],
  ["Cosmic", "www.cosmicjs.com/docs/", [mixed(50)], ["cosmicjs", ...keyOf("cosmic")]],
  ["Crowdin", "support.crowdin.com/developer/api/", [mixed(80)]],
  ["DatoCMS", "www.datocms.com/docs/", [hex(30)]],
  ["Directus", "docs.directus.io/", [url(32)]],
  ["Ditto", "developer.dittowords.com/", [...uuidParts, ".", lower(40)], ["dittowords", ...keyOf("ditto")]],
  ["Duda", "developer.duda.co/", [mixed(12, 20)], [...keyOf("duda")]],
  ["Gengo", "developers.gengo.com/", [mixed(4), of("crypt", 60)]],
  ["GraphCMS", "hygraph.com/docs", [mixed(4), of("dotted", 60, 900)], ["graphcms", "hygraph"]],
  ["Gridly", "www.gridly.com/docs/api/", [mixed(12, 20)]],
  ["Hashnode", "apidocs.hashnode.com/", [...uuidParts]],
  ["Kontent", "kontent.ai/learn/", [mixed(36), ".", url(100, 400), ".", url(40, 50)]],
  ["Localazy", "localazy.com/docs/", [url(64, 120)]],
  ["Locize", "www.locize.com/docs", [...uuidParts]],
  ["Lokalise", "developers.lokalise.com/", [lower(40)]],
  ["Mintlify", "mintlify.com/docs", ["mint_", url(20, 64)]],
  ["Payload", "payloadcms.com/docs/", [...uuidParts], ["payloadcms", "payload secret", "payload api"]],
  ["Phrase", "developers.phrase.com/", [hex(64)], ["phraseapp", ...keyOf("phrase")]],
  ["POEditor", "poeditor.com/docs/api", [hex(32)]],
  ["Powr", "help.powr.io/", [lower(40)], ["powrbot", ...keyOf("powr")]],
  ["Prismic", "prismic.io/docs/api-authentication", ["MC5", of("dotted", 60, 200)]],
  ["Simvoly", "simvoly.com/", [hex(33)]],
  ["Sitecore", "doc.sitecore.com/", [mixed(32, 64)]],
  ["Siteleaf", "learn.siteleaf.com/", [hex(32)]],
  ["StoryChief", "developers.storychief.io/", [mixed(4), of("dotted", 200, 960)]],
  ["Strapi", "docs.strapi.io/", [hex(256)]],
  ["TakeShape", "app.takeshape.io/docs/", [hex(32)]],
  ["Transifex", "developers.transifex.com/", ["1/", hex(40)]],
  ["Uniform", "docs.uniform.app/", ["uf1", of("base64Any", 60, 160)], [...keyOf("uniform")]],
  ["Webflow", "developers.webflow.com/", [hex(64)]],
  ["Weebly", "cloud-developer.weebly.com/", [hex(64)]],
  ["Wix", "dev.wix.com/docs/", [...uuidParts], ["wix_app_secret", ...keyOf("wix")], "application secret"],
  ["WordPress", "developer.wordpress.com/docs/", [mixed(64)], ["wordpress"], "client secret"],
  ["Write.as", "developers.write.as/", [...uuidParts], ["writeas"]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [
  ["Agility CMS", "agilitycms.com/docs/", [["defaultlive.", "defaultpreview."], hex(64)]],
  ["Block Protocol", "blockprotocol.org/docs", ["b10ck5.", hex(32), ".", ...uuidParts]],
  ["Builder.io", "www.builder.io/c/docs/", ["bpk-", hex(32)], { kind: "private key" }],
  ["GitBook", "gitbook.com/docs/developers", ["gb_api_", mixed(30, 50)]],
  ["Tolgee", "docs.tolgee.io/", [["tgpat_", "tgpak_"], lower(40, 64)]],
  ["Weblate", "docs.weblate.org/", [["wlu_", "wlp_"], mixed(36, 40)]],
  ["Weglot", "developers.weglot.com/", ["wg_", hex(32, 34)]],
];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
