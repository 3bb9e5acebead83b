/** Which Node is needed. Must parse on Node 16, like everything it is imported from. */

/** A sentence for the person when this Node cannot run Kith, undefined when it can. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (enough) return undefined;
  return `Kith needs Node 20.19 or newer of the 20s, or 22.12 and newer; this is Node ${version}. See https://nodejs.org.`;
}
