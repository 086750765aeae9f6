import type { FeedProperties } from '../../shared/api';

const signs: Record<FeedProperties['state'], string> = { Dead: '✕', Late: '◷', Ok: '✓', Paused: '❚❚', New: '…' };

export const isFault = (feed: FeedProperties): boolean => feed.state === 'Dead' || feed.state === 'Late';

/** A feed's state as a sign; the word stands beside it. */
export const FeedMark = ({ feed }: { feed: FeedProperties }) => <span class={isFault(feed) ? 'fault-mark' : 'ok-mark'} aria-hidden="true">{signs[feed.state]}</span>;
