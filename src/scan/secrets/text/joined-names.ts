/** Values in which names are joined by colons: types of resources, labels of salts. */

/** `ec2:Vpc`, `ec2:VpcID`, `aws:s3/bucket:Bucket`, `core/v1:Secret`: how templates name a resource's type, or a part of it. */
export function isTypeName(value: string): boolean {
  return /^[a-z][a-z\d]{0,19}(?:[:/.-][a-z][A-Za-z\d]{0,24}){0,4}:(?:[A-Z][a-z]{1,15}\d?){1,5}(?:[A-Z]{2,3})?$/.test(
    value,
  );
}

/** `shop:users:v2`, `hkdf:session`: names, with a number behind them at most, that colons join. */
export function isLabel(value: string): boolean {
  return /^[A-Za-z][A-Za-z.-]{0,24}\d{0,2}(?::[A-Za-z][A-Za-z.-]{0,24}\d{0,2}){1,4}$/.test(value);
}
