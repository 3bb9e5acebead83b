/** What a message says in one line, where there is no room for a file. */
import { type Message, namedAsPicture } from '../../src/domain/index.ts';
import { words } from '../words.ts';

export function saidIn({ body, file }: Pick<Message, 'body' | 'file'>): string {
  if (file === undefined) return body.replace(/\s+/gu, ' ');
  return namedAsPicture(file.name) ? `${words.files.picture}: ${file.name}` : words.files.file(file.name);
}
