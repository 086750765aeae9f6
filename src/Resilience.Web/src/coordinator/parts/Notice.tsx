import { isProblem } from '../../shared/problem';
import type { Resource } from '../state/resource';
import { words } from '../words';

/** What a panel says instead of its content: loading as rows of the true height, what failed and that the rest works. */
export function Notice<T>({ resource, what }: { resource: Resource<T>; what: string }) {
  if (resource.error) {
    return (
      <div class="notice notice-problem" role="alert">
        <p>{words.notice.failed(what)} {resource.error instanceof Error ? resource.error.message : ''}</p>
        {isProblem(resource.error) && resource.error.requestId && <p class="muted">{words.notice.requestId(resource.error.requestId)}</p>}
        <button type="button" onClick={resource.reload}>{words.notice.retry}</button>
      </div>
    );
  }
  if (!resource.loading || resource.data) return null;
  return <div class="skeleton" aria-busy="true">{resource.slow ? words.notice.slow(what) : <span class="visually-hidden">{words.notice.loading}</span>}</div>;
}
