/** Whether what a configuration of Gradle holds is only there to build, to test or to check. */
export function isDevelopmentConfiguration(name: string): boolean {
  if (/^test|Test(?![a-z])|AndroidTest|^(?:jmh|integration)/.test(name)) return true;
  if (
    /^(?:kapt|ksp|annotationProcessor|classpath|developmentOnly|checkstyle|pmd|spotbugs|jacoco|ktlint|detekt|lint)/i.test(
      name,
    )
  )
    return true;
  return /AnnotationProcessor/.test(name);
}
