/** One account: on or off, how it is, and its remedy inside its own card. */
import { CircleAlert, CircleCheck, Ellipsis, PlugZap, PowerOff, ShieldAlert, Unplug, WifiOff } from 'lucide-react';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { Account } from '../../src/domain/index.ts';
import { Countdown } from '../accounts/account-lines.tsx';
import type { Plight } from '../accounts/plight.ts';
import { apply, orSay } from '../accounts/remedy.ts';
import { usePlights } from '../accounts/use-plights.ts';
import { classes } from '../look/classes.ts';
import { plainly } from '../look/turning.ts';
import text from '../look/words.module.css';
import { ask, useMirror } from '../mirror/index.ts';
import { Avatar } from '../widgets/avatar.tsx';
import { Tag } from '../widgets/badge.tsx';
import { Button, IconButton } from '../widgets/button.tsx';
import { Switch } from '../widgets/choice.tsx';
import { Icon } from '../widgets/icon.tsx';
import { Menu } from '../widgets/menu.tsx';
import { words } from '../words.ts';
import styles from './account-card.module.css';
import page from './page.module.css';
import { AccountSettings } from './account-settings.tsx';
import { CardForm } from './card-form.tsx';
import { ChangePassword } from './change-password.tsx';
import { OwnDevices } from './own-devices.tsx';
import { PresentAccount } from './present-account.tsx';
import { RemoveAccount } from './remove-account.tsx';
import { RenameAccount } from './rename-account.tsx';

const { accountCard: said, profile } = words;

const signs = {
  connecting: PlugZap,
  offline: WifiOff,
  fault: CircleAlert,
  trust: ShieldAlert,
  stopped: Unplug,
  disk: CircleAlert,
} as const;

export function AccountCard({ account }: { readonly account: Account }) {
  const { id, address, name, enabled, protocol } = account;
  const plight = usePlights().find((each) => each.account === id || each.key === `protocol ${protocol}`);
  const reason = useMirror(({ connections }) => connections.all.get(id)?.reason);
  const status = useMirror(({ connections }) => connections.all.get(id)?.status);
  const avatar = useMirror(({ connections }) => connections.all.get(id)?.profile.avatar);
  const tag = useMirror(({ protocols }) => protocols.find((each) => each.id === protocol)?.tag);
  const [menu, setMenu] = useState(false);
  const [doing, setDoing] = useState<'present' | 'card' | 'devices' | 'password' | 'rename' | 'settings' | 'remove'>();
  const more = useRef<HTMLDivElement>(null);
  const closeMenu = useCallback((back: boolean) => {
    setMenu(false);
    if (back) more.current?.querySelector('button')?.focus();
  }, []);
  const done = (): void => {
    setDoing(undefined);
    more.current?.querySelector('button')?.focus();
  };
  const refused = reason?.code === 'authentication-failed' || reason?.code === 'password-needed';
  const needsPassword = enabled && (refused || plight?.sign === 'fault');
  return (
    <article className={page['card']} aria-label={address}>
      <div className={styles['top']}>
        <Avatar address={address} name={name === '' ? address : name} picture={avatar ?? ''} size={36} />
        <div className={text['grow']}>
          <b className={classes(text['clipped'], text['address'])}>{address}</b>
          <State account={account} plight={plight} />
        </div>
        {tag !== undefined && <Tag text={tag} />}
        <Switch
          on={enabled}
          label={said.use(address)}
          onChange={(on) => orSay(ask('account.set', { account: id, enabled: on }))}
        />
        <div ref={more} className={styles['more']}>
          <IconButton
            icon={Ellipsis}
            label={said.more(address)}
            aria-haspopup="menu"
            aria-expanded={menu}
            onClick={() => setMenu(!menu)}
          />
          {menu && (
            <Menu
              label={said.more(address)}
              className={styles['menu']}
              onClose={closeMenu}
              items={[
                ...(status === 'online'
                  ? [
                      { key: 'present', label: profile.present, choose: () => setDoing('present') },
                      { key: 'devices', label: words.devices.own, choose: () => setDoing('devices') },
                      { key: 'card', label: profile.card, choose: () => setDoing('card') },
                    ]
                  : []),
                { key: 'rename', label: said.rename, choose: () => setDoing('rename') },
                { key: 'settings', label: said.settings, choose: () => setDoing('settings') },
                { key: 'password', label: said.changePassword, choose: () => setDoing('password') },
                { key: 'remove', label: said.remove, danger: true, apart: true, choose: () => setDoing('remove') },
              ]}
            />
          )}
        </div>
      </div>
      {needsPassword && doing === undefined && (
        <div className={styles['trouble']}>
          <p>{refused && reason.code === 'authentication-failed' ? said.lockedOut : said.passwordNeeded}</p>
          <ChangePassword account={account} />
        </div>
      )}
      {!needsPassword && doing === undefined && plight?.remedy !== undefined && plight.remedy.kind !== 'account' && (
        <div className={styles['trouble']}>
          {reason !== undefined && reason.text !== '' && <p className={styles['reason']}>{plainly(reason.text)}</p>}
          <div>
            <Button small onClick={() => plight.remedy !== undefined && apply(plight.remedy)}>
              {plight.remedy.label}
            </Button>
          </div>
        </div>
      )}
      {doing !== undefined && (
        <div className={styles['trouble']}>
          {doing === 'present' && <PresentAccount account={account} onDone={done} />}
          {doing === 'devices' && <OwnDevices account={account} onDone={done} />}
          {doing === 'card' && <CardForm account={account} onDone={done} />}
          {doing === 'password' && <ChangePassword account={account} onDone={done} />}
          {doing === 'rename' && <RenameAccount account={account} onDone={done} />}
          {doing === 'settings' && <AccountSettings account={account} onDone={done} />}
          {doing === 'remove' && <RemoveAccount account={account} onDone={done} />}
        </div>
      )}
    </article>
  );
}

function State({ account, plight }: { readonly account: Account; readonly plight: Plight | undefined }) {
  const status = useMirror(({ connections }) => connections.all.get(account.id)?.status);
  if (!account.enabled) return <StateLine icon={PowerOff} said={said.off} />;
  if (plight !== undefined) {
    return (
      <StateLine icon={signs[plight.sign]} said={plight.text} gravity={plight.gravity}>
        {plight.until !== undefined && <Countdown until={plight.until} />}
      </StateLine>
    );
  }
  if (status === 'online') return <StateLine icon={CircleCheck} said={said.online} gravity="good" />;
  return <StateLine icon={PowerOff} said={said.offline} />;
}

interface StateLineProps {
  readonly icon: typeof PowerOff;
  readonly said: string;
  readonly gravity?: 'good' | Plight['gravity'];
  readonly children?: ReactNode;
}

function StateLine({ icon, said: line, gravity, children }: StateLineProps) {
  return (
    <p className={classes(styles['state'], gravity !== undefined && styles[gravity])}>
      <Icon of={icon} size="small" />
      <span>
        {line}
        {children}
      </span>
    </p>
  );
}
