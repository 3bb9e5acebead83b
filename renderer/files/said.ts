/** What a message says in one line, where there is no room for a file. Signs that turn the writing are drawn. */
import { type Message, namedAsPicture } from '../../src/domain/index.ts';
import { beginning } from '../look/names.ts';
import { plainly } from '../look/turning.ts';
import { words } from '../words.ts';

export function saidIn({ body, file }: Pick<Message, 'body' | 'file'>): string {
  if (file === undefined) return plainly(beginning(body).replace(/\s+/gu, ' '));
  const name = plainly(file.name);
  return namedAsPicture(file.name) ? `${words.files.picture}: ${name}` : words.files.file(name);
}
