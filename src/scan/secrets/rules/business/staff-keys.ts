/** Keys of services for staff, applicants and learners, one line each. */
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
  ["Adzuna", "developer.adzuna.com/", [hex(32)]],
  ["Ashby", "developers.ashbyhq.com/", [hex(64)]],
  ["BambooHR", "documentation.bamboohr.com/", [hex(40)], ["bamboohr", "bamboo hr"]],
  ["Blackboard", "docs.anthology.com/docs/blackboard/", [mixed(32)], ["bblearn", ...keyOf("blackboard")]],
  ["BreezyHR", "developer.breezy.hr/", [hex(32)], ["breezyhr"]],
  ["Bullhorn", "bullhorn.github.io/rest-api-docs/", [mixed(20, 48)]],
  [
    "Canvas LMS",
    "canvas.instructure.com/doc/api/",
    [of("digits", 1, 5), "~", mixed(64)],
    ["instructure", ...keyOf("canvas")],
  ],
  ["Checkr", "docs.checkr.com/", [hex(40)]],
  ["Clever", "dev.clever.com/", [hex(40)], [...keyOf("clever")]],
  ["Comeet", "developers.comeet.com/", [upper(30, 60)]],
  ["Deputy", "developer.deputy.com/", [hex(32)], [...keyOf("deputy")]],
  ["Docebo", "help.docebo.com/", [hex(40)]],
  ["Duolingo", "www.duolingo.com/", jwt(100, 800)],
  ["Finch", "developer.tryfinch.com/", ["finch-secret-", url(32, 80)], ["tryfinch", ...keyOf("finch")]],
  ["Greenhouse", "developers.greenhouse.io/", [hex(32), "-", of("digits", 1, 2)], [...keyOf("greenhouse")]],
  ["Gusto", "docs.gusto.com/", [url(43)], [...keyOf("gusto")]],
  ["HackerRank", "www.hackerrank.com/work/apidocs", [hex(64)]],
  ["HiBob", "apidocs.hibob.com/", [mixed(30, 64)]],
  ["HireVue", "developers.hirevue.com/", [mixed(32, 80)]],
  ["Humanity", "platform.humanity.com/", [hex(40)], [...keyOf("humanity")]],
  ["JazzHR", "www.resumatorapi.com/", [mixed(32)]],
  ["LearnWorlds", "www.learnworlds.dev/", [mixed(40, 64)]],
  ["Lever", "hire.lever.co/developer/", [url(48, 90)], [...keyOf("lever")]],
  ["Moodle", "docs.moodle.org/dev/", [hex(32)], [...keyOf("moodle")]],
  ["Paylocity", "developer.paylocity.com/", [of("base64Padded", 40, 64)]],
  ["Personio", "developer.personio.de/", ["papi-", url(32, 80)]],
  ["Podia", "help.podia.com/", [mixed(20, 64)]],
  ["Recruitee", "docs.recruitee.com/", [of("base64Padded", 32, 60)]],
  ["Rippling", "developer.rippling.com/", [url(43, 90)]],
  ["Schoology", "developers.schoology.com/", [hex(32, 41)]],
  ["Skilljar", "api.skilljar.com/docs/", [hex(32)]],
  ["Teamtailor", "docs.teamtailor.com/", [url(40)]],
  ["Thinkific", "developers.thinkific.com/", [hex(32)]],
  ["Udemy", "www.udemy.com/developers/", [mixed(40, 160)]],
  ["Upwork", "www.upwork.com/developer/documentation/", [hex(16, 32)]],
  ["When I Work", "apidocs.wheniwork.com/", [hex(40)], ["wheniwork"]],
  ["Workable", "workable.readme.io/", [hex(64)]],
];

/** By their own form. */
const tokens: readonly BriefToken[] = [["SmartRecruiters", "developers.smartrecruiters.com/", ["DCRA1-", hex(32)]]];

export const rules: readonly SecretRule[] = [...briefNamed(named), ...briefTokens(tokens)];
