/** Files by way of our server (XEP-0363), and by whichever way others give their address (XEP-0066). */
import { DisposableStack, ignore, KithError } from '../../../src/base/index.ts';
import type { FileToUpload } from '../../../src/contracts/index.ts';
import { type MessageId, tooLargeText, type TransferProgress } from '../../../src/domain/index.ts';
import { detourOf } from '../files/detour.ts';
import { get } from '../files/get.ts';
import { put } from '../files/put.ts';
import { findService, offerOf, rememberedService, type UploadService } from '../files/service.ts';
import { slotIn, slotRequest } from '../files/slot.ts';
import type { Travel } from '../files/web.ts';
import { fileMark, NS_FILE_ADDRESS } from '../said.ts';
import type { Feature, Session } from '../session.ts';
import type { Standard } from '../standard.ts';

export const standards: readonly Standard[] = [
  {
    id: 'XEP-0363',
    name: 'HTTP File Upload',
    version: '1.1.0',
    status: 'complete',
    test: 'test/interop/files-by-http.test.ts',
  },
  {
    id: 'XEP-0066',
    name: 'Out of Band Data',
    version: '1.5',
    status: 'partial',
    test: 'protocols/xmpp/features/files.test.ts',
    note: 'addresses in messages; no requests',
    namespaces: [NS_FILE_ADDRESS],
  },
];

/** Milliseconds between two words about how far a file is. */
const pace = 250;

export const files: Feature = (session) => {
  const undo = new DisposableStack();
  const moving = new Map<MessageId, AbortController>();
  let service = rememberedService(session);

  const offer = (found: UploadService | undefined): void => {
    service = found;
    session.facts.say({ type: 'files-offered', offer: offerOf(found) });
  };
  /** One transfer a message: what was called off is over before it begins anew. */
  const during = async <T>(
    id: MessageId,
    work: (travel: Travel, moved: (progress: TransferProgress) => void) => Promise<T>,
  ): Promise<T> => {
    if (moving.has(id)) throw new KithError('already-exists', 'This file is on its way already');
    const calling = new AbortController();
    moving.set(id, calling);
    let said = -Infinity;
    const moved = (progress: TransferProgress): void => {
      if (session.clock.now() - said < pace) return;
      said = session.clock.now();
      session.facts.say({ type: 'transfer-changed', message: id, progress });
    };
    try {
      const { clock } = session;
      const { signal } = calling;
      const detour = detourOf(session, clock, signal);
      return await work({ clock, ca: authoritiesOf(session), signal, detour }, moved);
    } finally {
      moving.delete(id);
      session.facts.say({ type: 'transfer-changed', message: id });
    }
  };

  undo.use(session.advertise(NS_FILE_ADDRESS));
  undo.use(session.dress(fileMark));
  undo.use(
    session.onDidOpen(() => {
      if (service !== undefined) offer(service);
      ignore(findService(session).then(offer), 'a server may take no files', session.log);
    }),
  );
  undo.use(
    session.lend('files', {
      upload: (id, file) =>
        during(id, async (travel, moved) => {
          moved({ moved: 0, size: file.size });
          const slot = await slotFor(session, service, file);
          if (travel.signal.aborted) throw new KithError('cancelled', 'The file was called off');
          await put(slot, file, travel, (bytes) => moved({ moved: bytes, size: file.size }));
          return slot.get;
        }),
      fetch: (id, file) =>
        during(id, (travel, moved) => {
          moved({ moved: 0 });
          return get(file, travel, moved);
        }),
      cancel: async (id) => moving.get(id)?.abort(),
    }),
  );
  undo.defer(() => {
    for (const calling of moving.values()) calling.abort();
  });
  return undo;
};

async function slotFor(session: Session, service: UploadService | undefined, file: FileToUpload) {
  if (service === undefined) throw new KithError('not-supported', 'The server takes no files');
  if (file.size === 0) throw new KithError('invalid-argument', 'This file is empty');
  const tooLarge = tooLargeText(file.size, service.largest);
  if (tooLarge !== undefined) throw new KithError('invalid-argument', tooLarge);
  return slotIn(await session.request({ type: 'get', to: service.address, payload: slotRequest(file) }));
}

function authoritiesOf({ parameters }: Session): string | undefined {
  const { ca } = parameters;
  return typeof ca === 'string' && ca.trim() !== '' ? ca : undefined;
}
