import { Icon } from '../../shared/phone/Icon';
import { choices, type Filter, type PlacedTask } from '../pure/taskList';
import { here, locate, locating } from '../state/here';
import { words } from '../words';

/** Where I am, then place and skill: native selects, because every phone and every reader knows them. */
export function Filters({ all, filter, onChange }: { all: readonly PlacedTask[]; filter: Filter; onChange: (filter: Filter) => void }) {
  return (
    <div class="filters" role="search">
      <button type="button" class="button" disabled={locating.value === 'looking'} onClick={() => void locate()}>
        <Icon name="here" /> {locating.value === 'looking' ? words.list.looking : here.value === null ? words.list.useHere : words.list.updateHere}
      </button>
      {locating.value === 'refused' && <p role="alert">{words.list.refused}</p>}
      <div class="pair">
        <Choice label={words.list.place} any={words.list.anyPlace} value={filter.place} options={choices(all, 'place')} onChange={place => onChange({ ...filter, place })} />
        <Choice label={words.list.skill} any={words.list.anySkill} value={filter.skill} options={choices(all, 'skill')} name={skill => words.skills[skill] ?? skill} onChange={skill => onChange({ ...filter, skill })} />
      </div>
    </div>
  );
}

interface ChoiceProps { name?: (option: string) => string; label: string; any: string; value: string; options: readonly string[]; onChange: (value: string) => void }

function Choice({ name = option => option, label, any, value, options, onChange }: ChoiceProps) {
  const shown = value === '' || options.includes(value) ? options : [...options, value];
  return (
    <label class="choice">{label}
      <select value={value} onChange={e => onChange(e.currentTarget.value)}>
        <option value="">{any}</option>
        {shown.map(option => <option key={option} value={option}>{name(option)}</option>)}
      </select>
    </label>
  );
}
