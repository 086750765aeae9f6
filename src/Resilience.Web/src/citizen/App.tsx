import type { JSX } from 'preact';
import { route } from '../shared/phone/route';
import { ReplayBar } from '../shared/phone/ReplayBar';
import { AdviceScreen } from './screens/AdviceScreen';
import { AlertScreen } from './screens/AlertScreen';
import { AnswerScreen } from './screens/AnswerScreen';
import { GuideScreen } from './screens/GuideScreen';
import { NoticesScreen } from './screens/NoticesScreen';
import { NowScreen } from './screens/NowScreen';
import { PlaceScreen } from './screens/PlaceScreen';
import { SentScreen } from './screens/SentScreen';
import { activePlace } from './state/places';
import { words } from './words';

export function App() {
  return <><ReplayBar label={words.replayLabel} />{screen()}</>;
}

function screen(): JSX.Element {
  const { page, id } = route.value;
  switch (page) {
    case 'alert': return id === null ? <NowScreen /> : <AlertScreen key={id} id={id} />;
    case 'safe': return <AnswerScreen key={`safe${id ?? ''}`} kind="Safe" alert={id} />;
    case 'help': return <AnswerScreen key={`help${id ?? ''}`} kind="NeedHelp" alert={id} />;
    case 'sent': return <SentScreen />;
    case 'advice': return id === null ? <AdviceScreen /> : <GuideScreen key={id} id={id} />;
    case 'notices': return <NoticesScreen />;
    case 'place': return <PlaceScreen />;
    default: return activePlace.value === null ? <PlaceScreen /> : <NowScreen />;
  }
}
