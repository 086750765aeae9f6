// The volunteer's service worker: the face and the last list of tasks without signal.
import { keepShell } from '../../shared/phone/worker/shell';

/** Put in by the build: the addresses of this face's files. */
declare const __SHELL__: string[];

keepShell({ face: 'volunteer', files: [...__SHELL__, '/icons/resilience.svg', '/icons/exercise.svg', '/icons/icon-192.png'], answers: ['/operations/status'] });
