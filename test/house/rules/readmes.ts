/** Every room says what it is for, in at most forty lines. */
import { rooms } from '../law.ts';
import type { SourceFile, Violation } from '../source.ts';

/** Lines. */
const limit = 40;

/** Looks at the whole tree: a file that is missing cannot be looked at alone. */
export function readmes(files: readonly SourceFile[]): readonly Violation[] {
  return rooms
    .map(({ path }) => path)
    .filter((path) => !/\.c?ts$/.test(path) && files.some((file) => file.path.startsWith(`${path}/`)))
    .flatMap((room) => {
      const path = `${room}/README.md`;
      const readme = files.find((file) => file.path === path);
      if (readme === undefined) return [{ path, line: 1, text: 'The room has no README' }];
      const lines = readme.text.trimEnd().split('\n').length;
      return lines > limit ? [{ path, line: limit, text: `${lines} lines; a README has at most ${limit}` }] : [];
    });
}
