/**
 * What statements of IAM policies of identities allow, by the classes of their actions (see `aws-actions.ts`). Statements
 * with a condition, and those of resource policies, where `*` means the resource itself, are left alone.
 */
import { awsActions } from "./aws-actions.ts";
import { allows, coversAction, type Statement } from "./iam-statements.ts";

/** `narrowable`: reads, lists or tags, and could be said of single resources, as `writes` and `permissions` could. */
type ActionClass = "writes" | "permissions" | "narrowable" | "everywhere";

interface Service {
  readonly names: ReadonlyMap<string, ActionClass>;
  readonly verbs: ReadonlyMap<string, ActionClass>;
}

const classes: Readonly<Record<string, ActionClass>> = {
  "w=": "writes",
  "p=": "permissions",
  "r=": "narrowable",
  "-=": "everywhere",
};

let services: ReadonlyMap<string, Service> | undefined;

function serviceOf(name: string): Service | undefined {
  services ??= readServices();
  return services.get(name);
}

function readServices(): ReadonlyMap<string, Service> {
  const read = new Map<string, { names: Map<string, ActionClass>; verbs: Map<string, ActionClass> }>();
  let service = { names: new Map<string, ActionClass>(), verbs: new Map<string, ActionClass>() };
  let current: ActionClass = "writes";
  for (const word of awsActions.toLowerCase().split(/\s+/)) {
    if (word.endsWith(":")) {
      service = { names: new Map(), verbs: new Map(read.get("default")?.verbs) };
      read.set(word.slice(0, -1), service);
    } else if (classes[word]) current = classes[word];
    else if (word.endsWith("*")) service.verbs.set(word.slice(0, -1), current);
    else if (word !== "") service.names.set(word, current);
  }
  return read;
}

/** What an action pattern (`s3:Put*`) covers. */
interface Reach {
  readonly classes: ReadonlySet<ActionClass>;
  /** Of the actions named in this file. */
  readonly actions: ReadonlySet<string>;
}

/** The same patterns come back in every policy. */
const reaches = new Map<string, Reach>();
const maxReaches = 5000;

function reachOf(pattern: string): Reach {
  const before = reaches.get(pattern);
  if (before) return before;
  const actions = new Set(namedActions.filter((action) => coversAction(pattern, action)));
  const reach = { classes: classesOf(pattern), actions };
  if (reaches.size >= maxReaches) reaches.clear();
  reaches.set(pattern, reach);
  return reach;
}

/** Of unknown services only all actions together are judged. */
function classesOf(pattern: string): ReadonlySet<ActionClass> {
  if (pattern === "*") return new Set(Object.values(classes));
  const [prefix = "", name = ""] = pattern.toLowerCase().split(":", 2);
  const service = serviceOf(prefix);
  if (!service) return new Set(name === "*" ? ["writes", "narrowable"] : []);
  if (!/[*?]/.test(name)) return new Set([classOf(service, name)]);
  const found = new Set<ActionClass>();
  for (const [action, of] of service.names) if (!found.has(of) && coversAction(name, action)) found.add(of);
  const start = name.split(/[*?]/, 1)[0] ?? "";
  const verbs = [...service.verbs].filter(([verb]) => verb.startsWith(start) || start.startsWith(verb));
  for (const [, of] of verbs) found.add(of);
  if (verbs.length === 0) found.add("writes");
  return found;
}

function classOf(service: Service, action: string): ActionClass {
  const named = service.names.get(action);
  if (named) return named;
  const verbs = [...service.verbs.keys()].filter((verb) => action.startsWith(verb));
  const longest = verbs.sort((a, b) => b.length - a.length)[0];
  return (longest !== undefined && service.verbs.get(longest)) || "writes";
}

/** On everything there is, without a condition. */
function isUnrestricted(statement: Statement): boolean {
  const { hasCondition, principals, hasNotPrincipal, resources } = statement;
  const ofIdentity = principals.length === 0 && !hasNotPrincipal;
  return allows(statement) && ofIdentity && !hasCondition && resources.includes("*");
}

function allowsClass(statement: Statement, wanted: readonly ActionClass[]): boolean {
  if (!isUnrestricted(statement)) return false;
  if (statement.notActions.length > 0) return !statement.notActions.includes("*");
  return statement.actions.some((pattern) => wanted.some((one) => reachOf(pattern).classes.has(one)));
}

export function writesAnywhere(statement: Statement): boolean {
  return allowsClass(statement, ["writes"]);
}

export function managesPermissionsAnywhere(statement: Statement): boolean {
  return allowsClass(statement, ["permissions"]);
}

