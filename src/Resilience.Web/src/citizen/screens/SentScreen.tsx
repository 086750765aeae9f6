import { Page } from '../parts/Page';
import { SentAnswer } from '../parts/SentAnswer';
import { answers } from '../state/answers';
import { words } from '../words';

/** Every message of this phone and how far it got. */
export function SentScreen() {
  return (
    <Page title={words.answer.sentTitle}>
      {answers.value.length === 0 && <p>{words.answer.sentNone}</p>}
      {answers.value.map(parcel => <SentAnswer key={parcel.key} parcel={parcel} />)}
    </Page>
  );
}
