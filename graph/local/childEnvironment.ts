const passedOn = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR"];
// A proxy, a mirror or a certificate store of the user's reaches Maven through these.
const passedOnToMaven = [...passedOn, "M2_HOME", "MAVEN_HOME", "MAVEN_OPTS", "MAVEN_ARGS"];

/**
 * The little of our environment that a child process gets: no secret of ours is in it. It is read here rather than in core/config.ts
 * because none of it is a setting of ours. `javaHome` becomes the child's JAVA_HOME.
 */
export function childEnvironment(child: "java" | "maven" | "tool", javaHome?: string): NodeJS.ProcessEnv {
  const names = child === "maven" ? passedOnToMaven : passedOn;
  const environment: NodeJS.ProcessEnv = {};
  for (const name of names) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  if (javaHome !== undefined) environment["JAVA_HOME"] = javaHome;
  return environment;
}
