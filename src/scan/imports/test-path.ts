/** True for code that only tests run, by the customs of the languages. */
export function isTestPath(path: string): boolean {
  return testFolder.test(path) || testFile.test(path);
}

const testFolder =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|testing|test-?data|fixtures|e2e|cypress|benchmarks?)\/|(?:^|\/)src\/(?:test|it|androidTest)\/|(?:^|\/)[^/]*[._-]?(?:Unit|Integration|Functional)?Tests?\//;
const testFile =
  /(?:^|\/)(?:test_[^/]*\.py|conftest\.py|[^/]*_test\.(?:py|go|rb)|[^/]*[._-](?:test|spec|stories)\.[^/]+|[^/]*(?:Tests?|Specs?)\.(?:cs|fs|vb|java|kt|scala|groovy|php))$/;
