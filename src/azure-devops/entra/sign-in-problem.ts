/** Words for people about a sign-in that failed: what happened, what to do, and who can do it. Entra's own line stands beside them. */
import type { RemoteError } from "#model/remote-error.ts";
import type { SignInProblemCode } from "./entra-error.ts";

export interface SignInProblem {
  readonly code: SignInProblemCode;
  readonly title: string;
  readonly whatHappened: string;
  readonly whatToDo: string;
  /** Entra's own line, "AADSTS65004: User declined ...", without its ids. */
  readonly entraSays?: string;
}

type Words = Pick<SignInProblem, "title" | "whatHappened" | "whatToDo">;

const words: Readonly<Record<SignInProblemCode, Words>> = {
  "consent-declined": {
    title: "The permissions were not accepted",
    whatHappened:
      "Microsoft's page asked for permissions and the answer was Cancel. Sallyport has no access, and nothing was saved.",
    whatToDo:
      "Sign in again and choose Accept. If the list asks for more than you want to give, have whoever registered the app take those permissions out of it: Sallyport then says what does not work without them.",
  },
  "consent-missing": {
    title: "The permissions are no longer granted",
    whatHappened:
      "Sallyport's app does not hold the permissions it asks for: they were withdrawn in this directory, or the list has grown since they were accepted.",
    whatToDo:
      "Sign in again and accept the list. If Microsoft's page does not offer that, a Cloud Application Administrator of the directory has to grant the permissions.",
  },
  "consent-needs-administrator": {
    title: "An administrator must approve the app",
    whatHappened: "This directory does not let people accept these permissions by themselves. Nothing was saved.",
    whatToDo:
      "Ask a Cloud Application Administrator of the directory to open the Microsoft Entra admin center, Enterprise apps, Sallyport's app, Permissions, and to choose \"Grant admin consent\". Then sign in again. If Microsoft's page let you send a request for approval, wait for the answer to that.",
  },
  "wrong-directory": {
    title: "This is not the right directory",
    whatHappened:
      "The sign-in and the directory that was asked for do not belong together, or Entra knows no such directory (tenant).",
    whatToDo:
      "Begin again and enter the name of the Azure DevOps organization: Sallyport finds the directory behind it. An administrator sees the directory of an organization in Organization settings, Microsoft Entra.",
  },
  "not-a-member": {
    title: "This account is not in the directory",
    whatHappened:
      "The account that signed in is neither a member nor a guest of the directory behind the organization.",
    whatToDo:
      'Sign in again and choose "Use another account". If this is the right account, ask an administrator of the directory to invite it as a guest (Microsoft Entra admin center, Users, Invite external user), and an administrator of the organization to add it there.',
  },
  "conditional-access": {
    title: "A sign-in policy of the directory does not allow this",
    whatHappened:
      "Conditional Access refused: such a policy may demand a managed device, a known network, or that a certain app is used.",
    whatToDo:
      "Sign in from a device and a network that the policy accepts. If that does not help, a Conditional Access Administrator finds this attempt, with the name of the policy, in the Microsoft Entra admin center, Sign-in logs. Sallyport renews the sign-in from its own server later: the policy must accept that network too.",
  },
  "account-disabled": {
    title: "The account cannot sign in",
    whatHappened:
      "The account is disabled or locked in its directory. Everything that Sallyport does as this account stops.",
    whatToDo:
      "An administrator of the directory can enable or unlock the account. If its owner has left, somebody else connects the organization with their own account.",
  },
  "app-unknown": {
    title: "Entra does not know Sallyport's app here",
    whatHappened: "No app with this application (client) ID is registered, or installed and enabled, in the directory.",
    whatToDo:
      'The administrator of Sallyport compares the ID in Sallyport\'s settings with "Application (client) ID" of the app registration. For organizations in other directories the registration must support accounts in multiple directories, and somebody of each directory must have accepted the app once.',
  },
  "app-permissions": {
    title: "The app registration lacks permissions",
    whatHappened:
      "The app asked for permissions that its registration in Entra does not list, or that this directory does not have because Azure DevOps was never used in it.",
    whatToDo:
      "The administrator of the app registration opens API permissions, Add a permission, Azure DevOps, and adds the delegated permissions that Sallyport lists. Then sign in again.",
  },
  "app-secret-wrong": {
    title: "Entra does not accept the app's secret",
    whatHappened:
      "The client secret or certificate that Sallyport has is not one of the app registration. A frequent slip is to copy the ID of a secret instead of its value.",
    whatToDo:
      "The administrator of the app registration opens Certificates & secrets, makes a new client secret, and enters its Value in Sallyport's settings; or uploads the certificate that Sallyport has. Sign-ins that exist go on working with it.",
  },
  "app-secret-expired": {
    title: "The app's secret has expired",
    whatHappened:
      "The client secret of the app registration is past its date. Nobody can sign in, and no connection can renew itself.",
    whatToDo:
      "The administrator of the app registration opens Certificates & secrets, makes a new client secret, and enters its Value in Sallyport's settings. People need not sign in again for that.",
  },
  "redirect-address": {
    title: "The redirect address is not registered",
    whatHappened: "Entra sends people back only to addresses that the app registration lists, letter by letter.",
    whatToDo:
      'The administrator of the app registration opens Authentication and adds the redirect address that Sallyport shows, for the platform "Web". If Sallyport shows a wrong address, its public address (SALLYPORT_PUBLIC_URL) is wrong.',
  },
  "code-used": {
    title: "This sign-in was already used",
    whatHappened:
      "Each sign-in can be completed once. The page was probably reloaded, or opened from the history of the browser.",
    whatToDo: "Look whether the connection is there already. If not, sign in again.",
  },
  "sign-in-expired": {
    title: "The sign-in has expired",
    whatHappened:
      "It was not completed in time, was not used for a long while, or is older than a policy of the directory allows.",
    whatToDo:
      "Sign in again with the same account: everything that is set up stays. If it happens every few hours or days, a Conditional Access Administrator may exempt Sallyport's app from the sign-in frequency.",
  },
  "sign-in-revoked": {
    title: "The sign-in was revoked",
    whatHappened:
      "Entra does not renew this sign-in any more. That follows a changed password, an administrator who revoked sessions, or a refresh token that was used twice.",
    whatToDo:
      "Sign in again with the same account: everything that is set up stays. If nobody changed or revoked anything, make sure that only one installation of Sallyport uses this database or a copy of it.",
  },
  "personal-account": {
    title: "Personal Microsoft accounts cannot be used",
    whatHappened: "Microsoft lets apps sign in to Azure DevOps with work or school accounts of a directory only.",
    whatToDo:
      "Sign in again with a work or school account. An organization that is not connected to a directory can be connected with a personal access token.",
  },
  "interaction-needed": {
    title: "Microsoft wants to see you",
    whatHappened:
      "The sign-in can only go on with the person who made it: a second factor, a new password or a confirmation is due.",
    whatToDo:
      "The person who connected signs in again with the same account and does what Microsoft's page asks: everything that is set up stays.",
  },
  "state-mismatch": {
    title: "This answer belongs to no sign-in that was begun here",
    whatHappened:
      "The address that the browser came back with does not match what Sallyport sent it away with. An old tab, a second sign-in at the same time, or a link from somebody else can cause this. It was refused, and nothing was saved.",
    whatToDo: "Begin again in Sallyport, in one tab, and do not follow sign-in links that you were sent.",
  },
  other: {
    title: "Microsoft refused the sign-in",
    whatHappened: "Microsoft Entra ID gave a reason that Sallyport does not know.",
    whatToDo:
      "Read Microsoft's own line. Sign in again; if it stays, an administrator of the directory finds the attempt in the Microsoft Entra admin center, Sign-in logs.",
  },
};

