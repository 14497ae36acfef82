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

/** Does an action pattern (`s3:Put*`) cover an action of one of these classes? Of unknown services only all of it does. */
function covers(pattern: string, wanted: readonly ActionClass[]): boolean {
  if (pattern === "*") return true;
  const [prefix = "", name = ""] = pattern.toLowerCase().split(":", 2);
  const service = serviceOf(prefix);
  if (!service) return name === "*" && !wanted.every((one) => one === "permissions");
  if (!/[*?]/.test(name)) return wanted.includes(classOf(service, name));
  for (const [action, of] of service.names) if (wanted.includes(of) && coversAction(name, action)) return true;
  const start = name.split(/[*?]/, 1)[0] ?? "";
  const matching = [...service.verbs].filter(([verb]) => verb.startsWith(start) || start.startsWith(verb));
  return matching.length === 0 ? wanted.includes("writes") : matching.some(([, of]) => wanted.includes(of));
}

function classOf(service: Service, action: string): ActionClass {
  const named = service.names.get(action);
  if (named) return named;
  const verbs = [...service.verbs.keys()].filter((verb) => action.startsWith(verb));
  const longest = verbs.sort((a, b) => b.length - a.length)[0];
  return (longest !== undefined && service.verbs.get(longest)) || "writes";
}

/** On everything there is, without a condition. */
export function isUnrestricted(statement: Statement): boolean {
  const { hasCondition, principals, hasNotPrincipal, resources } = statement;
  const ofIdentity = principals.length === 0 && !hasNotPrincipal;
  return allows(statement) && ofIdentity && !hasCondition && resources.includes("*");
}

function allowsClass(statement: Statement, wanted: readonly ActionClass[]): boolean {
  if (!isUnrestricted(statement)) return false;
  if (statement.notActions.length > 0) return !statement.notActions.includes("*");
  return statement.actions.some((pattern) => covers(pattern, wanted));
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

function allowsAction(statement: Statement, action: string): boolean {
  if (statement.notActions.length > 0) return !statement.notActions.some((pattern) => coversAction(pattern, action));
  return statement.actions.some((pattern) => coversAction(pattern, action));
}

/** Actions that answer with credentials, or make new ones. */
const credentialActions = [
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
] as const;

export function givesCredentials(statement: Statement): boolean {
  return isUnrestricted(statement) && credentialActions.some((action) => allowsAction(statement, action));
}

/** Actions that read what is stored, or copy it to where it can be read. */
const dataActions = [
  "rds:CopyDBSnapshot",
  "rds:CreateDBSnapshot",
  "s3:GetObject",
  "secretsmanager:GetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
] as const;

export function readsDataAnywhere(statement: Statement): boolean {
  return isUnrestricted(statement) && dataActions.some((action) => allowsAction(statement, action));
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

/** The statement that completes a set of actions to become somebody else. */
export function findEscalation(statements: readonly Statement[]): Statement | undefined {
  const broad = statements.filter(isUnrestricted);
  for (const actions of escalations) {
    const allowing = actions.map((action) => broad.find((statement) => allowsAction(statement, action)));
    if (allowing.every((one) => one !== undefined)) return allowing[0];
  }
  return undefined;
}
