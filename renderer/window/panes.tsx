/** People, the main pane, details: three columns, two with a sheet, or one, as wide as the window lets them be. */
import { useEffect, useRef } from 'react';
import { ConversationPane } from '../conversation/conversation-pane.tsx';
import { DetailsPane } from '../details/details-pane.tsx';
import { useMirror } from '../mirror/index.ts';
import { AddPerson } from '../roster/add-person.tsx';
import { QuestionCard } from '../questions/question-card.tsx';
import { BrowseRooms } from '../rooms/browse-rooms.tsx';
import { JoinRoom } from '../rooms/join-room.tsx';
import { MakeRoom } from '../rooms/make-room.tsx';
import { RoomDetails } from '../rooms/room-details.tsx';
import { RoomPane } from '../rooms/room-pane.tsx';
import { PeoplePane } from '../roster/people-pane.tsx';
import { SearchPane } from '../search/search-pane.tsx';
import { AddAccount } from '../settings/add-account.tsx';
import { SettingsNav } from '../settings/settings-nav.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { Switcher } from '../switcher/switcher.tsx';
import styles from './app.module.css';
import { NothingOpen } from './nothing-open.tsx';
import { type OpenConversation, openerOfPage, usePlace } from './place.ts';
import { nothingFocused } from './resting-focus.ts';
import { useKeys } from './use-keys.ts';

export function Panes() {
  const { page, front, open, details, searching } = usePlace();
  useKeys();
  const kind = useRef(page.kind);
  useEffect(() => {
    const came = kind.current !== page.kind && page.kind === 'talk';
    kind.current = page.kind;
    if (came && nothingFocused()) (document.getElementById(openerOfPage()) ?? document.getElementById('self'))?.focus();
  }, [page.kind]);
  const inSettings = page.kind === 'settings' || page.kind === 'add-account';
  const talking = page.kind === 'talk' && open !== undefined;
  return (
    <div
      className={styles['panes']}
      data-front={front}
      data-details={details && talking ? '' : undefined}
      data-searching={searching && !inSettings ? '' : undefined}
    >
      {inSettings ? <SettingsNav page={page} /> : searching ? <SearchPane /> : <PeoplePane />}
      <main className={styles['main']} data-pane="main">
        <MainPane />
      </main>
      {details && talking && <Details open={open} />}
      <Switcher />
    </div>
  );
}

function Details({ open: { account, target } }: { readonly open: OpenConversation }) {
  if (target.kind === 'contact') return <DetailsPane contact={{ account, contact: target.contact }} />;
  return <RoomDetails key={`${account} ${target.room}`} room={{ account, room: target.room }} />;
}

function MainPane() {
  const { page, open } = usePlace();
  const questions = useMirror((mirror) => mirror.questions);
  if (page.kind === 'settings') return <SettingsPage page={page.page} />;
  if (page.kind === 'add-account') return <AddAccount />;
  if (page.kind === 'add-person') return <AddPerson key={page.address} address={page.address} />;
  if (page.kind === 'join-room') return <JoinRoom key={page.address} address={page.address} />;
  if (page.kind === 'make-room') return <MakeRoom />;
  if (page.kind === 'browse-rooms') return <BrowseRooms />;
  if (page.kind === 'question') {
    const question = questions.find(({ id }) => id === page.question);
    if (question !== undefined) return <QuestionCard key={question.id} question={question} />;
  }
  if (open?.target.kind === 'contact') {
    return <ConversationPane open={{ account: open.account, target: open.target }} />;
  }
  if (open?.target.kind === 'room') {
    const { room } = open.target;
    return <RoomPane key={`${open.account} ${room}`} room={{ account: open.account, room }} />;
  }
  const waiting = questions[0];
  if (waiting !== undefined) return <QuestionCard key={waiting.id} question={waiting} />;
  return <NothingOpen />;
}
