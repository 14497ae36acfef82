/**
 * The known differences between the descriptions and the wire. Each item of the facts is recognised by its words and
 * changes the schemas or the expected codes; an item that nothing recognises is reported.
 */
type Json = Record<string, unknown>;
type Definitions = Record<string, Json>;

interface Overlay {
  readonly recognises: RegExp;
  readonly apply: (definitions: Definitions) => void;
}

function property(definitions: Definitions, definition: string, name: string, change: (schema: Json) => Json): void {
  const properties = definitions[definition]?.properties as Json | undefined;
  if (properties?.[name]) properties[name] = change(properties[name] as Json);
}

const nullable = (schema: Json): Json => ({ anyOf: [schema, { type: "null" }] });
const anything = (): Json => ({});
const nothing = () => undefined;

function nullables(definitions: Definitions, names: readonly (readonly [string, string])[]): void {
  for (const [definition, name] of names) property(definitions, definition, name, nullable);
}

const overlays: readonly Overlay[] = [
  { recognises: /200 schema is type:array/, apply: nothing },
  { recognises: /SubjectLookup/, apply: nothing },
  {
    recognises: /TeamProjectReference\.visibility/,
    apply: (definitions) =>
      property(definitions, "TeamProjectReference", "visibility", () => ({
        enum: ["private", "public", "organization", "unchanged"],
      })),
  },
  {
    recognises: /Build\.triggeredByBuild/,
    apply: (definitions) =>
      nullables(definitions, [
        ["Build", "triggeredByBuild"],
        ["BuildRepository", "clean"],
        ["TaskAgentPool", "autoSize"],
        ["TaskAgentPool", "autoUpdate"],
        ["VariableGroup", "variableGroupProjectReferences"],
        // described where GraphGroup inherits it from
        ["GraphMember", "mailAddress"],
        ["GraphGroup", "description"],
      ]),
  },
  {
    recognises: /Identity\.descriptor/,
    apply: (definitions) => {
      for (const definition of ["Identity", "IdentityBase", "AccessControlEntry"])
        property(definitions, definition, "descriptor", () => ({ type: "string" }));
      for (const definition of ["Identity", "IdentityBase"])
        property(definitions, definition, "members", () => ({ type: "array", items: { type: "string" } }));
    },
  },
  {
    recognises: /WorkItem\.fields/,
    apply: (definitions) => {
      for (const [definition, name] of [
        ["WorkItem", "fields"],
        ["WorkItemRelation", "attributes"],
        ["WorkItemRelationType", "attributes"],
        ["Link", "attributes"],
      ] as const)
        property(definitions, definition, name, () => ({ type: "object" }));
      for (const name of ["oldValue", "newValue"]) property(definitions, "WorkItemFieldUpdate", name, anything);
    },
  },
  {
    recognises: /Subscription\.probationRetries/,
    apply: (definitions) => property(definitions, "Subscription", "probationRetries", () => ({ type: "number" })),
  },
  {
    recognises: /Subscription\.subscriber/,
    apply: (definitions) => nullables(definitions, [["Subscription", "subscriber"]]),
  },
  {
    recognises: /IdentityRef\.uniqueName/,
    apply: (definitions) =>
      nullables(definitions, [
        ["IdentityRef", "uniqueName"],
        ["IdentityRef", "imageUrl"],
      ]),
  },
  {
    recognises: /PR list items' repository\.project/,
    apply: (definitions) => {
      const state = (definitions.TeamProjectReference?.properties as Json | undefined)?.state as Json | undefined;
      if (Array.isArray(state?.enum) && !state.enum.includes("unchanged")) state.enum.push("unchanged");
    },
  },
  // Codes are kept in `wireStatuses`; dates are read without a zone; errors and ends of lists are checked elsewhere.
  { recognises: /^(POST|DELETE) |createdDate|error responses|nextSkip|iterationChanges end/, apply: nothing },
];

