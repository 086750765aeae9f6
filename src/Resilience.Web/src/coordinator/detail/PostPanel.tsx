import { Age } from '../parts/Age';
import { number, percent, realTime } from '../state/format';
import { find, posts } from '../state/layers';
import { words } from '../words';
import { Facts, Head } from './Head';

export function PostPanel({ id }: { id: string }) {
  const post = find(posts, id)?.properties;
  if (!post) return <p class="empty">{words.detail.gone}</p>;
  return (
    <>
      <Head symbol={<span class="bubble sev-none" aria-hidden="true">?</span>} title={words.post.unverified} exercise={post.exercise} sub={post.source} />
      <blockquote lang={post.lang || undefined} dir="auto">{post.text}</blockquote>
      {post.shiftSeconds !== 0 && <p class="replay-line">{words.detail.replayOf(realTime(post.time, post.shiftSeconds))}</p>}
      <Facts facts={[
        ['', `${words.category[post.category] ?? post.category}, ${words.incident.estimated(percent(post.pCategory))}; ${words.post.informative(percent(post.pInformative))} (${words.post.model(post.model)})`],
        [words.hydrograph.time, <Age time={post.time} />],
        [words.detail.places, post.place ? `${post.place}${post.radiusKm !== null ? `, ${words.incident.uncertain(number(post.radiusKm))}` : ''}` : words.incident.noPlace],
      ]} />
    </>
  );
}
