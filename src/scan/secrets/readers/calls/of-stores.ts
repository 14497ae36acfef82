/** Calls that open files and stores which a password locks. */
import { type Calls, certain, certainInPrograms, first, second, third } from "./call.ts";

export const callsOfStores: Calls = {
  ...certain({
    unprotect: first,
    protectsheet: first,
    "kmf.init": second,
    "keymanagerfactory.init": second,
    "keystore.load": second,
    "ks.load": second,
    passwordprotection: first,
    usehttps: second,
    loadkeymaterial: second,
    x509certificate2: second,
    "keyring.set_password": third,
  }),
  ...certainInPrograms({
    "zip.setpassword": first,
    "zipfile.setpassword": first,
    "pdf.decrypt": first,
    "reader.decrypt": first,
  }),
};
