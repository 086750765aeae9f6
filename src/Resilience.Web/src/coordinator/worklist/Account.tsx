import { ThemeSwitch } from '../bars/TopBar';
import { show, signInOpen } from '../state/selection';
import { isCoordinator, person, signOut } from '../state/session';
import { toastProblem } from '../state/toasts';
import { words } from '../words';

/** On a phone the person and the theme are under More; wide screens have them in the top bar. */
export function Account() {
  return (
    <div class="account">
      {person.value
        ? <><b>{person.value.name}</b><button type="button" onClick={() => signOut().catch(toastProblem)}>{words.signOut}</button></>
        : <button type="button" class="primary" onClick={() => (signInOpen.value = true)}>{words.signIn}</button>}
      {isCoordinator.value && <button type="button" onClick={() => show({ name: 'rules' })}>{words.verified.open}</button>}
      <span class="grow" />
      <ThemeSwitch className="" />
    </div>
  );
}