/** Numbers whose cause is known more exactly than their group's. */
const wordsOfNumbers: Readonly<Record<number, Partial<Words>>> = {
  50105: {
    title: "This account may not use the app",
    whatHappened: "The directory lets only people use the app who are assigned to it, and this account is not.",
    whatToDo:
      "Ask a Cloud Application Administrator to add the account in the Microsoft Entra admin center, Enterprise apps, Sallyport's app, Users and groups. Then sign in again.",
  },
  50194: {
    whatHappened: "The app is registered for one directory only, and the sign-in began without naming a directory.",
    whatToDo:
      'Begin again with the name of the organization. To connect organizations of several directories, the administrator of the app registration opens Authentication and chooses accounts in "Multiple Entra ID tenants".',
  },
  7000112: {
    title: "The app is disabled in this directory",
    whatHappened: "An administrator of the directory has switched the app off.",
    whatToDo:
      "A Cloud Application Administrator can enable it in the Microsoft Entra admin center, Enterprise apps, Sallyport's app, Properties, Enabled for users to sign in.",
  },
  700024: {
    title: "The clock of this server is wrong",
    whatHappened: "Entra refused the app's certificate because the signature seems to come from another time.",
    whatToDo: "The administrator of this server corrects its clock. Nothing needs to change in Entra.",
  },
  90002: {
    title: "Entra knows no such directory",
    whatHappened: "No directory (tenant) has this name or ID.",
  },
};

/** Of an error that a call to Entra threw, or a call to Azure DevOps that wants the person to sign in again. */
export function signInProblem(error: RemoteError): SignInProblem {
  const { problem, says } = error.details;
  const code = isCode(problem) ? problem : error.code === "sign-in-again" ? "interaction-needed" : "other";
  return {
    code,
    ...words[code],
    ...specialWords(error),
    ...(typeof says === "string" ? { entraSays: says } : {}),
  };
}

function isCode(problem: unknown): problem is SignInProblemCode {
  return typeof problem === "string" && Object.hasOwn(words, problem);
}

function specialWords(error: RemoteError): Partial<Words> {
  const { aadsts, reason, via } = error.details;
  if (via === "managed-identity" && !["rate-limited", "unavailable"].includes(error.code)) return noIdentityWords;
  if (error.passing) return passingWords(error);
  if (reason === "clock") return clockWords;
  return (typeof aadsts === "number" ? wordsOfNumbers[aadsts] : undefined) ?? {};
}

const noIdentityWords: Words = {
  title: "This machine has no such managed identity",
  whatHappened:
    "Managed identities exist only on machines and services in Azure, and only where somebody switched one on or assigned one.",
  whatToDo:
    "Whoever runs this machine in Azure opens it in the portal, Security, Identity, and switches the system-assigned identity on, or assigns the one whose client ID was entered. Elsewhere, use a service principal with a client secret or a certificate.",
};

const clockWords: Words = {
  title: "The clocks do not agree",
  whatHappened: "The sign-in that Microsoft confirmed seems to come from another time: this server's clock is wrong.",
  whatToDo: "The administrator of this server corrects its clock. Then sign in again.",
};

function passingWords({ code, message }: RemoteError): Words {
  const whatHappened = `${message} Nothing is wrong with the sign-in itself.`;
  if (code === "rate-limited" || code === "unavailable") {
    return { title: "Microsoft cannot answer now", whatHappened, whatToDo: "Wait a few minutes and try again." };
  }
  return {
    title: "Microsoft could not be reached",
    whatHappened,
    whatToDo:
      "Try again. If it stays, the administrator of this server checks that it may reach login.microsoftonline.com: firewall, proxy, name service.",
  };
}