/** `*` as the resource of actions that could be narrowed. */
export function isNeedlesslyBroad(statement: Statement): boolean {
  return allowsClass(statement, ["writes", "permissions", "narrowable"]);
}

/** Of the actions named in this file. */
function allowedActions({ actions, notActions }: Statement): readonly string[] {
  if (notActions.length === 0) return actions.flatMap((pattern) => [...reachOf(pattern).actions]);
  return namedActions.filter((action) => !notActions.some((pattern) => reachOf(pattern).actions.has(action)));
}

function allowsOne(statement: Statement, wanted: ReadonlySet<string>): boolean {
  return isUnrestricted(statement) && allowedActions(statement).some((action) => wanted.has(action));
}

/** Actions that answer with credentials, or make new ones. */
const credentialActions: ReadonlySet<string> = new Set([
  "chime:CreateApiKey",
  "codeartifact:GetAuthorizationToken",
  "codepipeline:PollForJobs",
  "cognito-identity:GetCredentialsForIdentity",
  "cognito-identity:GetOpenIdToken",
  "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
  "connect:GetFederationToken",
  "ec2:GetPasswordData",
  "ecr-public:GetAuthorizationToken",
  "gamelift:GetComputeAuthToken",
  "gamelift:RequestUploadCredentials",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreateServiceSpecificCredential",
  "iam:ResetServiceSpecificCredential",
  "iam:UpdateAccessKey",
  "lightsail:DownloadDefaultKeyPair",
  "lightsail:GetBucketAccessKeys",
  "lightsail:GetInstanceAccessDetails",
  "lightsail:GetKeyPair",
  "lightsail:GetRelationalDatabaseMasterUserPassword",
  "mediapackage:RotateChannelCredentials",
  "mediapackage:RotateIngestEndpointCredentials",
  "rds-db:connect",
  "redshift:GetClusterCredentials",
  "redshift:GetClusterCredentialsWithIAM",
  "redshift-serverless:GetCredentials",
  "sso:GetRoleCredentials",
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
  "sts:GetFederationToken",
  "sts:GetSessionToken",
]);

export function givesCredentials(statement: Statement): boolean {
  return allowsOne(statement, credentialActions);
}

/** Actions that read what is stored, or copy it to where it can be read. */
const dataActions: ReadonlySet<string> = new Set([
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "s3:GetObject",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
]);

export function readsDataAnywhere(statement: Statement): boolean {
  return allowsOne(statement, dataActions);
}

/** Sets of actions with which an identity gives itself the rights of another; documented attacks on IAM. */
const escalations: readonly (readonly string[])[] = [
  ["iam:AddUserToGroup"],
  ["iam:AttachGroupPolicy"],
  ["iam:AttachRolePolicy", "sts:AssumeRole"],
  ["iam:AttachUserPolicy"],
  ["iam:CreateAccessKey"],
  ["iam:CreateLoginProfile"],
  ["iam:CreatePolicyVersion"],
  ["iam:PutGroupPolicy"],
  ["iam:PutRolePolicy", "sts:AssumeRole"],
  ["iam:PutUserPolicy"],
  ["iam:SetDefaultPolicyVersion"],
  ["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"],
  ["iam:UpdateLoginProfile"],
  ["iam:PassRole", "cloudformation:CreateStack"],
  ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
  ["iam:PassRole", "codestar:CreateProject"],
  ["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
  ["iam:PassRole", "ec2:RunInstances"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  ["iam:PassRole", "glue:CreateDevEndpoint"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  ["iam:PassRole", "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"],
  ["iam:PassRole", "sagemaker:CreateProcessingJob"],
  ["iam:PassRole", "sagemaker:CreateTrainingJob"],
  ["glue:UpdateDevEndpoint"],
  ["lambda:UpdateFunctionCode"],
  ["lambda:UpdateFunctionConfiguration"],
  ["sagemaker:CreatePresignedNotebookInstanceUrl"],
];

const namedActions: readonly string[] = [...new Set([...credentialActions, ...dataActions, ...escalations.flat()])];

/** The statement that completes a set of actions to become somebody else. */
export function findEscalation(statements: readonly Statement[]): Statement | undefined {
  const allowing = new Map<string, Statement>();
  for (const statement of statements) {
    if (!isUnrestricted(statement)) continue;
    for (const action of allowedActions(statement)) if (!allowing.has(action)) allowing.set(action, statement);
  }
  if (allowing.size === 0) return undefined;
  const complete = escalations.find((actions) => actions.every((action) => allowing.has(action)));
  return complete && allowing.get(complete[0] ?? "");
}
