/** A message that is a file: what it is, how far it is, and the one thing to do next. */
import { FileCheck, FileDown, FileImage, FileText, FileX, FolderOpen, type LucideIcon, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { KithError } from '../../src/base/index.ts';
import {
  comesByItself,
  type Message,
  namedAsPicture,
  type SharedFile,
  sizeText,
  type TransferProgress,
} from '../../src/domain/index.ts';
import { faultText, orSay } from '../accounts/remedy.ts';
import { plainly } from '../look/turning.ts';
import { ask, useMirror } from '../mirror/index.ts';
import { Button, IconButton } from '../widgets/button.tsx';
import { Heard } from '../widgets/heard.tsx';
import { Icon } from '../widgets/icon.tsx';
import { words } from '../words.ts';
import { FileName } from './file-name.tsx';
import styles from './files.module.css';
import { Glimpse, Picture } from './picture.tsx';

type FileMessage = Message & { readonly file: SharedFile };

export function FilePlate({ message }: { readonly message: FileMessage }) {
  const { id } = message;
  // Its name stands in labels too; what is drawn in one place must not turn the words of another.
  const file = { ...message.file, name: plainly(message.file.name) };
  const [broken, setBroken] = useState(false);
  const shape = broken || file.held === undefined ? undefined : file.picture;
  return (
    <div className={styles['plate']}>
      {shape !== undefined && <Picture of={id} name={file.name} shape={shape} onBroken={() => setBroken(true)} />}
      <Card message={{ ...message, file }} tile={shape === undefined} />
    </div>
  );
}

function Card({ message, tile }: { readonly message: FileMessage; readonly tile: boolean }) {
  const { account, id, file, direction, delivery } = message;
  const progress = useMirror(({ connections }) => connections.all.get(account)?.transfers.get(id));
  const listed = useMirror(({ connections }) => {
    const { target } = message;
    return target.kind === 'contact' && connections.all.get(account)?.contacts.get(target.contact)?.listed === true;
  });
  const [fault, setFault] = useState<string>();
  const ours = direction === 'outgoing';
  const goes = ours && file.url === '' && delivery?.state !== 'failed';
  const fetching = progress !== undefined && !ours;
  const itself = comesByItself(message, listed);
  const wish = (verb: 'file.save' | 'file.show' | 'file.open'): void => {
    setFault(undefined);
    ask(verb, { message: id }).catch((error: KithError) =>
      setFault(error.code === 'cancelled' ? words.files.cancelled : words.files.stopped(faultText(error))),
    );
  };
  const callOff = (): void => orSay(ask(goes ? 'message.discard' : 'file.cancel', { message: id }));
  return (
    <div className={styles['card']}>
      {tile && (
        <span className={styles['tile']}>
          {itself && file.picture === undefined && !ours ? (
            <Glimpse of={id} otherwise={<Icon of={signOf(message)} />} />
          ) : (
            <Icon of={signOf(message)} />
          )}
        </span>
      )}
      <span className={styles['said']}>
        <FileName name={file.name} />
        {fault === undefined || fetching ? (
          <small>{stateOf(message, progress)}</small>
        ) : (
          <small className={styles['bad']} role="alert">
            {fault}
          </small>
        )}
        {progress !== undefined && (
          <Bar of={progress} label={goes ? words.files.goes(file.name) : words.files.comes(file.name)} />
        )}
      </span>
      {goes || fetching ? (
        <IconButton icon={X} label={words.files.cancel(file.name)} onClick={callOff} />
      ) : (
        <Next message={message} itself={itself} failed={fault !== undefined} wish={wish} />
      )}
    </div>
  );
}

/** What can be done with one that does not move. */
function Next({
  message: { file, direction },
  itself,
  failed,
  wish,
}: {
  readonly message: FileMessage;
  readonly itself: boolean;
  readonly failed: boolean;
  wish(verb: 'file.save' | 'file.show' | 'file.open'): void;
}): ReactNode {
  if (file.url === '') return null;
  if (file.saved !== undefined)
    return <IconButton icon={FolderOpen} label={words.files.open(file.name)} onClick={() => wish('file.open')} />;
  const mayShow = direction === 'incoming' && !itself && namedAsPicture(file.name) && file.held === undefined;
  return (
    <span className={styles['acts']}>
      {mayShow && (
        <Button small onClick={() => wish('file.show')}>
          {words.files.fetchPicture}
          <Heard> {file.name}</Heard>
        </Button>
      )}
      <Button small onClick={() => wish('file.save')}>
        {failed ? words.files.tryAgain : words.files.save}
        <Heard> {file.name}</Heard>
      </Button>
    </span>
  );
}

function Bar({ of: { moved, size }, label }: { readonly of: TransferProgress; readonly label: string }) {
  const part = size === undefined || size === 0 ? undefined : Math.min(100, Math.round((moved / size) * 100));
  return (
    <span
      className={styles['bar']}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={part}
    >
      <i style={{ width: `${part ?? 0}%` }} />
    </span>
  );
}

function signOf({ file, direction, delivery }: FileMessage): LucideIcon {
  if (delivery?.state === 'failed') return FileX;
  if (file.saved !== undefined) return FileCheck;
  if (namedAsPicture(file.name)) return FileImage;
  return direction === 'incoming' ? FileDown : FileText;
}

/** The name of the folder a path lies in. */
const folderOf = (path: string): string => path.split(/[\\/]/).at(-2) ?? '';

/** Its size, and where it is or comes from. */
function stateOf({ file, direction }: FileMessage, progress: TransferProgress | undefined): string {
  const known = progress?.size ?? file.size;
  const size = known === undefined ? undefined : sizeText(known);
  if (progress !== undefined) {
    const moved = sizeText(progress.moved);
    return size === undefined ? moved : words.files.part(moved, size);
  }
  if (file.saved !== undefined) return words.files.saved(folderOf(file.saved), size);
  if (size !== undefined) return size;
  return direction === 'incoming' && URL.canParse(file.url) ? words.files.from(new URL(file.url).host) : '';
}
