import { useEffect } from 'preact/hooks';
import { startTicking } from '../shared/chainClock';
import { signedOutEvent } from '../shared/client';
import { Setup } from './access/Setup';
import { SignIn } from './access/SignIn';
import { ConnectionBar } from './bars/ConnectionBar';
import { LedgerBar } from './bars/LedgerBar';
import { ModeBar } from './bars/ModeBar';
import { MomentBar } from './bars/MomentBar';
import { PhoneTabs } from './bars/PhoneTabs';
import { TimeBar } from './bars/TimeBar';
import { TopBar } from './bars/TopBar';
import { Detail } from './detail/Detail';
import { ApproveScreen } from './drafting/ApproveScreen';
import { DraftEditor } from './drafting/DraftEditor';
import { RetractSheet } from './drafting/RetractSheet';
import { FeedEditor } from './feeds/FeedEditor';
import { listenForKeys } from './keys';
import { MapView } from './map/MapView';
import { Help } from './parts/Help';
import { Toasts } from './parts/Toasts';
import { RulesScreen } from './rules/RulesScreen';
import { alarmsToDo } from './state/alarms';
import { live, past } from './state/layers';
import { helpOpen, openAddress, phoneTab, retracting, screen, selection, signInOpen } from './state/selection';
import { isReplay, loadSession, loadStatus } from './state/session';
import { words } from './words';
import { WorkList } from './worklist/WorkList';

/** The whole dashboard: bars A to F round list, map and detail; writing and approving replace it. */
export function App() {
  useEffect(() => {
    openAddress(location.hash);
    const onHash = () => openAddress(location.hash);
    addEventListener('hashchange', onHash);
    const onSignedOut = () => void loadSession().catch(() => undefined);
    addEventListener(signedOutEvent, onSignedOut);
    const ends = [startTicking(), listenForKeys(), () => removeEventListener('hashchange', onHash), () => removeEventListener(signedOutEvent, onSignedOut)];
    void start();
    return () => {
      ends.forEach((end) => end());
      void live.stop();
    };
  }, []);
  useEffect(() => {
    const count = alarmsToDo.value.length;
    document.title = `${isReplay.value ? `${words.exercise} – ` : ''}${count ? `(${count}) ` : ''}${words.appName}`;
    // A drill's tab must not look like the real one among twenty tabs.
    if (isReplay.value) document.querySelector<HTMLLinkElement>('link[rel=icon]')!.href = '/icons/exercise.svg';
  }, [alarmsToDo.value.length, isReplay.value]);
  const s = screen.value;
  return (
    <div class={`app${isReplay.value ? ' replay' : ''}${past.value ? ' not-now' : ''}`} data-phone={phoneTab.value} data-detail={selection.value ? 'open' : 'none'}>
      <ModeBar />
      <TopBar />
      <ConnectionBar />
      <MomentBar />
      {s.name === 'setup' ? <Setup token={s.token} /> : s.name === 'edit' ? <DraftEditor key={s.draft} id={s.draft} /> : s.name === 'approve' ? <ApproveScreen key={s.draft} id={s.draft} /> : s.name === 'feed' ? <FeedEditor key={s.feed} id={s.feed} /> : s.name === 'rules' ? <RulesScreen /> : (
        <main class="board">
          <h1 class="visually-hidden">{words.appName}</h1>
          <WorkList />
          <MapView />
          <Detail />
          <TimeBar />
        </main>
      )}
      <LedgerBar />
      {s.name === 'board' && <PhoneTabs />}
      {signInOpen.value && <SignIn />}
      {helpOpen.value && <Help />}
      {retracting.value && <RetractSheet key={retracting.value} id={retracting.value} />}
      <Toasts />
    </div>
  );
}

/** Nothing waits for anything: the clock, the person and the live layers each come when they come, and are asked again. */
async function start(): Promise<void> {
  const again = async (load: () => Promise<void>): Promise<void> => {
    try {
      await load();
    } catch {
      setTimeout(() => void again(load), 5000);
    }
  };
  void again(loadStatus);
  await again(loadSession);
  await live.start();
}
