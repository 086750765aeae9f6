import { Icon } from '../../shared/phone/Icon';
import { Page } from '../parts/Page';
import { Pictogram } from '../pictograms/Pictogram';
import { guides } from '../guidance/en';
import { words } from '../words';

export function AdviceScreen() {
  return (
    <Page title={words.advice.title}>
      <p class="lead">{words.advice.lead}</p>
      <ul class="rows guides">
        {guides.map(guide => (
          <li key={guide.id}>
            <a class="row" href={`#/advice/${guide.id}`}>
              <Pictogram name={guide.during[0]?.picture ?? 'act'} />
              <span class="row-text">{guide.name}<small>{guide.during[0]?.text}</small></span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </Page>
  );
}
