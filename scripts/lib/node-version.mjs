/** Which Node this is. Written so that Node 16 can read it: it is what tells an old Node that it is too old. */
import { readFileSync } from 'node:fs';

/** A sentence for the person when this Node is older than package.json asks for; otherwise undefined. */
export function nodeTooOld(version = process.versions.node) {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const needed = manifest.engines.node.replace(/[^0-9.]/g, '');
  if (atLeast(version, needed)) return undefined;
  return `Kith needs Node ${needed} or newer, and this is Node ${version}. On Debian: apt-get install nodejs, or see https://nodejs.org`;
}

function atLeast(version, needed) {
  const have = version.split('.').map(Number);
  for (const [index, wanted] of needed.split('.').map(Number).entries()) {
    const part = have[index] || 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