/** What the official examples show against their own schemas; each line names the example that contradicts. */
function applyOwn(definitions: Definitions): void {
  // core/properties/GET__projects__project__properties.json: `"value":"Agile"` where an object is described.
  property(definitions, "ProjectProperty", "value", anything);
  // wit/workItemTypesField/GET__workItemType_fields_expand.json: `"allowedValues":["Active","Closed",...]`, not objects ...
  property(definitions, "WorkItemTypeFieldWithReferences", "allowedValues", anything);
  // ... and in the same example `"defaultValue":"New"`, not an object.
  property(definitions, "WorkItemTypeFieldWithReferences", "defaultValue", anything);
  // policy/configurations/GET__policy_configurations__configurationId_.json: `"settings":{"requiredReviewerIds":...}`, which
  // git.7.1.json describes as a string of the format JObject (policy.7.1.json as an object).
  property(definitions, "PolicyConfiguration", "settings", (schema) =>
    schema.type === "string" ? { type: "object" } : schema,
  );
  // git/commits/GET__git_repositories__repositoryId__commits__commitId__changeCount-10.json: `"item":{"path":...}` where
  // a string of the format T is described; git/changes and git/commitDiffs show the same.
  property(definitions, "Change", "item", (schema) => (schema.type === "string" ? { type: "object" } : schema));
  // git/pullRequestThreads/GET__git_repositories__repositoryId__pullRequests__pullRequestId__threads.json:
  // `"threadContext":null` and `"pullRequestThreadContext":null` for threads without a place.
  nullables(definitions, [
    ["CommentThread", "threadContext"],
    ["GitPullRequestCommentThread", "pullRequestThreadContext"],
  ]);
  // distributedTask/variablegroups/GET_VariableGroup.json: `"key2":{"value":null,"isSecret":true}`.
  nullables(definitions, [["VariableValue", "value"]]);
  // serviceEndpoint/endpoints/GetServiceEndpointDetails.json: `"parameters":{"username":"myusername","password":null}`.
  property(definitions, "EndpointAuthorization", "parameters", () => ({ type: "object" }));
  // recordings/security.json: `"extensionType":null`; identity descriptors are strings wherever they are recorded.
  nullables(definitions, [["SecurityNamespaceDescription", "extensionType"]]);
  property(definitions, "FeedPermission", "identityDescriptor", () => ({ type: "string" }));
  // tokenAdmin/personalAccessTokens/GetPersonalAccessTokensForAUserInYourOrganization.json and tokens/Pats/ListPats.json show null
  // for what is not told: `"token":null`, `"targetAccounts":null`, `"publicData":null`, `"continuationToken":null`.
  nullables(definitions, [
    ["PatToken", "token"],
    ["PatToken", "targetAccounts"],
    ...["alternateToken", "token", "targetAccounts", "publicData", "source"].map(
      (name) => ["SessionToken", name] as const,
    ),
    ["TokenAdminPagedSessionTokens", "continuationToken"],
  ]);
  // release/definitions/GET_ListAllReleaseDefinitionsWithArtifactsExpanded.json: `"variableGroups":null`.
  nullables(definitions, [["ReleaseDefinition", "variableGroups"]]);
}

/** Changes the definitions; answers the items of the facts that it does not know. */
export function applyOverlays(definitions: Definitions, items: readonly { readonly where: string }[]): string[] {
  applyOwn(definitions);
  const unknown: string[] = [];
  for (const { where } of items) {
    const overlay = overlays.find((one) => one.recognises.test(where));
    if (overlay) overlay.apply(definitions);
    else unknown.push(where);
  }
  return unknown;
}

/** Codes that recordings and official examples show where the descriptions say 200. */
const wireStatuses: readonly (readonly [RegExp, number])[] = [
  [/^POST .*\/pullrequests$/i, 201],
  [/^POST .*\/(git\/repositories|pushes|commits\/\{commitId\}\/statuses|graph\/groups|attachments)$/i, 201],
  [/^PUT .*\/memberships\//i, 201],
  [/^(POST|DELETE) .*\/projects(\/\{projectId\})?$/i, 202],
  [/^DELETE .*\/(policy\/configurations|git\/repositories|hooks\/subscriptions|build\/definitions)\/\{\w+\}$/i, 204],
  // the session comes with an access token, and these take none
  [/\/tokens\/pats$/i, 401],
  [/^POST .*\/tokenadmin\/revocationrules$/i, 201],
  [/^POST .*\/tokenadmin\/revocations$/i, 204],
  [/^(DELETE|PATCH) .*\/statuses(\/\{statusId\})?$/i, 204],
];

export function expectedStatuses(method: string, path: string, described: readonly number[]): readonly number[] {
  const known = wireStatuses.filter(([pattern]) => pattern.test(`${method} ${path}`)).map(([, status]) => status);
  return known.length > 0 ? known : described;
}
